import type { Json } from '../model/json.ts';
import { DESCRIBE } from './cloudformation/member.ts';

/** What a document that is no plan is, and what to run instead. */
export interface Words {
  readonly is: string;
  readonly mend: string;
}
interface Magic extends Words {
  readonly bytes: readonly number[];
}
interface LookAlikeText extends Words {
  /** Tried on the first characters of the file, white space and colours taken off. */
  readonly pattern: RegExp;
}
interface LookAlikeObject extends Words {
  when(document: TopLevel): boolean;
}

/** The top level of a JSON object: its keys, and the values of the few that are small. */
export interface TopLevel {
  readonly keys: ReadonlySet<string>;
  readonly small: ReadonlyMap<string, Json>;
}

/** The members whose value tells what a document is. */
export const TELLING: ReadonlySet<string> = new Set(['version', 'schema']);

const SHOW = 'run `terraform show -json PLANFILE > plan.json` and check plan.json';
const PLAN = `run \`terraform plan -out=tfplan\`, then \`terraform show -json tfplan > plan.json\``;
const WRAPPER: Words = {
  is: 'terraform output with lines of the hashicorp/setup-terraform wrapper in it',
  mend: 'set `terraform_wrapper: false` on the setup-terraform step, and write the plan again',
};
const DESCRIBED = `run ${DESCRIBE}, and check change-set.json`;
const cloudFormation = (what: string): Words => ({ is: `${what} of AWS CloudFormation`, mend: DESCRIBED });

export const BINARY: readonly Magic[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    is: 'a saved plan in binary form (or another zip file)',
    mend: SHOW.replace('PLANFILE', 'FILE'),
  },
  { bytes: [0x1f, 0x8b], is: 'a gzip file', mend: 'unpack it first: `gunzip FILE`' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], is: 'a zstd file', mend: 'unpack it first: `unzstd FILE`' },
];

