import { appendFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CheckError } from '../model/error.ts';
import type { Report } from '../model/report.ts';
import { harmless } from '../reporters/log-command.ts';
import { FORMATS } from './formats.ts';
import type { Io } from './io.ts';
import type { Output, WorldOptions } from './options.ts';
import { noRadii, type Radii } from './twice.ts';

interface OutputOptions extends WorldOptions {
  readonly format?: readonly Output[];
  readonly quiet?: boolean;
}

/** Each format to its file, or to `print` where it names none. */
export async function writeOutputs(
  report: Report,
  options: OutputOptions,
  io: Io,
  print: (text: string) => void,
  radii: Radii = noRadii,
): Promise<void> {
  for (const { format, file } of options.format ?? [{ format: 'text', file: null }]) {
    const isWanted = file !== null || options.quiet !== true || report.decision !== 'allowed';
    const text = isWanted ? await FORMATS[format](report, lookOf(options, io), radii) : [];
    if (file !== null) await writeReport(file, io, (path) => writeFile(path, text));
    else for (const piece of piecesOf(text)) print(piece);
    if (format === 'github') await summarise(report, options, io);
  }
}

const piecesOf = (text: string | Iterable<string>): Iterable<string> =>
  typeof text === 'string' ? [text] : text;

/** The page that GitHub shows for the run; other steps may have written to it. */
async function summarise(report: Report, options: OutputOptions, io: Io): Promise<void> {
  const file = io.env['GITHUB_STEP_SUMMARY'] ?? '';
  if (file === '') return;
  const text = await FORMATS.markdown(report, lookOf(options, io), noRadii);
  try {
    await appendFile(resolve(io.cwd, file), [...piecesOf(text)].join(''));
  } catch (thrown) {
    // Nobody asked for it by name, and it decides nothing.
    io.stderr(`check-plan: the summary is not written: ${harmless(String(thrown))}\n`);
  }
}

/** Writes a file that the command line names; what keeps it from being written is a fault of the command line. */
export async function writeReport(
  file: string,
  io: Io,
  write: (path: string) => Promise<void>,
): Promise<void> {
  try {
    await write(resolve(io.cwd, file));
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

/** Colour on a terminal only; NO_COLOR (no-color.org) and --no-color turn it off there too. */
export const lookOf = (options: WorldOptions, io: Io): { width: number; color: boolean } => ({
  width: Math.min(Math.max(io.columns, MIN_WIDTH), MAX_WIDTH),
  color: options.color && io.isTerminal.stdout && (io.env['NO_COLOR'] ?? '') === '',
});

const MIN_WIDTH = 40;
/** Wider lines are hard to read, however wide the terminal is. */
const MAX_WIDTH = 120;
