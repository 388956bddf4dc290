import { describe, expect, test } from 'vitest';
import { streamOf, utf8, utf16 } from './bytes.ts';
import { corpusBytes, corpusFiles } from './corpus.ts';
import { planText, readPlan } from './terraform/plan.ts';

/** What the message has to name for each look-alike of the corpus. */
const CORPUS: Readonly<Record<string, RegExp>> = {
  'aws-samples__aws-infra-policy-as-code-with-terraform__opa-mock-wrapped-plan.json': /nothing but "mock"/,
  'borchero__terraform-plan-comment__terragrunt-multiplan.ndjson': /several plans in one file/,
  'bridgecrewio__checkov__corrupted-tfplan.json': /the state/,
  'cycloidio__inframap__tfstate-v3.json': /state file/,
  'generated__terraform-1.11.4__apply-ui-stream.jsonl': /event stream/,
  'generated__terraform-1.11.4__graph.dot': /graph/,
  'generated__terraform-1.11.4__plan-human-text.txt': /text for people/,
  'generated__terraform-1.11.4__plan-ui-stream.jsonl': /event stream/,
  'generated__terraform-1.11.4__raw-terraform.tfstate.json': /state file/,
  'generated__terraform-1.11.4__validate.json': /validate -json/,
  'hashicorp__terraform-json__invalid-trailing-data.json': /offset 15543/,
  'infracost__infracost__plan_with_terraform_wrapper.json': /setup-terraform wrapper/,
  'localstack__localstack__create-change-set-response.json': /create-change-set of AWS CloudFormation/,
  'localstack__localstack__describe-stack-resources.json': /stack of AWS CloudFormation/,
  'opentofu__opentofu__cloud-plan-basic-ui-stream.jsonl': /event stream/,
  'opentofu__opentofu__cloud-plan-ui-stream.jsonl': /event stream/,
  'opentofu__opentofu__providers-schema.json': /providers schema -json/,
  'opentofu__opentofu__validate-output.json': /validate -json/,
  'ovsds__tf-plan-format__plans-artificial-full.json': /format_version "test_format_version"/,
  'terraform-1.11.4__state-deposed-show.json': /the state/,
  'terraform-1.11.4__state-empty-show.json': /the state/,
  'terraform-1.11.4__state-raw.tfstate': /state file/,
  'terraform-1.11.4__state-show.json': /the state/,
  'terraform-1.11.4__ui-stream-apply.jsonl': /event stream/,
  'terraform-1.11.4__ui-stream-aws-drift.jsonl': /event stream/,
  'terraform-1.11.4__ui-stream-deposed.jsonl': /event stream/,
  'terraform-1.11.4__ui-stream-moved-forget.jsonl': /event stream/,
  'terraform-1.11.4__ui-stream-plan.jsonl': /event stream/,
  'trek10inc__cfn-changeset-viewer__unrelated-package.json': /another kind, with "name"/,
  'written-by-hand__cloud-bookmark.json': /bookmark/,
  'written-by-hand__future-major-2.json': /format_version "2.0"/,
  'written-by-hand__tofu-encrypted-plan.json': /encrypted/,
  'written-by-hand__tofu-show-config.json': /configuration/,
};

const refusal = (input: string | Uint8Array): Promise<unknown> =>
  readPlan(input).then(
    () => 'read as a plan',
    (thrown) => thrown,
  );

describe.runIf(corpusFiles('not-plans').length > 0)('the look-alikes of the corpus', () => {
  test.each(corpusFiles('not-plans'))('%s', async (file) => {
    const words = CORPUS[file.replace('not-plans/', '')];
    expect(words).toBeDefined();
    const refused = await refusal(corpusBytes(file));
    expect(refused).toMatchObject({ name: 'CheckError', message: expect.stringMatching(words ?? /^$/) });
  });

  test.each(corpusFiles('saved-plan'))('%s', async (file) => {
    expect(await refusal(corpusBytes(file))).toMatchObject({
      code: 'not-a-plan',
      message: expect.stringContaining('saved plan'),
    });
  });

  test.each(corpusFiles('cfn-changeset').filter((file) => !/unit-test-mock|console|paginated/.test(file)))(
    '%s',
    async (file) => {
      expect(await refusal(corpusBytes(file))).toMatchObject({ code: expect.stringMatching(/^not-/) });
    },
  );
});

