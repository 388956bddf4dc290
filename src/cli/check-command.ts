import { writeFile } from 'node:fs/promises';
import type { InputContext } from '../adapters/input.ts';
import { type FoundInput, findInputs } from '../adapters/inputs.ts';
import { type Checked, check, type Judging, oneByOne, reportOfFailure } from '../check.ts';
import { EXIT } from '../model/decision.ts';
import { CheckError, problemOf } from '../model/error.ts';
import type { Report } from '../model/report.ts';
import { isOnlyTold } from '../reporters/text/verdict.ts';
import type { AttestOptions } from './attest-options.ts';
import { LOOKS_AGAIN } from './formats.ts';
import type { Io } from './io.ts';
import type { Output, WorldOptions } from './options.ts';
import { writeOutputs, writeReport } from './outputs.ts';
import { createProgress, type Progress } from './progress.ts';
import { readingOnce, readingTwice } from './twice.ts';
import { contextOf, worldOf } from './world.ts';

export interface CheckOptions extends WorldOptions, AttestOptions {
  readonly format?: readonly Output[];
  readonly quiet?: boolean;
  /** A verdict that would stop the pipeline is told, and does not stop it. What cannot be judged still does. */
  readonly advisory?: boolean;
  /** Plans to judge at the same time; by default as many as pay. */
  readonly jobs?: number;
  /** Where to write what a senior would sign. */
  readonly request?: string;
  /** Whether the log of the store tells of this decision. */
  readonly log?: boolean;
}

/** `check-plan INPUT...`: judges, reports, and says by its exit code what may happen. */
export async function checkCommand(names: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  if (names.length === 0) {
    throw new CheckError(
      'usage',
      'no input is named',
      'name a plan: check-plan plan.json, or `-` for the standard input',
    );
  }
  const looksAgain = options.format?.some(({ format }) => LOOKS_AGAIN.has(format)) === true;
  const twice = looksAgain ? await readingTwice(names, io) : readingOnce(io);
  try {
    const checked = await judged(names, options, twice.io);
    const report = { ...checked.report, advisory: options.advisory === true };
    if (options.request !== undefined) await writeRequestTo(options.request, checked, io);
    await writeOutputs(report, options, io, io.stdout, twice.radiiOf(checked.inputs, report));
    if (options.attest !== undefined || options.attestKey !== undefined)
      await (await import('./attest.ts')).attest(report, options, io);
    if (options.log === true) await writeToLog(report, options, io);
    return endOf(report, io);
  } finally {
    await twice.end();
  }
}

/** The exit code, and what an advisory run has to say of it. */
function endOf(report: Report, io: Io): number {
  if (!isOnlyTold(report)) return report.exitCode;
  io.stderr(
    `check-plan: advisory, nothing is stopped: exit code 0, and without --advisory ${report.exitCode}\n`,
  );
  return EXIT.allowed;
}

interface Run extends Checked {
  readonly inputs: readonly FoundInput[];
}

/** A report in every case: what keeps the run from judging at all is an error in it, not a stack trace beside it. */
async function judged(names: readonly string[], options: CheckOptions, io: Io): Promise<Run> {
  const progress = createProgress(io, options.quiet === true);
  const context = { ...contextOf(options, io), onRead: progress.read };
  try {
    const { inputs, notes } = await findInputs(names, context);
    const world = await worldOf(options, io);
    const judging = told(await judgingOf(inputs, options.jobs ?? null, context), progress);
    const checked = await check(inputs, { ...world, notes: [...notes, ...world.notes] }, judging);
    return { ...checked, inputs };
  } catch (thrown) {
    if (thrown instanceof CheckError && thrown.code === 'usage') throw thrown;
    return { report: reportOfFailure(problemOf(thrown, null)), judgements: [], inputs: [] };
  } finally {
    progress.end();
  }
}

async function writeToLog(report: Report, options: CheckOptions, io: Io): Promise<void> {
  const { trailOf } = await import('./trail.ts');
  const { store, policy } = await worldOf(options, io);
  await trailOf(store, policy, io).decided(report);
}

/** Threads are loaded only where there is enough to do for them. */
async function judgingOf(
  inputs: readonly FoundInput[],
  jobs: number | null,
  context: InputContext,
): Promise<Judging> {
  if (inputs.length < 2) return oneByOne;
  const { startThread, threadsFor } = await import('../adapters/judge-thread.ts');
  const threads = threadsFor(inputs, jobs);
  if (threads < 2) return oneByOne;
  const { judgeInThreads } = await import('../adapters/pool.ts');
  return judgeInThreads(inputs, threads, (ground) => startThread(ground, context));
}

const told = (judging: Judging, progress: Progress): Judging =>
  async function* (inputs, ground) {
    let done = 0;
    for await (const one of judging(inputs, ground)) {
      yield one;
      done += 1;
      if (inputs.length > 1) progress.judged(done, inputs.length);
    }
  };

/** All that a sign-off of the one plan would cover, for a person at another machine. */
async function writeRequestTo(file: string, checked: Checked, io: Io): Promise<void> {
  const { requestFor } = await import('./request.ts');
  const request = requestFor(checked);
  if ('text' in request) await writeReport(file, io, (path) => writeFile(path, request.text));
  else io.stderr(`check-plan: no request is written: ${request.why}\n`);
}
