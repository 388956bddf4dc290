import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { EXIT } from '../model/decision.ts';
import { problemOf } from '../model/error.ts';
import { harmless } from '../reporters/log-command.ts';
import type { CheckOptions } from './check-command.ts';
import { EPILOGUE, VERSION } from './help.ts';
import type { Io } from './io.ts';
import { collectFormat, worldOptions } from './options.ts';

/** Arguments and the outside in, exit code out. Whatever goes wrong ends in one place, and never in a pass. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.cannotJudge;
  const ends =
    <Args extends unknown[]>(command: (...args: Args) => Promise<number>) =>
    async (...args: Args): Promise<void> => {
      exitCode = await command(...args);
    };
  try {
    await programOf(io, ends).parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.allowed : EXIT.usage;
    const { code, message, mend } = problemOf(thrown, null);
    io.stderr(`check-plan: ${harmless(message)} [${code}]\n${mend === null ? '' : `  ${harmless(mend)}\n`}`);
    return code === 'usage' ? EXIT.usage : EXIT.cannotJudge;
  }
}

type Ends = <Args extends unknown[]>(
  command: (...args: Args) => Promise<number>,
) => (...args: Args) => Promise<void>;

function programOf(io: Io, ends: Ends): Command {
  const program = new Command('check-plan')
    .description(
      'Stops a deployment that would destroy production until a senior engineer has signed exactly that destruction.',
    )
    .version(VERSION, '--version', 'print the version')
    .argument(
      '[input...]',
      'plan or change-set JSON (packed with gzip or zstd, too), a saved plan, a folder of them, a quoted pattern, or `-`',
    )
    .addOption(
      new Option('--format <format>', 'text or json, with =FILE to write it there; repeatable').argParser(
        collectFormat,
      ),
    )
    .option('--quiet', 'print nothing when every plan is allowed, and no progress')
    .addOption(
      new Option('--jobs <n>', 'plans to judge at the same time (default: cores, at most 8)').argParser(jobs),
    )
    .addHelpText('after', EPILOGUE)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      getOutHelpWidth: () => io.columns,
      getErrHelpWidth: () => io.columns,
    })
    .showHelpAfterError('(check-plan --help shows what there is)')
    .action(
      ends(async (inputs: string[], options: CheckOptions) => {
        const { checkCommand } = await import('./check-command.ts');
        return checkCommand(inputs, options, io);
      }),
    );

  program
    .command('sign')
    .summary('read what would be lost, and sign exactly that')
    .description(
      'Shows what a plan would destroy, asks for the number of changes that this permits, and signs exactly these.',
    )
    .argument('<input>', 'plan or change-set JSON, or a saved plan')
    .requiredOption(
      '--key <file>',
      'SSH key to sign with: a private key, or a public one whose private half is in ssh-agent',
    )
    .addOption(new Option('--hours <n>', 'how long the sign-off is valid').argParser(hours).default(8))
    .option('--comment <text>', 'why this destruction is right; kept in the record', '')
    .action(
      ends(async (input: string, _options, command: Command) => {
        const { signCommand } = await import('./sign-command.ts');
        return signCommand(input, optionsOf(command), io);
      }),
    );
  program
    .command('verify')
    .summary('tell whether a record permits a plan, step by step')
    .description(
      'Holds one record against a plan, and prints each step of the verification with what was seen.',
    )
    .argument('<record>', 'the file of a sign-off record')
    .argument('<input>', 'plan or change-set JSON, or a saved plan')
    .action(
      ends(async (record: string, input: string, _options, command: Command) => {
        const { verifyCommand } = await import('./verify-command.ts');
        return verifyCommand(record, input, optionsOf(command), io);
      }),
    );
  program
    .command('rules')
    .summary('list the rules, or explain one')
    .description('Lists the rules, or explains one: what it means, why it matters, what to do instead.')
    .argument('[id]', 'a rule, such as CP001')
    .action(
      ends(async (id: string | undefined) => {
        const { rulesCommand } = await import('./rules-command.ts');
        return rulesCommand(id ?? null, io);
      }),
    );
  program
    .command('init')
    .summary('write a first policy')
    .description(
      'Writes a first check-plan.yaml from what it finds in the repository; never over an existing one.',
    )
    .action(
      ends(async () => {
        const { initCommand } = await import('./init-command.ts');
        return initCommand(io);
      }),
    );

  const judging = [program, ...program.commands.filter((command) => JUDGING.has(command.name()))];
  for (const command of judging) for (const option of worldOptions()) command.addOption(option);
  return program;
}

/** The options of a command, and those given before its name. */
function optionsOf<Options extends { readonly color: boolean }>(command: Command): Options {
  const [own, before] = [command.opts<Options>(), command.parent?.opts<Options>() ?? command.opts<Options>()];
  return { ...before, ...own, color: before.color && own.color };
}

/** The commands that judge a plan, and so take the options that say what to judge it by. */
const JUDGING: ReadonlySet<string> = new Set(['sign', 'verify']);

function jobs(given: string): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('it must be a whole number above 0');
  return value;
}

function hours(given: string): number {
  const value = Number(given);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('it must be a number above 0');
  return value;
}
