import type { BlastRadius, Untold } from '../../model/blast-radius.ts';
import { resourceOf } from '../../model/dependency.ts';
import type { JudgedChange, JudgedChangeSet, Report } from '../../model/report.ts';
import { listingsOf } from '../text/listing.ts';

/** A change as the page shows it, with the number that it has in the text report where it has one there. */
export interface Entry {
  readonly number: number;
  readonly change: JudgedChange;
}

/** A change set as the page shows it. */
export interface Chapter {
  readonly set: JudgedChangeSet;
  /** Tells the ids of one chapter from those of another. */
  readonly key: string;
  readonly needSignOff: readonly Entry[];
  readonly flagged: readonly Entry[];
  readonly unopposed: readonly Entry[];
  readonly rest: readonly Entry[];
  /** The entries of each resource, all its instances together. */
  readonly byResource: ReadonlyMap<string, readonly Entry[]>;
  /** What hangs on what it takes away, or why that is not known. */
  readonly radius: BlastRadius | Untold;
  /** The id of where the page tells of a resource: its first change, or else a line of what hangs on what goes. */
  placeOf(resource: string): string;
}

export function chaptersOf(report: Report, radii: readonly (BlastRadius | Untold)[]): Chapter[] {
  const listings = listingsOf(report);
  let number = listings.reduce(
    (sum, { needSignOff, flagged, unopposed }) =>
      sum + needSignOff.length + flagged.length + unopposed.length,
    0,
  );
  return listings.map(({ set, needSignOff, flagged, unopposed }, index) => {
    const listed = [...needSignOff, ...flagged, ...unopposed];
    const known = new Set(listed.map(({ change }) => change));
    const rest = set.changes
      .filter((change) => !known.has(change))
      .map((change) => {
        number += 1;
        return { number, change };
      });
    const key = `set-${index + 1}`;
    const byResource = grouped([...listed, ...rest]);
    const radius = radii[index] ?? { why: 'what hangs on what was not looked at' };
    const places = new Map(
      'why' in radius
        ? []
        : radius.resources.map(({ resource }, at) => [resource, `${key}-hanging-${at + 1}`]),
    );
    return {
      set,
      key,
      needSignOff,
      flagged,
      unopposed,
      rest,
      byResource,
      radius,
      placeOf: (resource) => {
        const [entry] = byResource.get(resource) ?? [];
        return entry === undefined ? (places.get(resource) ?? key) : idOf(entry);
      },
    };
  });
}

function grouped(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const resource = resourceOf(entry.change.address);
    const group = groups.get(resource);
    if (group === undefined) groups.set(resource, [entry]);
    else group.push(entry);
  }
  return groups;
}

export const idOf = ({ number }: Entry): string => `change-${number}`;
