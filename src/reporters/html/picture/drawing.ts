import type { BlastRadius, Reached } from '../../../model/blast-radius.ts';
import { EFFECTS, type Effect } from '../../../model/change.ts';
import { withoutDetours } from '../../../model/detours.ts';
import type { Counts, JudgedChange } from '../../../model/report.ts';
import { countsText } from '../../text/counts.ts';
import { strongestSign } from '../../text/environment.ts';
import { counted } from '../../text/number.ts';
import { briefText } from '../../text/outcome.ts';
import { type Tone, toneOf } from '../badge.ts';
import type { Chapter, Entry } from '../entry.ts';

/**
 * What is drawn: few enough boxes to be taken in, and an arrow from what goes to what hangs on it. Where others lead there
 * as well an arrow is left out; the list beside the picture has it.
 */
export interface Drawing {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

export interface Box {
  readonly id: string;
  /** What it stands for, one or many. */
  readonly resources: readonly Reached[];
  /** The module that it is drawn into; empty for none. */
  readonly module: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly tone: Tone | 'hanging';
  /** Where in the page it is told. */
  readonly href: string;
}

export interface Arrow {
  /** The box of what goes. */
  readonly from: string;
  /** The box of what hangs on it. */
  readonly to: string;
  readonly count: number;
  /** Known from the state alone: the code says nothing of it. */
  readonly isOnlyState: boolean;
}

export function drawingOf(chapter: Chapter, radius: BlastRadius): Drawing {
  const { groups, isGrouped } = groupsOf(radius.resources, chapter);
  const boxes = groups.map((resources, index) => boxOf(resources, index, chapter));
  const boxOfResource = new Map(
    boxes.flatMap(({ id, resources }) => resources.map((one) => [one.resource, id])),
  );
  const arrows = new Map<string, Arrow>();
  for (const { from: hanging, to: leanedOn, known } of radius.links) {
    const from = boxOfResource.get(leanedOn);
    const to = boxOfResource.get(hanging);
    if (from === undefined || to === undefined || from === to) continue;
    const before = arrows.get(`${from} ${to}`);
    arrows.set(`${from} ${to}`, {
      from,
      to,
      count: (before?.count ?? 0) + 1,
      isOnlyState: known === 'state' && (before?.isOnlyState ?? true),
    });
  }
  const drawn = isGrouped ? boxes.map((box) => ({ ...box, module: '' })) : boxes;
  return { boxes: drawn, arrows: withoutDetours([...arrows.values()], () => true) };
}

/** More than these nobody takes in at a glance. */
const MOST_BOXES = 24;
type Grouping = (one: Reached, typeOf: (resource: string) => string) => string;

/** The finest of these that makes few enough boxes. */
const GROUPINGS: readonly Grouping[] = [
  ({ resource }) => resource,
  (one, typeOf) => `${moduleOf(one.resource)} ${typeOf(one.resource)}`,
  (one) => moduleOf(one.resource),
  (one) => outermost(moduleOf(one.resource)),
  () => 'all',
];

function groupsOf(
  resources: readonly Reached[],
  { byResource }: Chapter,
): { groups: readonly (readonly Reached[])[]; isGrouped: boolean } {
  const typeOf = (resource: string): string => byResource.get(resource)?.[0]?.change.type ?? typeIn(resource);
  for (const [level, grouping] of GROUPINGS.entries()) {
    const groups = new Map<string, Reached[]>();
    for (const one of resources) {
      const key = grouping(one, typeOf);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [one]);
      else group.push(one);
    }
    if (groups.size <= MOST_BOXES || level === GROUPINGS.length - 1)
      return { groups: [...groups.values()], isGrouped: level > 1 };
  }
  return { groups: [resources], isGrouped: true };
}

