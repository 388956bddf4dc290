import type { CliCommand } from '../command.ts';
import type { Io } from '../io.ts';

export const init: CliCommand = {
  name: 'init',
  summary: 'write a first policy and a step of the pipeline',
  description:
    'Looks for Terraform, CDK, accounts, environments and the CI system, and writes a first check-plan.yaml and a step of the pipeline; never over a file that is there.',
  arguments: [],
  options: [],
  judges: false,
  async run(_given: readonly unknown[], _options: unknown, io: Io) {
    const { initCommand } = await import('../init-command.ts');
    return initCommand(io);
  },
};
