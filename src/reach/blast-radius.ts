import type { BlastRadius, Link, Reached } from '../model/blast-radius.ts';
import { takesAway } from '../model/change.ts';
import { type Dependencies, KNOWN_FROM, type KnownFrom, resourceOf } from '../model/dependency.ts';
import { withoutDetours } from '../model/detours.ts';
import type { JudgedChangeSet } from '../model/report.ts';

/** What this change set takes away, and what hangs on it by what its document says of dependencies. */
export function blastRadiusOf(
  { changes }: Pick<JudgedChangeSet, 'changes'>,
  graph: Dependencies,
): BlastRadius {
  const lost = new Set(
    changes.filter(({ effect }) => takesAway(effect)).map(({ address }) => resourceOf(address)),
  );
  const leaning = turned(graph);
  const distances = new Map([...lost].map((resource) => [resource, 0]));
  const links: Link[] = [];
  const beyond = new Set<string>();
  // A map goes on over what is added to it while it is gone over: the nearest come first.
  for (const [to, distance] of distances) {
    for (const link of linksTo(to, leaning, graph.passages)) {
      if (!distances.has(link.from)) {
        if (distances.size >= MOST_REACHED) {
          beyond.add(link.from);
          continue;
        }
        distances.set(link.from, distance + 1);
      }
      links.push(link);
    }
  }
  const resources = [...distances].map(([resource, distance]): Reached => {
    const leansOn = distance > 0 ? [] : leanedOn(resource, graph).filter((one) => !distances.has(one));
    return { resource, distance, leansOn };
  });
  return { resources, links: withoutDetours(links, isFromState), more: beyond.size, untold: graph.untold };
}

/** A state lists all that an object depends on, at any distance: not everything in it is a dependency of its own. */
const isFromState = ({ known }: Link): boolean => known === 'state';

/** More than these nobody looks at. */
const MOST_REACHED = 2_000;

type Edges = ReadonlyMap<string, ReadonlyMap<string, KnownFrom>>;

function turned({ leansOn }: Dependencies): Edges {
  const leaning = new Map<string, Map<string, KnownFrom>>();
  for (const [from, all] of leansOn)
    for (const [to, known] of all) {
      const others = leaning.get(to);
      if (others === undefined) leaning.set(to, new Map([[from, known]]));
      else others.set(from, known);
    }
  return leaning;
}

/** Every resource that leans on this one, directly or through passages alone, by name. */
function linksTo(to: string, leaning: Edges, passages: ReadonlySet<string>): Link[] {
  const found = new Map<string, Link>();
  const passed = new Set<string>();
  const ahead: { at: string; known: KnownFrom | null; through: readonly string[] }[] = [
    { at: to, known: null, through: [] },
  ];
  for (const { at, known, through } of ahead) {
    for (const [from, how] of leaning.get(at) ?? []) {
      const worse = known === null || rank(how) > rank(known) ? how : known;
      if (passages.has(from)) {
        if (passed.has(from)) continue;
        passed.add(from);
        ahead.push({ at: from, known: worse, through: [from, ...through] });
      } else if (from !== to) {
        const before = found.get(from);
        if (before === undefined || rank(worse) < rank(before.known))
          found.set(from, { from, to, known: worse, through });
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

const rank = (known: KnownFrom): number => KNOWN_FROM.indexOf(known);

function leanedOn(resource: string, { leansOn, passages }: Dependencies): string[] {
  const found = new Set<string>();
  const ahead = new Set([resource]);
  for (const at of ahead)
    for (const on of leansOn.get(at)?.keys() ?? []) {
      if (passages.has(on)) ahead.add(on);
      else if (on !== resource) found.add(on);
    }
  return [...found].sort();
}
