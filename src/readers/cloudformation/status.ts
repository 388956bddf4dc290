import type { ErrorCode, Problem } from '../../model/error.ts';
import { type JsonObject, text } from '../../model/json.ts';
import { DESCRIBE } from './member.ts';

/** What keeps a change set in its state from being judged: AWS executes it only when it is created and available. */
export function statusProblems(head: JsonObject, name: string): readonly Problem[] {
  const reason = text(head, 'StatusReason') ?? '';
  const status = text(head, 'Status');
  const execution = text(head, 'ExecutionStatus');
  if (isEmptyChangeSet(head)) return [];
  return [
    ...(status === 'CREATE_COMPLETE' ? [] : [statusProblem(name, status, reason)]),
    ...(execution === 'AVAILABLE' || (status !== null && status !== 'CREATE_COMPLETE')
      ? []
      : [executionProblem(name, execution)]),
    ...(reason.includes(DROPPED) ? [dropped(name, reason)] : []),
  ];
}

/** A change set that failed because there is nothing to change: that is whole, and does nothing. */
export function isEmptyChangeSet(head: JsonObject): boolean {
  const reason = text(head, 'StatusReason') ?? '';
  return text(head, 'Status') === 'FAILED' && NOTHING.some((words) => reason.includes(words));
}

/** How AWS says that the template changes nothing. */
const NOTHING = ["The submitted information didn't contain changes", 'No updates are to be performed'];

/** How AWS says that resources are missing from the list, while the change set counts as complete. */
const DROPPED = '[WARN] --include-property-values option can return incomplete ChangeSet data';

type Told = { readonly code: ErrorCode; readonly says: string; readonly mend: string };

const WAIT = `wait until it is made (\`aws cloudformation wait change-set-create-complete\`), then ${DESCRIBE}`;
const AGAIN = 'create the change set again, and check the new one';
const NOT_READY: Told = { code: 'incomplete-change-set', says: 'is not made yet', mend: WAIT };
const GONE: Told = { code: 'stale-change-set', says: 'is deleted or about to be', mend: AGAIN };
const FAILED: Told = {
  code: 'errored-plan',
  says: 'failed, so it lists nothing that could be judged',
  mend: 'mend what StatusReason says; where it says nothing, describe it without --include-property-values',
};

const STATUSES: ReadonlyMap<string, Told> = new Map([
  ['CREATE_PENDING', NOT_READY],
  ['CREATE_IN_PROGRESS', NOT_READY],
  ['DELETE_PENDING', GONE],
  ['DELETE_IN_PROGRESS', GONE],
  ['DELETE_COMPLETE', GONE],
  ['DELETE_FAILED', GONE],
  ['FAILED', FAILED],
]);

const EXECUTIONS: ReadonlyMap<string, Told> = new Map([
  ['UNAVAILABLE', { ...NOT_READY, says: 'cannot be executed yet' }],
  ['EXECUTE_IN_PROGRESS', { ...GONE, says: 'is being executed already' }],
  ['EXECUTE_COMPLETE', { ...GONE, says: 'is executed already' }],
  ['EXECUTE_FAILED', { ...GONE, says: 'was executed and failed' }],
  ['OBSOLETE', { ...GONE, says: 'is obsolete: the stack has changed since' }],
]);

function statusProblem(name: string, status: string | null, reason: string): Problem {
  const told = status === null ? undefined : STATUSES.get(status);
  const why = reason === '' ? '' : `: ${reason}`;
  if (told !== undefined) return problem(told, `${name} ${told.says} (Status ${status})${why}`);
  return problem(UNTOLD, `${name} ${unclear('Status', status)}`);
}

function executionProblem(name: string, execution: string | null): Problem {
  const told = execution === null ? undefined : EXECUTIONS.get(execution);
  if (told !== undefined) return problem(told, `${name} ${told.says} (ExecutionStatus ${execution})`);
  return problem(UNTOLD, `${name} ${unclear('ExecutionStatus', execution)}`);
}

const UNTOLD: Told = {
  code: 'incomplete-change-set',
  says: '',
  mend: `check the whole answer of ${DESCRIBE}, without --query`,
};

const unclear = (key: string, value: string | null): string =>
  value === null ? `has no ${key}` : `has the ${key} ${JSON.stringify(value)}, which is not known`;

const dropped = (name: string, reason: string): Problem => ({
  code: 'incomplete-change-set',
  message: `${name} was described with property values, and AWS left resources out: ${reason}`,
  mend: 'describe it without --include-property-values',
  source: null,
});

const problem = ({ code, mend }: Told, message: string): Problem => ({ code, message, mend, source: null });
