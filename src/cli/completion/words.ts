import type { Option } from 'commander';
import type { CliCommand } from '../command.ts';
import { FORMAT_NAMES, worldOptions } from '../options.ts';

/** What there is to complete: the program itself, which has no name here, and its commands. */
export interface Words {
  readonly program: CommandWords;
  readonly commands: readonly CommandWords[];
}

interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionWords[];
  /** What its arguments are: files, nothing, or one of these. */
  readonly takes: Takes;
}

interface OptionWords {
  /** `--policy` */
  readonly flag: string;
  readonly says: string;
  /** What its value is; null where it has none. */
  readonly takes: Takes | null;
}

export type Takes = 'file' | 'nothing' | readonly string[];

/** Read from the commands as they are declared, so that nothing is completed that is not there. */
export function wordsOf(
  program: CliCommand,
  commands: readonly CliCommand[],
  rules: readonly string[],
): Words {
  const takes: Readonly<Record<string, Takes>> = { rules, completion: SHELLS };
  const wordsOfCommand = (spec: CliCommand): CommandWords => ({
    name: spec.name,
    summary: spec.summary,
    options: [...spec.options, ...(spec.judges ? worldOptions() : [])].map(optionWords),
    takes: takes[spec.name] ?? (spec.arguments.length > 0 ? 'file' : 'nothing'),
  });
  return { program: wordsOfCommand(program), commands: commands.map(wordsOfCommand) };
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

function optionWords({ long, description, flags, argChoices }: Option): OptionWords {
  const [, value = ''] = /[<[]([^>\]]*)/.exec(flags) ?? [];
  const flag = long ?? flags;
  const takes = argChoices ?? VALUES[flag] ?? (FILES.test(value) ? 'file' : 'nothing');
  return { flag, says: description, takes: value === '' ? null : takes };
}

/** Values that commander does not know as a list of choices. */
const VALUES: Readonly<Record<string, Takes>> = { '--format': FORMAT_NAMES };
const FILES = /^(?:file|folder|program|path)/;
