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
export function emptiedModules({ changes, facts }: SetSubject): readonly Emptied[] {
  const called = facts.moduleCalls ?? null;
  const counts = new Map<string, number>();
  for (const change of changes) {
    const outer = outermost(change);
    if (outer === null || !isDeleted(change) || !(isOfNoCall(outer, called) || isOfNoInstance(change)))
      continue;
    const module = isOfNoCall(outer, called) ? withoutKey(outer) : outer;
    counts.set(module, (counts.get(module) ?? 0) + 1);
  }
  const kept = changes.filter(
    (change) => change.module !== null && change.effect !== 'delete' && change.effect !== 'forget',
  );
  return [...counts].flatMap(([module, destroyed]) =>
    destroyed < LEAST || kept.some((change) => isIn(change, module)) ? [] : [{ module, destroyed }],
  );
}

/** `module.shop["a"]` of `module.shop["a"].module.data`. */
const outermost = ({ module }: JudgedChange): string | null =>
  module === null ? null : (/^module\.[^.[]+(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?/.exec(module)?.[0] ?? module);

const withoutKey = (module: string): string => module.replace(/\[.*$/s, '');

/** Terraform says of a resource only that its block is gone, where the call of its whole module is. */
export const isOfNoCall = (module: string, called: readonly string[] | null): boolean =>
  called !== null && !called.includes(/^module\.([^.[]+)/.exec(module)?.[1] ?? '');

/** The call is there, and its count or for_each no longer makes this instance. */
export const isOfNoInstance = ({ causes }: JudgedChange): boolean =>
  causes.some((cause) => cause.kind === 'reason' && cause.reason === 'delete_because_no_module');

const isIn = ({ module }: JudgedChange, outer: string): boolean =>
  module !== null && (module === outer || module.startsWith(`${outer}.`) || module.startsWith(`${outer}[`));

const isDeleted = ({ effect, mode, environment }: JudgedChange): boolean =>
  effect === 'delete' && mode === 'managed' && environment.treatedAsProduction;
