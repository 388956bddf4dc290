import { mendsFor } from './catalogue/mend.ts';
import type { BlastRadius, Untold } from './model/blast-radius.ts';
import { resourceOf } from './model/dependency.ts';
import type { Explanation } from './model/explanation.ts';
import { hangingOn } from './model/hanging.ts';
import type { JudgedChange, JudgedChangeSet } from './model/report.ts';

/** Of each of these changes: what it follows from, what hangs on it, and what to write instead. */
export function explain(
  set: JudgedChangeSet,
  changes: readonly JudgedChange[],
  radius: BlastRadius | Untold,
): readonly Explanation[] {
  const mends = mendsFor(set);
  const hanging = 'why' in radius ? null : hangingOn(radius);
  const leansOn = new Map('why' in radius ? [] : radius.resources.map((one) => [one.resource, one.leansOn]));
  const causes = 'why' in radius ? () => [] : causesIn(set, radius);
  return changes.map((change) => {
    const resource = resourceOf(change.address);
    return {
      set,
      change,
      follows: causes(change),
      hanging: hanging?.(resource) ?? null,
      leansOn: leansOn.get(resource) ?? [],
      mends: mends(change),
      untold: 'why' in radius ? [radius.why] : radius.untold,
    };
  });
}

/**
 * What a change follows from: it is forced by a value that is not known yet, and it leans on something that goes too.
 * The way to the nearest change that has a cause of its own, that one first.
 */
function causesIn(
  { changes }: JudgedChangeSet,
  { links }: BlastRadius,
): (change: JudgedChange) => readonly JudgedChange[] {
  const lost = new Map<string, JudgedChange>();
  for (const change of changes) {
    const resource = resourceOf(change.address);
    if (change.effect === 'replace' && !lost.has(resource)) lost.set(resource, change);
  }
  const leanedOn = new Map<string, string[]>();
  for (const { from, to } of links) if (lost.has(to)) leanedOn.set(from, [...(leanedOn.get(from) ?? []), to]);
  return (change) => {
    const ways: (readonly JudgedChange[])[] = [[change]];
    const seen = new Set([resourceOf(change.address)]);
    for (const way of ways) {
      const [last] = way;
      if (last === undefined || !followsFromOthers(last)) return way.slice(0, -1);
      for (const to of leanedOn.get(resourceOf(last.address)) ?? []) {
        const cause = lost.get(to);
        if (cause === undefined || seen.has(to)) continue;
        seen.add(to);
        ways.push([cause, ...way]);
      }
    }
    return [];
  };
}

const followsFromOthers = ({ effect, causes }: JudgedChange): boolean =>
  effect === 'replace' &&
  causes.length > 0 &&
  causes.every((cause) => cause.kind === 'attribute' && cause.after.visibility === 'unknown');
