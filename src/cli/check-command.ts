import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inputOf } from '../adapters/input.ts';
import { check, reportOfFailure } from '../check.ts';
import { CheckError, problemOf } from '../model/error.ts';
import type { Report } from '../model/report.ts';
import { renderJson } from '../reporters/json.ts';
import { renderText } from '../reporters/text.ts';
import type { Io } from './io.ts';
import type { Format, Output, WorldOptions } from './options.ts';
import { worldOf } from './world.ts';

export interface CheckOptions extends WorldOptions {
  readonly format?: readonly Output[];
  readonly quiet?: boolean;
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
  const report = await judged(names, options, io);
  for (const output of options.format ?? [{ format: 'text', file: null }]) {
    const text = RENDER[output.format](report, options, io);
    if (output.file !== null) await writeFile(resolve(io.cwd, output.file), text);
    else if (options.quiet !== true || report.decision !== 'allowed') io.stdout(text);
  }
  return report.exitCode;
}

/** A report in every case: what keeps the run from judging at all is an error in it, not a stack trace beside it. */
async function judged(names: readonly string[], options: CheckOptions, io: Io): Promise<Report> {
  const context = {
    cwd: io.cwd,
    stdin: io.stdin,
    terraform: { program: options.terraform ?? null, env: io.env },
  };
  try {
    const world = await worldOf(options, io);
    const inputs = names.map((name) => inputOf(name, context));
    return (await check(inputs, world)).report;
  } catch (thrown) {
    if (thrown instanceof CheckError && thrown.code === 'usage') throw thrown;
    return reportOfFailure(problemOf(thrown, null));
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
