import type { JudgedChange } from '../model/report.ts';
import type { SetSubject } from './subject.ts';

/** A module whose code is gone, with all that is destroyed in it. */
export interface Emptied {
  readonly module: string;
  readonly destroyed: number;
}

/** Fewer are no environment. */
const LEAST = 3;

/** Modules of which the plan says that they are no longer in the code, the outermost of each. */
export function emptiedModules({ changes }: SetSubject): readonly Emptied[] {
  const counts = new Map<string, number>();
  for (const change of changes) {
    if (!isGone(change) || change.module === null) continue;
    const outer = /^module\.[^.[]+(?:\[[^\]]*\])?/.exec(change.module)?.[0] ?? change.module;
    counts.set(outer, (counts.get(outer) ?? 0) + 1);
  }
  const kept = changes.filter(
    (change) => change.module !== null && !isGone(change) && change.effect !== 'forget',
  );
  return [...counts].flatMap(([module, destroyed]) =>
    destroyed < LEAST || kept.some((change) => isIn(change, module)) ? [] : [{ module, destroyed }],
  );
}

const isIn = ({ module }: JudgedChange, outer: string): boolean =>
  module !== null && (module === outer || module.startsWith(`${outer}.`));

const isGone = ({ effect, mode, environment, causes }: JudgedChange): boolean =>
  effect === 'delete' &&
  mode === 'managed' &&
  environment.treatedAsProduction &&
  causes.some((cause) => cause.kind === 'reason' && cause.reason === 'delete_because_no_module');
