import { Option } from 'commander';
import type { CliCommand } from '../command.ts';
import type { ExplainOptions } from '../explain-command.ts';
import type { Io } from '../io.ts';

export const explain: CliCommand = {
  name: 'explain',
  summary: 'tell why something is destroyed, what hangs on it, and what to write instead',
  description:
    'Tells of one change, or of every one that a rule objects to, how it comes to it, what hangs on what is lost, and what to write instead, ready to paste. Ends with the exit code of a check.',
  arguments: [
    ['<input>', 'plan or change-set JSON, a saved plan, a cdk.out folder, or `-`'],
    ['[address]', 'a change, or a resource of which all instances are meant'],
  ],
  options: [new Option('--json', 'for programs')],
  judges: true,
  async run([input, address]: readonly [string, string | undefined], options: ExplainOptions, io: Io) {
    const { explainCommand } = await import('../explain-command.ts');
    return explainCommand(input, address ?? null, options, io);
  },
};
