import { createHash } from 'node:crypto';
import { CheckError } from '../../model/error.ts';
import { gather } from './ask.ts';
import type { CloudFormation } from './cloudformation.ts';
import { type Ended, follow, type Told } from './follow.ts';
import type { Gathered } from './gather.ts';
import type { LiveName } from './live-name.ts';

/**
 * Executes the change set, or deletes the stack, that was judged: AWS is asked again, and nothing is begun unless it says
 * the same to the byte. Then follows the events of the stack to the end.
 *
 * Throws CheckError where nothing was begun: `stale-change-set` where it is not the same any more, `aws-failed`.
 */
export async function carryOut(
  aws: CloudFormation,
  name: LiveName,
  judged: Gathered,
  onEvent: (event: Told) => void,
): Promise<Ended> {
  const again = await gather(aws, byArn(name, judged.id));
  if (again.id !== judged.id || again.stackId !== judged.stackId || !same(again.bytes, judged.bytes))
    throw new CheckError(
      'stale-change-set',
      `what AWS says of ${judged.id} is not what was judged a moment ago`,
      'check it again: what was found there now must be judged first',
    );
  if (judged.isFailed)
    return { succeeded: true, says: `${judged.id} changes nothing, so nothing was executed` };
  const newest = await newestEvent(aws, judged.stackId);
  const token = tokenOf(judged);
  try {
    if (name.is === 'deletion') await aws.deleteStack(judged.stackId, token);
    else await aws.execute(judged.id, token);
  } catch (thrown) {
    // Whether a request without an answer was heard, the events of the stack tell.
    if (!(await isBegun(aws, judged.stackId, newest, token))) throw thrown;
  }
  return follow(aws, { stackId: judged.stackId, after: newest, deletes: name.is === 'deletion' }, onEvent);
}

/** Names can be used again; an ARN cannot. */
const byArn = (name: LiveName, id: string): LiveName =>
  name.is === 'deletion' ? { ...name, stack: id } : { ...name, changeSet: id, stack: null };

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

/** The same for the same request, so that one sent twice is executed once. */
const tokenOf = ({ id, bytes }: Gathered): string =>
  `check-plan-${createHash('sha256').update(id).update('\0').update(bytes).digest('hex').slice(0, 40)}`;

const isBegun = (
  aws: CloudFormation,
  stackId: string,
  after: string | null,
  token: string,
): Promise<boolean> =>
  aws
    .events(stackId, ({ EventId }) => EventId === after)
    .then(
      (events) => events.some(({ ClientRequestToken }) => ClientRequestToken === token),
      () => false,
    );

async function newestEvent(aws: CloudFormation, stackId: string): Promise<string | null> {
  let newest: string | null = null;
  await aws.events(stackId, ({ EventId }) => {
    newest = EventId ?? null;
    return true;
  });
  return newest;
}
