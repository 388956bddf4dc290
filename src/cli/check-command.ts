import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { InputContext } from '../adapters/input.ts';
import { type FoundInput, findInputs } from '../adapters/inputs.ts';
import { type Checked, check, type Judging, oneByOne, reportOfFailure } from '../check.ts';
import { CheckError, problemOf } from '../model/error.ts';
import type { Report } from '../model/report.ts';
import { renderJson } from '../reporters/json.ts';
import { renderText } from '../reporters/text.ts';
import type { Io } from './io.ts';
import type { Format, Output, WorldOptions } from './options.ts';
import { createProgress, type Progress } from './progress.ts';
import { contextOf, worldOf } from './world.ts';

export interface CheckOptions extends WorldOptions {
  readonly format?: readonly Output[];
  readonly quiet?: boolean;
  /** Plans to judge at the same time; by default as many as pay. */
  readonly jobs?: number;
  /** Where to write what a senior would sign. */
  readonly request?: string;
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
  const checked = await judged(names, options, io);
  const { report } = checked;
  if (options.request !== undefined) await writeRequestTo(options.request, checked, io);
  await writeOutputs(report, options, io, io.stdout);
  return report.exitCode;
}

/** Each format to its file, or to `print` where it names none. */
export async function writeOutputs(
  report: Report,
  options: CheckOptions,
  io: Io,
  print: (text: string) => void,
): Promise<void> {
  for (const output of options.format ?? [{ format: 'text', file: null }]) {
    const text = RENDER[output.format](report, options, io);
    if (output.file !== null) await writeReport(output.file, text, io);
    else if (options.quiet !== true || report.decision !== 'allowed') print(text);
  }
}

/** A report in every case: what keeps the run from judging at all is an error in it, not a stack trace beside it. */
async function judged(names: readonly string[], options: CheckOptions, io: Io): Promise<Checked> {
  const progress = createProgress(io, options.quiet === true);
  const context = { ...contextOf(options, io), onRead: progress.read };
  try {
    const { inputs, notes } = await findInputs(names, context);
    const world = await worldOf(options, io);
    const judging = told(await judgingOf(inputs, options.jobs ?? null, context), progress);
    return await check(inputs, { ...world, notes: [...notes, ...world.notes] }, judging);
  } catch (thrown) {
    if (thrown instanceof CheckError && thrown.code === 'usage') throw thrown;
    return { report: reportOfFailure(problemOf(thrown, null)), judgements: [] };
  } finally {
    progress.end();
  }
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
  if ('text' in request) await writeReport(file, request.text, io);
  else io.stderr(`check-plan: no request is written: ${request.why}\n`);
}

async function writeReport(file: string, text: string, io: Io): Promise<void> {
  try {
    await writeFile(resolve(io.cwd, file), text);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new CheckError(
      'usage',
      `the report cannot be written to ${file}: ${why}`,
      'name a file in a folder that is there and may be written',
      thrown,
    );
  }
}

const RENDER: Readonly<Record<Format, (report: Report, options: CheckOptions, io: Io) => string>> = {
  text: (report, options, io) => renderText(report, lookOf(options, io)),
  json: (report) => renderJson(report),
};

/** Colour on a terminal only; NO_COLOR (no-color.org) and --no-color turn it off there too. */
export const lookOf = (options: WorldOptions, io: Io): { width: number; color: boolean } => ({
  width: Math.min(Math.max(io.columns, MIN_WIDTH), MAX_WIDTH),
  color: options.color && io.isTerminal.stdout && (io.env['NO_COLOR'] ?? '') === '',
});

const MIN_WIDTH = 40;
/** Wider lines are hard to read, however wide the terminal is. */
const MAX_WIDTH = 120;
