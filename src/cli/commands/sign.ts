import { InvalidArgumentError, Option } from 'commander';
import type { CliCommand } from '../command.ts';
import type { Io } from '../io.ts';
import { nameOf } from '../options.ts';
import type { SignOptions } from '../sign-command.ts';

export const sign: CliCommand = {
  name: 'sign',
  summary: 'read what would be lost, and sign exactly that',
  description:
    'Shows what a plan would destroy, asks for the number of changes that this permits, and signs exactly these.',
  arguments: [
    [
      '[input]',
      'plan or change-set JSON, a saved plan, the ARN of a change set, or a request (check-plan PLAN --request FILE)',
    ],
  ],
  options: [
    new Option(
      '--key <file>',
      'SSH key to sign with: a private key, or a public one whose private half is in ssh-agent',
    ).makeOptionMandatory(),
    new Option('--hours <n>', 'how long the sign-off is valid').argParser(hours).default(8),
    new Option(
      '--self',
      'say that you had a hand in the change: counts only where the policy allows it, and after a waiting time',
    ),
    new Option('--comment <text>', 'why this destruction is right; kept in the record').default(''),
    new Option(
      '--break-glass <reason>',
      'an emergency: lets it through without the persons that are asked for, where the policy allows that; must be reviewed afterwards',
    ),
  ],
  judges: true,
  async run([input]: readonly [string?], options: SignOptions, io: Io) {
    const { signCommand } = await import('../sign-command.ts');
    return signCommand(nameOf(input, options), options, io);
  },
};

function hours(given: string): number {
  const value = Number(given);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('it must be a number above 0');
  return value;
}
