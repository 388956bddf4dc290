import type { CliCommand } from '../command.ts';
import type { Io } from '../io.ts';

export const completion: CliCommand = {
  name: 'completion',
  summary: 'print what a shell needs to complete commands',
  description:
    'Prints a script that lets bash, zsh or fish complete commands, options and their values. Its first lines say where to put it.',
  arguments: [['<shell>', 'bash, zsh or fish']],
  options: [],
  judges: false,
  async run([shell]: readonly [string], _options: unknown, io: Io) {
    const { completionCommand } = await import('../completion-command.ts');
    return completionCommand(shell, io);
  },
};
