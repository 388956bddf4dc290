import { Command, type Option } from 'commander';
import type { Io } from './io.ts';
import { worldOptions } from './options.ts';

/** One command: how it is called, and what it does. A file each in `commands/`, and a line in `commands.ts`. */
export interface CliCommand {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** In their order, as commander writes them (`<input>`, `[id]`, `[input...]`), each with what it is. */
  readonly arguments: readonly (readonly [form: string, says: string])[];
  readonly options: readonly Option[];
  /** Whether it judges a change set, and so takes the options that say what to judge it by. */
  readonly judges: boolean;
  /** The exit code. What does the work is imported here and not above: a run pays for one command only. */
  run(given: never, options: never, io: Io): Promise<number>;
}

/** What commander is told of a command. `end` hears the exit code. */
export function built(spec: CliCommand, io: Io, end: (exitCode: number) => void): Command {
  const command = new Command(spec.name).summary(spec.summary).description(spec.description);
  for (const [form, says] of spec.arguments) command.argument(form, says);
  for (const option of [...spec.options, ...(spec.judges ? worldOptions() : [])]) command.addOption(option);
  return command.action(async () => {
    end(await spec.run(command.processedArgs as never, optionsOf(command) as never, io));
  });
}

/** The options of a command, and those given before its name; `--no-color` counts in either place. */
function optionsOf(command: Command): Readonly<Record<string, unknown>> {
  const [own, before] = [command.opts(), command.parent?.opts() ?? {}];
  return { ...before, ...own, color: own['color'] !== false && before['color'] !== false };
}
