import type { Cause, Certainty, Change } from '../../model/change.ts';
import { fateOf, STACK } from './fate.ts';
import { MANAGED } from './managed.ts';
import { locationOfArn } from './stack.ts';
import type { KnownStack, StackResource, Surroundings } from './surroundings.ts';

/** Why everything in a stack goes. */
export interface Going {
  /** Where its resources stand: `shop-prod`, or `shop-prod/Network` for a nested one. */
  readonly path: string;
  readonly certainty: Certainty;
  readonly causes: readonly Cause[];
}

/**
 * Every resource of a stack that is deleted as a whole, and those of the stacks nested in it: each goes by the
 * DeletionPolicy that is deployed. A nested stack that is retained keeps what is in it. `within` are the stacks that it
 * is nested in.
 */
export function goneWith(
  stack: KnownStack,
  going: Going,
  surroundings: Surroundings,
  within: readonly string[] = [],
): readonly Change[] {
  return (stack.resources ?? []).flatMap((resource) => {
    const { opened, inside } = opening(goneResource(resource, stack, going), surroundings, [
      ...within,
      stack.id,
    ]);
    return [opened, ...inside];
  });
}

/**
 * A nested stack that goes, opened where the document has what is in it: its own line then says what becomes of the
 * stack, and `inside` what becomes of the rest. Any other change is handed back as it is.
 */
export function opening(
  change: Change,
  surroundings: Surroundings,
  within: readonly string[] = [],
): { readonly opened: Change; readonly inside: readonly Change[] } {
  const { type, effect, fate, physicalId, address, certainty } = change;
  const stack = surroundings.stacks.get(physicalId ?? '');
  const isGoing = type === STACK && (effect === 'delete' || effect === 'replace') && fate !== 'orphaned';
  if (!isGoing || stack === undefined || stack.resources === null || within.includes(stack.id))
    return { opened: change, inside: [] };
  const count = stack.resources.length;
  const fateBecause = `the whole nested stack goes; its ${count === 1 ? 'one resource is' : `${count} resources are`} listed too`;
  const going: Going = { path: address, certainty, causes: [goesWith(address)] };
  return {
    opened: { ...change, fate: fate === 'unknown' ? 'destroyed' : fate, fateBecause },
    inside: goneWith(stack, going, surroundings, within),
  };
}

const goesWith = (address: string): Cause => ({
  kind: 'reason',
  reason: `stack ${address}`,
  says: `its whole stack ${address} goes`,
});

function goneResource(
  { logicalId, physicalId, type }: StackResource,
  stack: KnownStack,
  going: Going,
): Change {
  const side = stack.policies?.of(logicalId) ?? null;
  const { fate, because } = fateOf({
    effect: 'delete',
    type,
    policyAction: null,
    before: side ?? 'not in the template',
    after: null,
  });
  return {
    ...MANAGED,
    address: `${going.path}/${logicalId}`,
    type,
    name: logicalId,
    effect: 'delete',
    certainty: going.certainty,
    fate,
    fateBecause: because,
    physicalId,
    causes: going.causes,
    location: locationOfArn(stack.id),
    stated: stack.tags,
  };
}
