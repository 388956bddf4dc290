import type { CliCommand } from '../command.ts';
import type { Io } from '../io.ts';

export const init: CliCommand = {
  name: 'init',
  summary: 'write a first policy',
  description:
    'Writes a first check-plan.yaml from what it finds in the repository; never over an existing one.',
  arguments: [],
  options: [],
  judges: false,
  async run(_given: readonly unknown[], _options: unknown, io: Io) {
    const { initCommand } = await import('../init-command.ts');
    return initCommand(io);
  },
};
