import type { Cause, Change } from '../../model/change.ts';
import type { ChangeSetFacts } from '../../model/changeset.ts';
import type { Problem } from '../../model/error.ts';
import { isObject, type Json, type JsonArray } from '../../model/json.ts';
import { STACK } from './fate.ts';
import { goneWith } from './gone.ts';
import { MANAGED } from './managed.ts';
import { malformed, requiredObject, requiredText } from './member.ts';
import { locationOfArn } from './stack.ts';
import type { KnownStack, Surroundings } from './surroundings.ts';
import { transformNotes } from './transforms.ts';

/** What makes a document the deletion of a stack: `{"StackDeletion": {"StackId": …}}`. */
export const DELETION = 'StackDeletion';

/** The element of a list that says so, else null. */
export const deletionIn = (document: Json): Json | null =>
  Array.isArray(document)
    ? ((document as JsonArray).find((one) => isObject(one) && one.has(DELETION)) ?? null)
    : isObject(document) && document.has(DELETION)
      ? document
      : null;

/**
 * The deletion of a whole stack, for which CloudFormation makes no change set: its resources as they are now, those of
 * nested stacks too, each judged under its DeletionPolicy; and the stack itself.
 *
 * Throws CheckError `malformed-plan`.
 */
export function readDeletion(
  rest: Json,
  deletion: Json,
  surroundings: Surroundings,
  onChange: (change: Change) => void,
): ChangeSetFacts {
  const id = requiredText(
    requiredObject(requiredObject(deletion, 'the deletion').get(DELETION), DELETION),
    'StackId',
    DELETION,
  );
  if (Array.isArray(rest) && rest.length > 1)
    throw malformed('the document', 'has the deletion of a stack and something else');
  const stack = surroundings.stacks.get(id);
  if (stack === undefined) throw malformed('the document', `does not have the stack ${id} that it deletes`);
  const going = { path: stack.name, certainty: 'planned' as const, causes: [CAUSE] };
  const inside = goneWith(stack, going, surroundings);
  for (const change of [stackItself(stack), ...inside]) onChange(change);
  return {
    kind: 'cloudformation',
    tool: 'cloudformation',
    complete: true,
    plannedAt: null,
    hadState: true,
    unchanged: 0,
    invocations: [],
    deferred: [],
    vanished: [],
    outputsChanged: 0,
    notes: [
      `this is the deletion of the stack ${id}`,
      ...(stack.isProtected
        ? [
            `termination protection of ${stack.name} is on: AWS refuses to delete it until that is switched off`,
          ]
        : []),
      ...transformNotes(surroundings),
    ],
    problems: [...stateProblems(stack), ...unopened(stack, inside)],
  };
}

const CAUSE: Cause = {
  kind: 'reason',
  reason: 'delete-stack',
  says: 'the whole stack is deleted (DeleteStack)',
};

function stackItself(stack: KnownStack): Change {
  return {
    ...MANAGED,
    address: stack.name,
    type: STACK,
    name: stack.name,
    effect: 'delete',
    fate: 'destroyed',
    fateBecause: 'what is in it is listed too',
    physicalId: stack.id,
    causes: [CAUSE],
    location: locationOfArn(stack.id),
    stated: stack.tags,
  };
}

function stateProblems({ name, status, resources }: KnownStack): readonly Problem[] {
  if (resources === null)
    return [problem('incomplete-change-set', `what is in the stack ${name} is not told`, LIST)];
  if (status === 'DELETE_COMPLETE')
    return [problem('stale-change-set', `the stack ${name} is deleted already`, 'there is nothing to do')];
  if (status === null || (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS'))
    return [
      problem(
        'incomplete-change-set',
        `the stack ${name} is being changed (${status ?? 'no status'}), so nobody knows what is in it`,
        'wait until that is over, then check again',
      ),
    ];
  return [];
}

/** A nested stack that goes, and of which nobody said what is in it. */
const unopened = (stack: KnownStack, inside: readonly Change[]): readonly Problem[] =>
  inside
    .filter(({ type, fate }) => type === STACK && fate === 'unknown')
    .map(({ address }) =>
      problem(
        'incomplete-change-set',
        `what is in the nested stack ${address} of ${stack.name} is not told`,
        LIST,
      ),
    );

const LIST = 'let check-plan ask AWS itself: check-plan delete-stack NAME';

const problem = (code: Problem['code'], message: string, mend: string): Problem => ({
  code,
  message,
  mend,
  source: null,
});
