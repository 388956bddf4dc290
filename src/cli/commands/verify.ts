import type { CliCommand } from '../command.ts';
import type { Io } from '../io.ts';
import { nameOf, type WorldOptions } from '../options.ts';

export const verify: CliCommand = {
  name: 'verify',
  summary: 'tell whether a record permits a plan, step by step',
  description:
    'Holds one record against a plan, and prints each step of the verification with what was seen.',
  arguments: [
    ['<record>', 'the file of a sign-off record'],
    ['[input]', 'plan or change-set JSON, a saved plan, or the ARN of a change set'],
  ],
  options: [],
  judges: true,
  async run([record, input]: readonly [string, string?], options: WorldOptions, io: Io) {
    const { verifyCommand } = await import('../verify-command.ts');
    return verifyCommand(record, nameOf(input, options), options, io);
  },
};
