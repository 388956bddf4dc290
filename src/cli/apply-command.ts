import { liveNameOf } from '../adapters/aws/live-name.ts';
import { check, reportOfFailure } from '../check.ts';
import { EXIT } from '../model/decision.ts';
import { CheckError, problemOf } from '../model/error.ts';
import type { Report } from '../model/report.ts';
import { harmless } from '../reporters/log-command.ts';
import type { Executor } from './executor.ts';
import type { Io } from './io.ts';
import type { Output, WorldOptions } from './options.ts';
import { writeOutputs } from './outputs.ts';
import { terraformExecutor } from './terraform-executor.ts';
import { worldOf } from './world.ts';

export interface ApplyOptions extends WorldOptions {
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
    const report = await judged(executor, options, io);
    await writeOutputs(report, options, io, io.stderr);
    if (report.exitCode !== EXIT.allowed) {
      io.stderr(`\ncheck-plan: nothing was applied\n`);
      return report.exitCode;
    }
    const { succeeded, says } = await executor.run();
    io.stderr(`\ncheck-plan: ${harmless(says)}\n`);
    return succeeded ? EXIT.allowed : EXIT.applyFailed;
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

async function judged({ input }: Executor, options: ApplyOptions, io: Io): Promise<Report> {
  try {
    return (await check([input], await worldOf(options, io))).report;
  } catch (thrown) {
    if (thrown instanceof CheckError && thrown.code === 'usage') throw thrown;
    return reportOfFailure(problemOf(thrown, null));
  }
}
