import { Option } from 'commander';
import { CHANGE_SET } from '../adapters/aws/live-name.ts';
import { CheckError } from '../model/error.ts';

/** Options that every command takes which reads a change set. */
export interface WorldOptions {
  readonly policy?: string;
  readonly environment?: string;
  readonly workspace?: string;
  readonly author?: 'ai' | 'human';
  readonly commits?: string;
  readonly store?: string;
  readonly terraform?: string;
  readonly baseline?: string;
  readonly live?: boolean;
  readonly stack?: string;
  readonly changeSet?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly endpointUrl?: string;
  readonly color: boolean;
}

/** How AWS is reached. */
export const awsOptions = (): readonly Option[] => [
  new Option('--region <name>', 'AWS region (default: as the AWS command line has it; an ARN has its own)'),
  new Option('--profile <name>', 'AWS profile (default: as the AWS command line has it)'),
  new Option('--endpoint-url <url>', 'another address than that of AWS (default: $AWS_ENDPOINT_URL)'),
];

export const worldOptions = (): readonly Option[] => [
  new Option(
    '--policy <file>',
    'policy file, or git:REF:PATH to read it from a ref (default: check-plan.yaml)',
  ),
  new Option(
    '--environment <name>',
    'the environment that this change set goes to, as evidence for production',
  ),
  new Option(
    '--workspace <name>',
    'the Terraform workspace, part of what a sign-off binds (default: what a saved plan says, else $TF_WORKSPACE)',
  ),
  new Option('--author <who>', 'declare who wrote the change; signals can contradict `human`').choices([
    'ai',
    'human',
  ]),
  new Option('--commits <base..head>', 'the commits that made the change (default: since the base branch)'),
  new Option(
    '--store <place>',
    'where the records are: a folder, git:refs/check-plan/sign-offs, s3://bucket/prefix (default: .check-plan/sign-offs)',
  ),
  new Option('--terraform <program>', 'program that shows saved plans (default: terraform, else tofu)'),
  new Option(
    '--baseline <folder>',
    'what is deployed, for a CDK assembly: what `check-plan baseline` wrote, or the cdk.out of the main branch',
  ),
  new Option('--stack <name>', 'the stack of --change-set'),
  new Option('--change-set <name>', 'a CloudFormation change set, asked of AWS; an ARN needs no --stack'),
  new Option('--live', 'ask AWS what is deployed, for a CDK assembly without --baseline'),
  ...awsOptions(),
  new Option('--no-color', 'no colour, also on a terminal'),
];

/** The inputs that are named, and the change set that the options name. */
export function namesOf(inputs: readonly string[], { stack, changeSet }: WorldOptions): readonly string[] {
  if (changeSet === undefined) {
    if (stack === undefined) return inputs;
    throw new CheckError(
      'usage',
      `--stack ${stack} names no change set`,
      'give --change-set NAME too; `check-plan delete-stack NAME` judges the deletion of a stack',
    );
  }
  if (changeSet.startsWith('arn:')) return [...inputs, changeSet];
  if (stack !== undefined) return [...inputs, `${CHANGE_SET}${stack}/${changeSet}`];
  throw new CheckError(
    'usage',
    `--change-set ${changeSet} is of no stack`,
    'give --stack NAME too, or the ARN of the change set',
  );
}

/** The one input of a command that takes one. */
export function nameOf(input: string | undefined, options: WorldOptions): string {
  const names = namesOf(input === undefined ? [] : [input], options);
  const [name] = names;
  if (name !== undefined && names.length === 1) return name;
  throw new CheckError(
    'usage',
    names.length === 0 ? 'no input is named' : `two inputs are named: ${names.join(' and ')}`,
    'name one plan or change set',
  );
}

/** A format and where it goes; null is the standard output. */
export interface Output {
  readonly format: Format;
  readonly file: string | null;
}
export const FORMAT_NAMES = [
  'text',
  'json',
  'html',
  'markdown',
  'sarif',
  'junit',
  'github',
  'gitlab',
] as const;
export type Format = (typeof FORMAT_NAMES)[number];

/** Collects `--format FORMAT[=FILE]`, given once or more. */
export function collectFormat(given: string, before: readonly Output[] = []): readonly Output[] {
  const [name = '', ...rest] = given.split('=');
  const format = FORMAT_NAMES.find((known) => known === name);
  if (format === undefined) {
    throw new CheckError('usage', `unknown format \`${name}\``, `the formats are ${FORMAT_NAMES.join(', ')}`);
  }
  const file = rest.length > 0 ? rest.join('=') : null;
  if (file === '')
    throw new CheckError('usage', `--format ${given} names no file`, `write --format ${name}=FILE`);
  if (file === null && before.some((output) => output.file === null)) {
    throw new CheckError(
      'usage',
      'two formats for the standard output',
      `give one a file: --format ${name}=FILE`,
    );
  }
  return [...before, { format, file }];
}
