import type { Change } from '../../model/change.ts';
import type { ChangeSetFacts } from '../../model/changeset.ts';
import type { Problem } from '../../model/error.ts';
import { type Assembly, readAssembly } from './assembly.ts';
import { changeOf, isUnchanged } from './change.ts';
import { declaredIn } from './declared.ts';
import type { Folder } from './folder.ts';
import { outlooksOf } from './follow.ts';
import { type Baseline, pairStacks } from './pair.ts';
import { renamesAmong } from './rename.ts';
import type { Replacements } from './replacement.ts';

// All that the adapter loads at once, and only for an assembly.
export { readBaseline } from './baseline.ts';
export { replacementsIn } from './replacement.ts';

/**
 * Reads what deploying an assembly does to what the baseline says is deployed. Without a baseline nothing can be said of
 * deletions and replacements, and that is a problem: never a pass.
 *
 * Throws what `readAssembly` throws.
 */
export function readCdk(
  folder: Folder,
  baseline: Baseline | null,
  replacements: Replacements,
  onChange: (change: Change) => void,
): ChangeSetFacts {
  const assembly = readAssembly(folder);
  const facts = { ...factsOf(assembly, folder.name), declared: declaredIn(assembly.stacks, replacements) };
  if (baseline === null) return { ...facts, problems: [...facts.problems, noBaseline(folder.name)] };
  const { pairs, problems } = pairStacks(assembly.stacks, baseline);
  const outlooks = outlooksOf(pairs, replacements);
  const renames = renamesAmong(outlooks);
  const effective = outlooks.filter(({ effect }) => !isUnchanged(effect));
  for (const outlook of effective) onChange(changeOf(outlook, renames.get(outlook) ?? null));
  const fresh = pairs.filter(({ fate, parent }) => fate === 'is new' && parent === null);
  return {
    ...facts,
    // That every stack is new says nothing of what was there: the stacks may have had other names.
    hadState: pairs.some(({ fate }) => fate !== 'is new') ? true : null,
    unchanged: outlooks.length - effective.length,
    notes: [
      `compared with ${baseline.name}: what was changed since on AWS is not seen here, only in a change set`,
      ...(fresh.length === 0 ? [] : [`not deployed yet: ${fresh.map(({ path }) => path).join(', ')}`]),
    ],
    problems: [...facts.problems, ...problems],
  };
}

const factsOf = ({ version, stacks, problems }: Assembly, name: string): ChangeSetFacts => ({
  kind: 'cdk',
  tool: `cdk assembly ${version}`,
  complete: true,
  plannedAt: null,
  hadState: null,
  unchanged: 0,
  invocations: [],
  deferred: [],
  vanished: [],
  outputsChanged: 0,
  problems: stacks.length === 0 ? [...problems, noStack(name)] : problems,
});

/** What was synthesised in the wrong folder, or for a stage that is not there, looks like this too. */
const noStack = (name: string): Problem => ({
  code: 'incomplete-change-set',
  message: `${name} has no stack in it, so there is nothing to judge`,
  mend: 'synthesise the app with all of its stacks: `cdk synth --all`',
  source: null,
});

const noBaseline = (name: string): Problem => ({
  code: 'no-baseline',
  message: `${name} says what is to be, and not what is deployed: nothing can be said of what would be deleted or replaced`,
  mend: 'name what is deployed: --baseline FOLDER, which `check-plan baseline --app cdk.out` writes, or the cdk.out of the main branch',
  source: null,
});
