import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyArguments, applyEnvironment } from '../../src/adapters/apply-arguments.ts';

test.each([
  '-auto-approve',
  '-parallelism=3',
  '-lock-timeout=5m',
  '-no-color',
  '-json',
  '-input=false',
  '-compact-warnings',
  '--no-color',
])('%s goes to the apply', (argument) => {
  expect(applyArguments([argument], {})).toEqual([argument]);
});

/** Every other flag of `terraform apply -help` and `terraform plan -help` (1.11), and of `tofu apply -help` (1.10). */
const CHANGING: readonly (readonly string[])[] = [
  ['-var', 'a=b'],
  ['-var=a=b'],
  ['-var-file=x.tfvars'],
  ['-target=aws_db_instance.main'],
  ['-target', 'aws_db_instance.main'],
  ['-replace=aws_db_instance.main'],
  ['-exclude=aws_db_instance.main'],
  ['-destroy'],
  ['-refresh-only'],
  ['-refresh=false'],
  ['-state=other.tfstate'],
  ['-state-out=other.tfstate'],
  ['-backup=-'],
  ['-lock=false'],
  ['-chdir=elsewhere'],
  ['-out=x'],
  ['-generate-config-out=x'],
  ['-allow-deferral'],
  ['-show-sensitive'],
  ['-json-into=file'],
  ['-deprecation=none'],
  ['other.tfplan'],
  ['-'],
  ['--'],
  [''],
];

test.each(CHANGING)('%s %s does not', (...args) => {
  expect(() => applyArguments(args, {})).toThrow(expect.objectContaining({ code: 'usage' }));
  const written = args.map((argument) => argument.replace(/^-(?=[a-z])/, '--'));
  expect(() => applyArguments(written, {})).toThrow(expect.objectContaining({ code: 'usage' }));
});

test('what is not on the list is refused, whatever it is', () => {
  const known =
    /^--?(auto-approve|compact-warnings|concise|json|no-color|input|lock|lock-timeout|parallelism|consolidate-(warnings|errors))(=|$)/;
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!known.test(text));
      expect(() => applyArguments([text], {})).toThrow(expect.objectContaining({ code: 'usage' }));
    }),
  );
});

test.each(['TF_CLI_ARGS', 'TF_CLI_ARGS_apply'])('%s is held to the same list', (name) => {
  expect(applyArguments(['-json'], { [name]: ' -no-color  -parallelism=2' })).toEqual([
    '-no-color',
    '-parallelism=2',
    '-json',
  ]);
  for (const value of ['-target=x', '-var a=b', '-no-color -destroy', '"-no-color"', 'other.tfplan']) {
    expect(() => applyArguments([], { [name]: value })).toThrow(expect.objectContaining({ code: 'usage' }));
  }
});

test('the apply gets the environment as it is, without the variables whose arguments were read', () => {
  expect(
    applyEnvironment({ AWS_PROFILE: 'p', TF_CLI_ARGS: '-no-color', TF_CLI_ARGS_apply: '-json' }),
  ).toEqual({
    AWS_PROFILE: 'p',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
  });
});

test('providers that somebody else started are refused', () => {
  expect(() => applyEnvironment({ TF_REATTACH_PROVIDERS: '{}' })).toThrow(
    expect.objectContaining({ code: 'usage' }),
  );
});
