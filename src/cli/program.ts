import { type Argument, type Command, CommanderError } from 'commander';
import { EXIT } from '../model/decision.ts';
import { built } from './command.ts';
import { checkPlan } from './commands/check.ts';
import { COMMANDS } from './commands.ts';
import { EPILOGUE, VERSION } from './help.ts';
import type { Io } from './io.ts';

/** The exit code of any command line. Throws what the command throws; what is wrong with the line itself is told here. */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.cannotJudge;
  const end = (code: number): void => {
    exitCode = code;
  };
  try {
    await programOf(argv, io, end).parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.allowed : EXIT.usage;
    throw thrown;
  }
}

function programOf(argv: readonly string[], io: Io, end: (exitCode: number) => void): Command {
  const program = built(checkPlan, io, end)
    .version(VERSION, '--version', 'print the version')
    .addHelpText('after', EPILOGUE)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      getOutHelpWidth: () => io.columns,
      getErrHelpWidth: () => io.columns,
    })
    // The names of the commands say enough: with `[options]` in each, no room would be left for what they do.
    .configureHelp({
      subcommandTerm: (command) =>
        [command.name(), ...command.registeredArguments.map(humanReadable)].join(' '),
    })
    .showHelpAfterError('(check-plan --help shows what there is)');
  // A plan is judged far more often than anything else is asked for, and then nobody needs to know the other commands.
  for (const spec of mayNameCommand(argv) ? COMMANDS : [])
    program.addCommand(built(spec, io, end).copyInheritedSettings(program));
  return program;
}

/** Whether the name of a command, or a call for help that lists them, is anywhere in the arguments. */
const mayNameCommand = (argv: readonly string[]): boolean =>
  argv.some((word) => CALLS_FOR_HELP.has(word) || COMMANDS.some(({ name }) => name === word));

const CALLS_FOR_HELP: ReadonlySet<string> = new Set(['help', '-h', '--help']);

const humanReadable = (argument: Argument): string => {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
};
