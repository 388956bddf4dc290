import type { CliCommand } from '../command.ts';
import type { Io } from '../io.ts';

export const rules: CliCommand = {
  name: 'rules',
  summary: 'list the rules, or explain one',
  description: 'Lists the rules, or explains one: what it means, why it matters, what to do instead.',
  arguments: [['[id]', 'a rule, such as CP001']],
  options: [],
  judges: false,
  async run([id]: readonly [string | undefined], _options: unknown, io: Io) {
    const { rulesCommand } = await import('../rules-command.ts');
    return rulesCommand(id ?? null, io);
  },
};
