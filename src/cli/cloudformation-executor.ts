import { connected, gather, sourceOf } from '../adapters/aws/ask.ts';
import { carryOut } from '../adapters/aws/carry-out.ts';
import type { Gathered } from '../adapters/aws/gather.ts';
import type { LiveName } from '../adapters/aws/live-name.ts';
import { awsOptionsOf } from '../adapters/input.ts';
import { CheckError } from '../model/error.ts';
import { harmless } from '../reporters/log-command.ts';
import type { Executor } from './executor.ts';
import type { Io } from './io.ts';
import type { WorldOptions } from './options.ts';
import { contextOf } from './world.ts';

/** A change set, or the deletion of a stack, to be carried out by AWS. */
export async function cloudFormationExecutor(
  name: string,
  live: LiveName,
  given: readonly string[],
  options: WorldOptions,
  io: Io,
): Promise<Executor> {
  if (given.length > 0)
    throw new CheckError(
      'usage',
      `CloudFormation takes no arguments, and here are some: ${given.join(' ')}`,
      'leave out `--` and what follows it',
    );
  const aws = await connected(live, awsOptionsOf(contextOf(options, io)));
  let judged: Gathered | null = null;
  return {
    input: {
      name,
      open: async () => {
        judged = await gather(aws, live);
        return sourceOf(live, judged);
      },
    },
    run: async () => {
      if (judged === null) throw new CheckError('internal', 'nothing was judged, so nothing can be executed');
      return carryOut(aws, live, judged, ({ at, status, resource, type, reason }) => {
        const why = reason === '' ? '' : `  ${reason}`;
        io.stdout(`${harmless(`${at}  ${status.padEnd(WIDEST)}  ${resource}  (${type})${why}`)}\n`);
      });
    },
    close: async () => aws.close(),
  };
}

/** `UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS` is rare, and may stand out. */
const WIDEST = 'UPDATE_ROLLBACK_IN_PROGRESS'.length;
