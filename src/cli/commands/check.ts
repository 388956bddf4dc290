import { InvalidArgumentError, Option } from 'commander';
import { attestOptions } from '../attest-options.ts';
import type { CheckOptions } from '../check-command.ts';
import type { CliCommand } from '../command.ts';
import type { Io } from '../io.ts';
import { collectFormat, FORMAT_NAMES, namesOf } from '../options.ts';

/** What `check-plan` does without the name of a command. */
export const checkPlan: CliCommand = {
  name: 'check-plan',
  summary: 'judge plans',
  description:
    'Stops a deployment that would destroy production until a senior engineer has signed exactly that destruction.',
  arguments: [
    [
      '[input...]',
      'plan or change-set JSON (packed with gzip or zstd, too), a saved plan, a cdk.out, a folder of them, a quoted pattern, `-`, or the ARN of a change set',
    ],
  ],
  options: [
    new Option(
      '--format <format>',
      `${FORMAT_NAMES.join(', ')}; with =FILE to write it there; repeatable`,
    ).argParser(collectFormat),
    new Option('--advisory', 'tell the decision, and end with 0 where it would be 2 or 3 (to roll it out)'),
    new Option('--request <file>', 'write what a senior would sign, to be signed on another machine'),
    ...attestOptions(),
    new Option('--log', 'append the decision to the log in the store, as apply always does'),
    new Option('--quiet', 'print nothing when every plan is allowed, and no progress'),
    new Option('--jobs <n>', 'plans to judge at the same time (default: cores, at most 8)').argParser(jobs),
  ],
  judges: true,
  async run([inputs]: readonly [readonly string[]], options: CheckOptions, io: Io) {
    const { checkCommand } = await import('../check-command.ts');
    return checkCommand(namesOf(inputs, options), options, io);
  },
};

function jobs(given: string): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('it must be a whole number above 0');
  return value;
}