function boxOf(resources: readonly Reached[], index: number, chapter: Chapter): Box {
  const { byResource, key } = chapter;
  const entries = resources.flatMap(({ resource }) => byResource.get(resource) ?? []);
  const [first] = resources;
  const id = `${key}-box-${index + 1}`;
  const tone = entries.some(({ change }) => isDrawnAsLost(change))
    ? toneOf(worst(entries).change)
    : 'hanging';
  if (resources.length === 1 && first !== undefined) {
    const module = moduleOf(first.resource);
    const [entry] = entries;
    return {
      id,
      resources,
      module,
      title: module === '' ? first.resource : first.resource.slice(module.length + 1),
      lines: entry === undefined ? ['not changed itself'] : linesOf(entry, entries),
      tone,
      href: `#${chapter.placeOf(first.resource)}`,
    };
  }
  const modules = new Set(resources.map(({ resource }) => moduleOf(resource)));
  const types = new Set(
    resources.map(({ resource }) => byResource.get(resource)?.[0]?.change.type ?? typeIn(resource)),
  );
  const [module = ''] = modules;
  const lost = resources.filter(({ distance }) => distance === 0);
  const lostEntries = lost.flatMap(({ resource }) => byResource.get(resource) ?? []);
  const data = lostEntries.filter(({ change }) => change.holds === 'data').length;
  const hanging = resources.length - lost.length;
  const isPossible = lostEntries.every(({ change }) => change.certainty === 'possible');
  return {
    id,
    resources,
    module: modules.size === 1 ? module : '',
    title: titleOf(resources.length, [...modules], [...types]),
    lines: [
      ...(lost.length > 0 ? [`${isPossible ? 'perhaps ' : ''}${countsText(countsIn(lostEntries))}`] : []),
      ...(data > 0 ? [`${data} hold data`] : []),
      ...(hanging > 0
        ? [
            lost.length > 0
              ? `${hanging} more hang on what goes`
              : `${counted(hanging, 'hangs', 'hang')} on what goes`,
          ]
        : []),
    ],
    tone,
    href: `#${id}`,
  };
}

function titleOf(count: number, modules: readonly string[], types: readonly string[]): string {
  const [type = ''] = types;
  const what = types.length === 1 && type !== UNTOLD ? `${count} × ${type}` : counted(count, 'resource');
  if (modules.length > 1) return `${what} in ${counted(modules.length, 'module')}`;
  return modules[0] === '' || types.length === 1 ? what : `${modules[0]}: ${what}`;
}

const isDrawnAsLost = (change: JudgedChange): boolean => toneOf(change) !== 'calm' || change.needsSignOff;

function linesOf({ change }: Entry, entries: readonly Entry[]): string[] {
  const sign = strongestSign(change.environment.evidence);
  const what =
    entries.length === 1
      ? briefText(change)
      : `${entries.length} instances: ${countsText(countsIn(entries))}`;
  return [what, `holds ${change.holds}`, ...(sign === null ? [] : [sign])];
}

const worst = (entries: readonly Entry[]): Entry =>
  entries.reduce((a, b) => (EFFECTS.indexOf(b.change.effect) > EFFECTS.indexOf(a.change.effect) ? b : a));

function countsIn(entries: readonly Entry[]): Counts {
  const counts = Object.fromEntries(EFFECTS.map((effect) => [effect, 0])) as Record<Effect, number>;
  for (const { change } of entries) counts[change.effect] += 1;
  return counts;
}

/** `module.a.module.b` of a Terraform address without keys, `Stack/Nested` of one of CloudFormation. */
function moduleOf(resource: string): string {
  const terraform = /^(?:module\.[^.]+\.)+/.exec(resource)?.[0];
  if (terraform !== undefined) return terraform.slice(0, -1);
  return resource.slice(0, Math.max(0, resource.lastIndexOf('/')));
}

const outermost = (module: string): string => /^module\.[^.]+|^[^/.]*/.exec(module)?.[0] ?? '';
const typeIn = (resource: string): string => resource.split('.').at(-2) ?? UNTOLD;
/** The type of what is not changed, where the address does not have it. */
const UNTOLD = 'resource';