/** In this order: what comes first is the more special. */
export const TEXTS: readonly LookAlikeText[] = [
  { pattern: /^$/, is: 'an empty file', mend: `${PLAN}; an empty file is often a command that failed` },
  { pattern: /^(?:\[command\]|::[a-z-]+)/, ...WRAPPER },
  {
    pattern:
      /^(?:\d\d:\d\d:\d\d(?:\.\d+)?\s+[A-Z]+\b|time=\S+ level=|\[(?!true\]|false\]|null\])[A-Za-z./][\w./-]*\]\s)/,
    is: 'output of Terragrunt, with a log prefix on its lines',
    mend: 'run `terragrunt run --all plan --out-dir D --json-out-dir D`, and check each plan of D',
  },
  {
    pattern: /^</,
    is: 'an HTML or XML page',
    mend: `the download went wrong, often for want of a login; ${SHOW}`,
  },
  { pattern: /^(?:strict )?digraph\b/, is: 'a graph of `terraform graph`', mend: PLAN },
  { pattern: /^(?:╷|│|Error:)/, is: 'an error message of Terraform', mend: `mend the error, then ${PLAN}` },
  {
    pattern:
      /(?:^|\n)(?:(?:CHANGES|RESOURCECHANGE|DETAILS)\t|ChangeSet(?:Id|Name):\s|\|\s+DescribeChangeSet\s+\|)|^\S+\t.*:changeSet\//,
    is: 'a change set of AWS CloudFormation as text, YAML or a table',
    mend: DESCRIBED,
  },
  {
    pattern:
      /(?:^|\n)(?:.*: (?:Refreshing state|Reading|Read complete|Still reading)\b|(?:Terraform|OpenTofu) (?:will perform|used the selected|planned)|No changes\.|Plan: \d+ to )/,
    is: 'the plan as text for people',
    mend: PLAN,
  },
  {
    pattern:
      /(?:^|\n)(?:(?:resource|data|module|variable|output|provider|removed|import|check|ephemeral)\b[^\n:]*|terraform|locals|moved)\s*\{/,
    is: 'Terraform configuration (HCL)',
    mend: PLAN,
  },
  { pattern: /^\[/, is: 'a JSON array', mend: `a plan is a JSON object; ${SHOW}` },
  {
    pattern: /^(?:"|-?\d|(?:true|false|null)\s*$)/,
    is: 'a single JSON value',
    mend: `a plan is a JSON object; ${SHOW}`,
  },
  {
    pattern: /^(?:---|%YAML|[\w.-]+:(?:\s|$))|\n[\w.-]+:(?:\s|$)/,
    is: 'YAML',
    mend: `a plan is JSON; ${SHOW}`,
  },
  { pattern: /^[^{]/, is: 'text that is not JSON', mend: SHOW },
];

export const AFTER_PLAN: readonly LookAlikeText[] = [
  { pattern: /^(?:%0A\s*)*::[a-z-]+/, ...WRAPPER },
  {
    pattern: /^\{\s*"(?:format_version|resource_changes|planned_values|terraform_version)"/,
    is: 'several plans in one file',
    mend: 'give each plan its own file, and check them together: `check-plan a.json b.json`',
  },
];

const has = (document: TopLevel, ...keys: string[]): boolean => keys.every((key) => document.keys.has(key));
const hasAny = (document: TopLevel, ...keys: string[]): boolean => keys.some((key) => document.keys.has(key));
const versionIsNumber = (document: TopLevel): boolean => {
  const version = document.small.get('version');
  return typeof version === 'object' && version !== null && 'kind' in version;
};

/** In this order: the first that fits names the document. Whole plans never come here. */
export const OBJECTS: readonly LookAlikeObject[] = [
  {
    when: (it) => it.keys.size === 0,
    is: 'an empty JSON object',
    mend: `the command that wrote it failed; ${PLAN}`,
  },
  {
    when: (it) => has(it, '@level', '@message') || has(it, '@module', 'type'),
    is: 'the event stream of `plan -json` or `apply -json`, which leaves out what a plan would destroy',
    mend: PLAN,
  },
  {
    when: (it) => versionIsNumber(it) && hasAny(it, 'serial', 'lineage', 'modules'),
    is: 'a Terraform state file, not a plan',
    mend: PLAN,
  },
  {
    when: (it) => has(it, 'remote_plan_format') || has(it, 'run_id', 'hostname'),
    is: 'a bookmark for a plan that HCP Terraform keeps',
    mend: 'run `terraform show -json FILE` inside the initialised directory, with a login to HCP Terraform',
  },
  {
    when: (it) =>
      has(it, 'plan_format_version') || (has(it, 'provider_schemas') && has(it, 'resource_changes')),
    is: 'the redacted plan of HCP Terraform, which leaves out whether the plan is whole',
    mend: 'download the `json-output` of the plan instead of `json-output-redacted`',
  },
  {
    when: (it) => hasAny(it, 'encrypted_data', 'encryption_version'),
    is: 'an encrypted plan or state of OpenTofu',
    mend: 'run `tofu show -json -plan=FILE > plan.json` where the key is configured',
  },
  {
    when: (it) => has(it, 'root_module') || has(it, 'provider_config'),
    is: 'the configuration as `tofu show -json -config` prints it, not a plan',
    mend: 'run `tofu show -json -plan=FILE > plan.json`',
  },
  { when: (it) => has(it, 'provider_schemas'), is: 'the output of `providers schema -json`', mend: PLAN },
  { when: (it) => has(it, 'valid', 'diagnostics'), is: 'the output of `validate -json`', mend: PLAN },
  {
    when: (it) => hasAny(it, 'provider_selections', 'terraform_outdated'),
    is: 'the output of `version -json`',
    mend: PLAN,
  },
  {
    when: (it) =>
      has(it, 'format_version') && (has(it, 'values') || it.keys.size === 1 || has(it, 'terraform_version')),
    is: 'the state as `show -json` prints it without a plan file',
    mend: `name the plan file: ${SHOW}`,
  },
  {
    when: (it) => hasAny(it, 'ChangeSetName', 'ChangeSetId') || has(it, 'Changes', 'StackId'),
    is: 'a change set of AWS CloudFormation with something else before it',
    mend: DESCRIBED,
  },
  { when: (it) => has(it, 'Id', 'StackId'), ...cloudFormation('the answer to create-change-set') },
  {
    when: (it) => hasAny(it, 'StackResources', 'StackResourceSummaries', 'Stacks', 'StackEvents'),
    ...cloudFormation('a description of a stack'),
  },
  {
    when: (it) => hasAny(it, 'AWSTemplateFormatVersion', 'Resources', 'Transform'),
    ...cloudFormation('a template'),
  },
  {
    when: (it) => has(it, 'version') && hasAny(it, 'artifacts', 'missing', 'runtime'),
    is: 'the manifest of a CDK assembly, which says nothing of what is deployed',
    mend: `run \`cdk deploy --method=prepare-change-set\`, then ${DESCRIBED}`,
  },
  {
    when: (it) => hasAny(it, 'payloadType', 'signatures'),
    is: 'a signed record, not a plan',
    mend: 'name the plan that it belongs to',
  },
  {
    when: (it) => it.small.get('schema') === 'check-plan/report/1',
    is: 'a report of check-plan itself',
    mend: 'name the plan that it is about',
  },
  {
    when: (it) => hasAny(it, 'errors', 'error', 'Error'),
    is: 'the error answer of some service',
    mend: `mend the error; ${SHOW}`,
  },
  {
    when: (it) => hasAny(it, 'resource', 'provider', 'module', 'terraform', 'variable') && !has(it, 'name'),
    is: 'Terraform configuration in JSON (`.tf.json`)',
    mend: PLAN,
  },
];
