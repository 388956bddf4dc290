import type { StatedTag } from '../../model/change.ts';
import type { Location } from '../../model/environment.ts';
import type { Problem } from '../../model/error.ts';
import type { DeployedStack, StackTree } from './assembly.ts';
import { EMPTY_TEMPLATE, type Template } from './template.ts';

/** A stack as it is deployed; `template: null` where it is known that there is none. */
export interface BaselineStack {
  readonly name: string;
  readonly location: Location;
  readonly tree: StackTree | null;
}

export interface Baseline {
  /** How messages call it: `baseline/`. */
  readonly name: string;
  readonly stacks: readonly BaselineStack[];
  /** Whether a stack that it does not have is not deployed; else nothing is known of that stack. */
  readonly isWhole: boolean;
  readonly problems: readonly Problem[];
}

/** One template before and after, with all that leads to it. */
export interface Pair {
  /** `shop-prod`, or `shop-prod/Network` for a nested one: where its resources stand. */
  readonly path: string;
  readonly location: Location;
  readonly tags: readonly StatedTag[];
  readonly before: Template;
  readonly after: Template;
  readonly beforeTree: StackTree | null;
  readonly afterTree: StackTree | null;
  /** The stack that it is nested in, and its logical id there. */
  readonly parent: { readonly pair: Pair; readonly id: string } | null;
  /** `vanishes`: the app no longer has the stack, and deploying leaves it alone. */
  readonly fate: 'stays' | 'is new' | 'vanishes';
}

export interface Paired {
  readonly pairs: readonly Pair[];
  readonly problems: readonly Problem[];
}

/** Every template of the app beside the one that is deployed, and those that are deployed beside none. */
export function pairStacks(stacks: readonly DeployedStack[], baseline: Baseline): Paired {
  const problems: Problem[] = [...baseline.problems];
  const pairs: Pair[] = [];
  const gone = baseline.stacks.filter(
    (one) => one.tree !== null && !stacks.some((stack) => isSame(one, stack)),
  );
  const names = [...stacks, ...gone].map(({ name }) => name);
  const pathOf = ({ name, location: { account, region } }: BaselineStack | DeployedStack): string =>
    names.filter((other) => other === name).length < 2
      ? name
      : [account ?? '?', region ?? '?', name].join('/');
  for (const [at, stack] of stacks.entries())
    if (stacks.slice(0, at).some((other) => isSame(other, stack))) problems.push(twice(stack.name));
  for (const stack of stacks) {
    const [found, other] = baseline.stacks.filter((one) => isSame(one, stack));
    if (other !== undefined) problems.push(ambiguous(stack.name, baseline.name));
    if (found === undefined && !baseline.isWhole) problems.push(unknown(stack.name, baseline.name));
    const root = { path: pathOf(stack), location: stack.location, tags: stack.tags, parent: null };
    addTree(root, found?.tree ?? null, stack.tree, pairs, problems);
  }
  for (const stack of gone) {
    const root = { path: pathOf(stack), location: stack.location, tags: [], parent: null };
    addTree(root, stack.tree, null, pairs, problems);
  }
  return { pairs, problems };
}

/** The same name in the same place; what is not known of a place fits any. */
const isSame = (a: Pick<BaselineStack, 'name' | 'location'>, b: DeployedStack): boolean =>
  a.name === b.name &&
  fitsPlace(a.location.account, b.location.account) &&
  fitsPlace(a.location.region, b.location.region);

const fitsPlace = (a: string | null, b: string | null): boolean => a === null || b === null || a === b;

type Root = Pick<Pair, 'path' | 'location' | 'tags' | 'parent'>;

function addTree(
  root: Root,
  before: StackTree | null,
  after: StackTree | null,
  pairs: Pair[],
  problems: Problem[],
): void {
  const pair: Pair = {
    ...root,
    before: before?.template ?? EMPTY_TEMPLATE,
    after: after?.template ?? EMPTY_TEMPLATE,
    beforeTree: before,
    afterTree: after,
    fate: before === null ? 'is new' : after === null ? 'vanishes' : 'stays',
  };
  pairs.push(pair);
  for (const id of new Set([...(before?.children.keys() ?? []), ...(after?.children.keys() ?? [])])) {
    const [was, will] = [before?.children.get(id), after?.children.get(id)];
    const path = `${root.path}/${id}`;
    if (was === null) problems.push(unopened(path, 'as it is deployed'));
    if (will === null) problems.push(unopened(path, 'as it is to be'));
    if (was === null || will === null) continue;
    addTree(
      { path, location: root.location, tags: root.tags, parent: { pair, id } },
      was ?? null,
      will ?? null,
      pairs,
      problems,
    );
  }
}

const problem = (message: string, mend: string): Problem => ({
  code: 'incomplete-change-set',
  message,
  mend,
  source: null,
});

const FETCH = 'fetch it with `check-plan baseline --app cdk.out`';

const unopened = (path: string, when: string): Problem =>
  problem(
    `what is in the nested stack ${path} ${when} is not told`,
    `${FETCH}, which fetches nested stacks too`,
  );

const unknown = (name: string, baseline: string): Problem =>
  problem(
    `${baseline} has no template of the stack ${name}, so what is deployed there is not known`,
    `${FETCH}; for a stack that is not deployed yet, put a file ${name}.template.json with {} in it there`,
  );

const twice = (name: string): Problem => ({
  code: 'malformed-plan',
  message: `the app has two stacks that are deployed as ${name} in the same place: the one replaces what the other made`,
  mend: 'give each a name of its own (stackName), or an account and a region',
  source: null,
});

const ambiguous = (name: string, baseline: string): Problem =>
  problem(
    `${baseline} has more than one stack ${name} that may be the one of the app`,
    'give the stacks of the app an account and a region (env), so that they can be told apart',
  );
