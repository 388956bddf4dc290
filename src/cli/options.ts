import { Option } from 'commander';
import { CheckError } from '../model/error.ts';

/** Options that every command takes which reads a change set. */
export interface WorldOptions {
  readonly policy?: string;
  readonly environment?: string;
  readonly workspace?: string;
  readonly author?: 'ai' | 'human';
  readonly commits?: string;
  readonly signOffs?: string;
  readonly terraform?: string;
  readonly baseline?: string;
  readonly color: boolean;
}

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
    'the Terraform workspace, part of what a sign-off binds (default: $TF_WORKSPACE)',
  ),
  new Option('--author <who>', 'declare who wrote the change; signals can contradict `human`').choices([
    'ai',
    'human',
  ]),
  new Option('--commits <base..head>', 'the commits that made the change (default: since the base branch)'),
  new Option('--sign-offs <folder>', 'where sign-off records lie (default: .check-plan/sign-offs)'),
  new Option('--terraform <program>', 'program that shows saved plans (default: terraform, else tofu)'),
  new Option(
    '--baseline <folder>',
    'what is deployed, for a CDK assembly: what `check-plan baseline` wrote, or the cdk.out of the main branch',
  ),
  new Option('--no-color', 'no colour, also on a terminal'),
];

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