test.each([
  ['an empty file', '', /empty file/],
  ['white space alone', ' \n\t ', /empty file/],
  ['an empty object', '{}', /empty JSON object/],
  ['an array', '[{"address":"a"}]', /JSON array/],
  ['an array of words', '[null]', /JSON array/],
  ['a number', '-1', /single JSON value/],
  ['null', 'null\n', /single JSON value/],
  ['a page', '<!DOCTYPE html><html>', /HTML/],
  ['YAML', 'version: 3\nservices:\n', /YAML/],
  ['YAML with a comment', '# stack\nname: x\n', /YAML/],
  ['HCL', '# main\nresource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n', /configuration \(HCL\)/],
  ['an HCL block without labels', 'terraform {\n}\n', /configuration \(HCL\)/],
  ['a gzip file', Uint8Array.of(0x1f, 0x8b, 8, 0), /gzip/],
  ['a zstd file', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0), /zstd/],
  ['a coloured error', '\u001b[31m╷\u001b[0m\n│ Error: no\n', /error message of Terraform/],
  ['a plan for people', '\nTerraform will perform the following actions:\n', /text for people/],
  ['no changes for people', 'No changes. Your infrastructure matches the configuration.', /text for people/],
  ['Terragrunt lines', '09:32:46.963 STDOUT terraform: {"format_version":"1.2"}', /Terragrunt/],
  ['Terragrunt lines of before', '[live/prod/db] {"format_version":"1.2"}', /Terragrunt/],
  ['the wrapper, first line', '[command]/opt/terraform-bin show -json p\n{}', /wrapper/],
  ['the wrapper, last lines', `${planText()}\n::debug::stdout: x\n`, /wrapper/],
  ['two plans', `${planText()}\n${planText()}`, /several plans/],
  [
    'a change set',
    '{"ChangeSetName":"a","ChangeSetId":"b","Changes":[]}',
    /change set of AWS CloudFormation/,
  ],
  ['a template', '{"AWSTemplateFormatVersion":"2010-09-09","Resources":{}}', /template of AWS/],
  ['a CDK manifest', '{"version":"36.0.0","artifacts":{}}', /CDK assembly/],
  [
    'a redacted plan',
    '{"plan_format_version":"1.2","resource_changes":[],"provider_schemas":{}}',
    /redacted/,
  ],
  [
    'a report of this program',
    '{"schema":"check-plan/report/1","decision":"allowed"}',
    /report of check-plan/,
  ],
  ['words', 'command not found', /not JSON/],
])('says that it is no plan but %s', async (_name, input, words) => {
  expect(await refusal(input)).toMatchObject({
    code: 'not-a-plan',
    message: expect.stringMatching(words),
    mend: expect.stringMatching(/./),
  });
});

test('a look-alike in UTF-16 is named all the same', async () => {
  expect(await refusal(utf16('[1]', 'le', true))).toMatchObject({
    message: expect.stringContaining('JSON array'),
  });
});

test('what a document is comes before what is wrong in it', async () => {
  const redacted = '{"resource_changes":[{"address":1}],"plan_format_version":"1.2","provider_schemas":{}}';
  expect(await refusal(redacted)).toMatchObject({ code: 'not-a-plan' });
  const future = planText({ resource_changes: [{ other: 'shape' }], format_version: '2.0' });
  expect(await refusal(future)).toMatchObject({ code: 'unsupported-version' });
  const late = '{"resource_changes":[{"other":"shape"}],"format_version":"1.2"}';
  expect(await refusal(late)).toMatchObject({ code: 'malformed-plan' });
});

test('bytes after a plan are an error that names the offset', async () => {
  const plan = planText();
  expect(await refusal(`${plan}\n}`)).toMatchObject({
    code: 'not-json',
    message: expect.stringContaining(String(plan.length + 1)),
  });
});

test('an unused stream is not read past an early refusal', async () => {
  let read = 0;
  const source = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of streamOf(utf8(`<${' '.repeat(100_000)}`), [50_000, 99_000])) {
      read++;
      yield chunk;
    }
  };
  const { readTerraformPlan } = await import('../../src/readers/terraform/read.ts');
  await expect(readTerraformPlan(source(), () => {})).rejects.toMatchObject({ code: 'not-a-plan' });
  expect(read).toBe(1);
});
