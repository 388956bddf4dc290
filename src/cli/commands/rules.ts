import { Option } from 'commander';
import type { CliCommand } from '../command.ts';
import type { Io } from '../io.ts';
import type { RulesOptions } from '../rules-command.ts';

export const rules: CliCommand = {
  name: 'rules',
  summary: 'list the rules, explain one, or test those of a policy',
  description:
    'Lists the rules, or explains one: what it means, why it matters, what to do instead. `rules test` tries the rules of a policy on the examples that they carry.',
  arguments: [['[id]', 'a rule, such as CP001; or test']],
  options: [
    new Option('--format <format>', 'text, or json with the conditions and what is known of each provider')
      .choices(['text', 'json'])
      .default('text'),
    new Option('--policy <file>', 'also the rules of this policy (with test: check-plan.yaml)'),
  ],
  judges: false,
  async run([id]: readonly [string | undefined], options: RulesOptions, io: Io) {
    const { rulesCommand } = await import('../rules-command.ts');
    return rulesCommand(id ?? null, options, io);
  },
};
