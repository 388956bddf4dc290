import { Option } from 'commander';
import type { BaselineOptions } from '../baseline-command.ts';
import type { CliCommand } from '../command.ts';
import type { Io } from '../io.ts';
import { awsOptions } from '../options.ts';

export const baseline: CliCommand = {
  name: 'baseline',
  summary: 'fetch what is deployed of a CDK app',
  description: `Asks AWS for the templates that are deployed of every stack of an assembly, nested ones too, and writes them to a folder
that \`check-plan cdk.out --baseline FOLDER\` takes. Nothing is changed on AWS.`,
  arguments: [],
  options: [
    new Option('--app <folder>', 'the assembly').default('cdk.out'),
    new Option('--output <folder>', 'where to write, and what is there is replaced').default('baseline'),
    new Option('--toolkit-stack-name <name>', 'the stack that `cdk bootstrap` made').default('CDKToolkit'),
    ...awsOptions(),
  ],
  judges: false,
  async run(_given: readonly unknown[], options: BaselineOptions, io: Io) {
    const { baselineCommand } = await import('../baseline-command.ts');
    return baselineCommand(options, io);
  },
};
