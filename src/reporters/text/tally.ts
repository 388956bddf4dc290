import { EFFECTS, type Effect } from '../../model/change.ts';
import type { JudgedChange } from '../../model/report.ts';
import { countsText } from './counts.ts';
import { type Line, led, line, section, span, whole } from './layout.ts';
import { counted, grouped } from './number.ts';

/** Where there are too many changes to read each: how many of what, and where. */
export function tallyLines(changes: readonly JudgedChange[], of: string): Line[] {
  if (changes.length <= READABLE) return [];
  const modules = groupsOf(changes, ({ module }) => module ?? '(no module)');
  return [
    ...section(
      `By type${of}`,
      groupLines(
        groupsOf(changes, ({ type }) => type),
        'more type',
      ),
    ),
    ...(modules.length > 1 ? section(`By module${of}`, groupLines(modules, 'more module')) : []),
  ];
}

const READABLE = 20;
const GROUPS = 15;

interface Group {
  readonly name: string;
  readonly counts: Record<Effect, number>;
  count: number;
}

/** The largest first; of equals the first stays first. */
function groupsOf(changes: readonly JudgedChange[], nameOf: (change: JudgedChange) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const change of changes) {
    const name = nameOf(change);
    const group = groups.get(name) ?? { name, counts: noCounts(), count: 0 };
    group.count += 1;
    group.counts[change.effect] += 1;
    groups.set(name, group);
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

const noCounts = () => Object.fromEntries(EFFECTS.map((effect) => [effect, 0])) as Record<Effect, number>;

function groupLines(groups: readonly Group[], noun: string): Line[] {
  const shown = groups.slice(0, GROUPS);
  const width = Math.max(...shown.map(({ count }) => grouped(count).length));
  const rest = groups.slice(GROUPS);
  const more = rest.reduce((sum, { count }) => sum + count, 0);
  return [
    ...shown.map(({ name, count, counts }) =>
      led(
        2,
        whole(`${grouped(count).padStart(width)}  `),
        whole(name),
        span(`: ${countsText(counts)}`, 'dim'),
      ),
    ),
    ...(more > 0 ? [line(2, span(`and ${grouped(more)} of ${counted(rest.length, noun)}`, 'dim'))] : []),
  ];
}
