import { setTimeout as wait } from 'node:timers/promises';
import type { StackEvent, StackStatus } from '@aws-sdk/client-cloudformation';
import { CheckError } from '../../model/error.ts';
import type { CloudFormation } from './cloudformation.ts';

/** One event of a stack, as it is shown. */
export interface Told {
  /** RFC 3339, or empty where AWS does not say. */
  readonly at: string;
  readonly status: string;
  readonly resource: string;
  readonly type: string;
  readonly reason: string;
}

export interface Ended {
  readonly succeeded: boolean;
  /** `shop-prod: UPDATE_COMPLETE` */
  readonly says: string;
}

export interface Following {
  readonly stackId: string;
  /** The newest event of before; null where there was none. */
  readonly after: string | null;
  /** Whether the end is that the stack is gone. */
  readonly deletes: boolean;
}

/** Hands over each event after that one, oldest first, until the stack itself has come to an end. Never throws. */
export async function follow(
  aws: CloudFormation,
  { stackId, after, deletes }: Following,
  onEvent: (event: Told) => void,
): Promise<Ended> {
  let newest = after;
  let failures = 0;
  let left = 0;
  for (let pause = SHORTEST; ; pause = Math.min(pause * 2, LONGEST)) {
    await wait(pause);
    let events: readonly StackEvent[];
    try {
      events = await aws.events(stackId, ({ EventId }) => EventId === newest);
      failures = 0;
    } catch (thrown) {
      failures += 1;
      if (failures < MOST_FAILURES) continue;
      const why = thrown instanceof CheckError ? thrown.message : String(thrown);
      return { succeeded: false, says: `it was begun, and how it goes cannot be told: ${why}` };
    }
    if (events.length > 0) pause = SHORTEST;
    newest = events[0]?.EventId ?? newest;
    for (const event of events.toReversed()) {
      onEvent(told(event));
      const isStack = event.PhysicalResourceId === stackId;
      if (!isStack && event.ResourceStatus === 'DELETE_FAILED') left += 1;
      const outcome = isStack ? outcomeOf(event.ResourceStatus ?? '', deletes) : 'goes on';
      if (outcome === 'goes on') continue;
      // AWS counts an update as complete whose clean-up failed.
      const rest =
        left === 0 ? '' : `; ${left} ${left === 1 ? 'resource' : 'resources'} could not be deleted`;
      const reason = event.ResourceStatusReason === undefined ? '' : ` (${event.ResourceStatusReason})`;
      return {
        succeeded: outcome === 'succeeded',
        says: `${event.StackName}: ${event.ResourceStatus}${reason}${rest}`,
      };
    }
  }
}

const SHORTEST = 250;
const LONGEST = 5_000;
const MOST_FAILURES = 5;

type Outcome = 'goes on' | 'succeeded' | 'failed';

/** What became of it, by the state that the stack itself is in; a state that nobody has seen ends it as failed. */
function outcomeOf(status: string, deletes: boolean): Outcome {
  const outcome = OUTCOMES[status as StackStatus] ?? (status.endsWith('_IN_PROGRESS') ? 'goes on' : 'failed');
  if (outcome === 'deleted') return deletes ? 'succeeded' : 'failed';
  return outcome === 'succeeded' && deletes ? 'failed' : outcome;
}

const OUTCOMES: Readonly<Record<StackStatus, Outcome | 'deleted'>> = {
  CREATE_IN_PROGRESS: 'goes on',
  CREATE_FAILED: 'failed',
  CREATE_COMPLETE: 'succeeded',
  ROLLBACK_IN_PROGRESS: 'goes on',
  ROLLBACK_FAILED: 'failed',
  ROLLBACK_COMPLETE: 'failed',
  DELETE_IN_PROGRESS: 'goes on',
  DELETE_FAILED: 'failed',
  DELETE_COMPLETE: 'deleted',
  UPDATE_IN_PROGRESS: 'goes on',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'goes on',
  UPDATE_COMPLETE: 'succeeded',
  UPDATE_FAILED: 'failed',
  UPDATE_ROLLBACK_IN_PROGRESS: 'goes on',
  UPDATE_ROLLBACK_FAILED: 'failed',
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'goes on',
  UPDATE_ROLLBACK_COMPLETE: 'failed',
  REVIEW_IN_PROGRESS: 'goes on',
  IMPORT_IN_PROGRESS: 'goes on',
  IMPORT_COMPLETE: 'succeeded',
  IMPORT_ROLLBACK_IN_PROGRESS: 'goes on',
  IMPORT_ROLLBACK_FAILED: 'failed',
  IMPORT_ROLLBACK_COMPLETE: 'failed',
};

const told = (event: StackEvent): Told => ({
  at: event.Timestamp instanceof Date ? event.Timestamp.toISOString() : '',
  status: event.ResourceStatus ?? event.HookStatus ?? '',
  resource: event.LogicalResourceId ?? '',
  type: event.ResourceType ?? '',
  reason: event.ResourceStatusReason ?? event.HookStatusReason ?? '',
});
