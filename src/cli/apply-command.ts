import { liveNameOf } from '../adapters/aws/live-name.ts';
import { check, reportOfFailure } from '../check.ts';
import { EXIT } from '../model/decision.ts';
import { CheckError, problemOf } from '../model/error.ts';
import type { Report } from '../model/report.ts';
import { harmless } from '../reporters/log-command.ts';
import { attest } from './attest.ts';
import type { AttestOptions } from './attest-options.ts';
import type { Executor } from './executor.ts';
import type { Io } from './io.ts';
import type { Output, WorldOptions } from './options.ts';
import { writeOutputs } from './outputs.ts';
import { terraformExecutor } from './terraform-executor.ts';
import { trailOf, useUp } from './trail.ts';
import { type CliWorld, worldOf } from './world.ts';

export interface ApplyOptions extends WorldOptions, AttestOptions {
  readonly format?: readonly Output[];
  readonly quiet?: boolean;
}

/**
 * `check-plan apply INPUT`: judges a copy that nobody else can reach, and carries out that copy or nothing. The standard
 * output belongs to the program that does it; the report goes to the standard error.
 */
export async function applyCommand(
  name: string,
  given: readonly string[],
  options: ApplyOptions,
  io: Io,
): Promise<number> {
  const executor = await executorOf(name, given, options, io);
  try {
    const { report, world } = await judged(executor, options, io);
    await writeOutputs(report, options, io, io.stderr);
    await attest(report, options, io);
    if (world === null || report.decision !== 'allowed' || report.exitCode !== EXIT.allowed) {
      io.stderr(`\ncheck-plan: nothing was applied\n`);
      return report.exitCode;
    }
    const trail = trailOf(world.store, world.policy, io);
    await trail.begun(report);
    const end = (says: string): Promise<void> =>
      trail.ended(says).catch((thrown: unknown) => {
        const { message } = problemOf(thrown, null);
        io.stderr(`check-plan: the log does not say how it ended: ${harmless(message)}\n`);
      });
    try {
      await useUp(report, world.store, world.policy, trail.run);
      const { succeeded, says } = await executor.run();
      io.stderr(`\ncheck-plan: ${harmless(says)}\n`);
      await end(says);
      return succeeded ? EXIT.allowed : EXIT.applyFailed;
    } catch (thrown) {
      await end(`nothing was applied: ${problemOf(thrown, null).message}`);
      throw thrown;
    }
  } finally {
    await executor.close();
  }
}

/** What can carry out the input, by what the input is. */
async function executorOf(
  name: string,
  given: readonly string[],
  options: ApplyOptions,
  io: Io,
): Promise<Executor> {
  const live = liveNameOf(name);
  if (live === null) return terraformExecutor(name, given, options, io);
  const { cloudFormationExecutor } = await import('./cloudformation-executor.ts');
  return cloudFormationExecutor(name, live, given, options, io);
}

interface Judged {
  readonly report: Report;
  /** Null where nothing could be looked at. */
  readonly world: CliWorld | null;
}

async function judged({ input }: Executor, options: ApplyOptions, io: Io): Promise<Judged> {
  try {
    const world = await worldOf(options, io);
    return { report: (await check([input], world)).report, world };
  } catch (thrown) {
    if (thrown instanceof CheckError && thrown.code === 'usage') throw thrown;
    return { report: reportOfFailure(problemOf(thrown, null)), world: null };
  }
}
