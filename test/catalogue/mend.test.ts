import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mendsFor } from '../../src/catalogue/mend.ts';
import type { Kind } from '../../src/model/changeset.ts';
import type { JudgedChange } from '../../src/model/report.ts';
import { anyReport, hostileText } from '../reporters/report-arbitraries.ts';
import { changeOf, DISARMED, setOf, shown } from '../reporters/report-parts.ts';

type Case = readonly [name: string, change: Partial<JudgedChange>, offered: readonly string[], more?: More];
interface More {
  readonly kind?: Kind;
  readonly tool?: string;
  readonly beside?: readonly Partial<JudgedChange>[];
}

const reason = (word: string) => [{ kind: 'reason' as const, reason: word, says: word }];
const REMOVED = reason('delete_because_no_resource_config');
const attribute = (name: string, before = shown('"a"')) => [
  { kind: 'attribute' as const, path: [name], before, after: shown('"b"') },
];
const gone = (more: Partial<JudgedChange> = {}): Partial<JudgedChange> => ({
  address: 'aws_sqs_queue.jobs',
  type: 'aws_sqs_queue',
  effect: 'delete',
  order: null,
  causes: REMOVED,
  standing: [],
  ...more,
});
const anew = (more: Partial<JudgedChange> = {}): Partial<JudgedChange> => ({
  address: 'aws_sqs_queue.jobs',
  type: 'aws_sqs_queue',
  effect: 'replace',
  order: 'delete-first',
  holds: 'traffic',
  causes: attribute('name'),
  standing: [],
  ...more,
});
const created = (more: Partial<JudgedChange> = {}): Partial<JudgedChange> => ({
  ...gone(),
  address: 'aws_sqs_queue.work',
  effect: 'create',
  causes: [],
  ...more,
});
const CFN = {
  type: 'AWS::RDS::DBInstance',
  address: 'Shop/Orders',
  physicalId: 'orders',
  causes: [],
  standing: [],
};

/** Which mends are offered, and so which are not. */
const CASES: readonly Case[] = [
  ['a removed block', gone(), ['removed']],
  ['a removed block of an old Terraform', gone(), [], { tool: 'terraform 1.6.6' }],
  ['a removed block of a Terraform that does not say its version', gone(), [], { tool: 'terraform' }],
  ['a renamed block', gone(), ['moved'], { beside: [created()] }],
  [
    'a block that may be renamed to either of two',
    gone(),
    ['removed'],
    { beside: [created(), created({ address: 'aws_sqs_queue.more' })] },
  ],
  [
    'a key that is gone',
    gone({ address: 'aws_sqs_queue.jobs[1]', causes: reason('delete_because_count_index') }),
    ['state-rm'],
  ],
  ['a forced replacement', anew(), ['as-before', 'ignore-changes', 'create-before-destroy']],
  [
    'a forced replacement by a hidden value',
    anew({ causes: attribute('name', { exact: '"a"', visibility: 'sensitive' }) }),
    ['ignore-changes', 'create-before-destroy'],
  ],
  [
    'a forced replacement by an attribute deeper down',
    anew({ causes: [{ kind: 'attribute', path: ['a', 0, 'b'], before: shown('1'), after: shown('2') }] }),
    ['ignore-changes', 'create-before-destroy'],
  ],
  [
    'a forced replacement, the new one first',
    anew({ order: 'create-first' }),
    ['as-before', 'ignore-changes'],
  ],
  [
    'a forced replacement of data',
    anew({ holds: 'data' }),
    ['as-before', 'ignore-changes', 'prevent-destroy'],
  ],
  [
    'a tainted object',
    anew({ causes: reason('replace_because_tainted'), holds: 'compute' }),
    ['untaint', 'create-before-destroy'],
  ],
  ['-replace', anew({ causes: reason('replace_by_request'), holds: 'unknown' }), ['no-request']],
  ['a plan made with -destroy', gone({ causes: [] }), ['no-destroy']],
  ['replace_triggered_by', anew({ causes: reason('replace_by_triggers'), holds: 'unknown' }), ['no-trigger']],
  [
    'a guarded database',
    gone({
      type: 'aws_db_instance',
      address: 'aws_db_instance.main',
      standing: ['deletion_protection is true: the provider refuses'],
    }),
    ['snapshot', 'final-snapshot', 'removed', 'two-applies'],
  ],
  [
    'a guard that does not hold',
    gone({ standing: ['disable_api_termination is true, but force_destroy is true too'] }),
    ['removed'],
  ],
  [
    'a database that keeps a snapshot',
    gone({ type: 'aws_db_instance', address: 'aws_db_instance.main', fate: 'snapshotted' }),
    ['removed'],
  ],
  ['a forgotten object', gone({ effect: 'forget', physicalId: 'i-0123', causes: [] }), ['import']],
  ['a forgotten object of which only the ARN is known', gone({ effect: 'forget', causes: [] }), []],
  [
    'a protection taken away',
    anew({ effect: 'update', causes: [], disarmed: [DISARMED] }),
    ['protection-as-before'],
  ],
  ['an update', anew({ effect: 'update', causes: [], disarmed: [] }), []],
  ['a leftover object', gone({ deposed: '1a2b' }), []],
  ['a data source', gone({ mode: 'data' }), []],
  [
    'a resource taken out of a template',
    { ...CFN, effect: 'delete' },
    ['snapshot', 'deletion-policy', 'snapshot-policy'],
    { kind: 'cloudformation' },
  ],
  [
    'a resource replaced in a template',
    { ...CFN, effect: 'replace' },
    ['snapshot', 'update-replace-policy', 'snapshot-policy'],
    { kind: 'cloudformation' },
  ],
  [
    'a resource that is retained',
    { ...CFN, effect: 'delete', fate: 'orphaned' },
    [],
    { kind: 'cloudformation' },
  ],
  [
    'a type that knows no snapshot',
    { ...CFN, type: 'AWS::S3::Bucket', effect: 'replace' },
    ['update-replace-policy'],
    { kind: 'cloudformation' },
  ],
  [
    'a construct taken out',
    { ...CFN, type: 'AWS::S3::Bucket', effect: 'delete' },
    ['deletion-policy', 'removal-policy'],
    { kind: 'cdk' },
  ],
  [
    'a construct renamed',
    { ...CFN, type: 'AWS::S3::Bucket', effect: 'delete' },
    ['override-logical-id', 'removal-policy'],
    { kind: 'cdk', beside: [{ ...CFN, type: 'AWS::S3::Bucket', address: 'Shop/Renamed', effect: 'create' }] },
  ],
];

const offered = (
  change: Partial<JudgedChange>,
  { kind = 'terraform', tool = 'terraform 1.11.4', beside = [] }: More,
) => {
  const judged = changeOf(change);
  const set = setOf({ kind, tool, changes: [judged, ...beside.map((one) => changeOf(one))] });
  return mendsFor(set)(judged);
};

describe('only what fits is offered', () => {
  const cases = CASES.map(([name, change, ids, more = {}]) => ({ name, change, ids, more }));
  test.each(cases)('for $name', ({ change, ids, more }) => {
    expect(offered(change, more).map(({ id }) => id)).toEqual(ids);
  });
});

test('OpenTofu has removed blocks, and only since 1.10 a lifecycle in them', () => {
  const codeOf = (tool: string): string | null | undefined =>
    offered(gone(), { tool }).find(({ id }) => id === 'removed')?.code;
  expect(codeOf('opentofu 1.9.1')).toBe('removed {\n  from = aws_sqs_queue.jobs\n}');
  expect(codeOf('opentofu 1.10.0')).toContain('destroy = false');
  expect(codeOf('opentofu 1.6.0')).toBeUndefined();
});

test('a removed block has no keys in its address, since it may have none', () => {
  const [mend] = offered(
    gone({ address: 'module.a["x"].aws_sqs_queue.jobs[0]', module: 'module.a["x"]' }),
    {},
  );
  expect(mend?.code).toContain('from = module.a.aws_sqs_queue.jobs\n');
});

test('of OpenTofu the command is tofu', () => {
  const [mend] = offered(
    gone({ address: 'aws_sqs_queue.jobs["a b"]', causes: reason('delete_because_each_key') }),
    {
      tool: 'opentofu 1.11.0',
    },
  );
  expect(mend?.code).toBe(`tofu state rm 'aws_sqs_queue.jobs["a b"]'`);
});

test('no text of a change set gets into code where it could say something else', () => {
  fc.assert(
    fc.property(
      anyReport(fc.oneof(hostileText, fc.constantFrom('a" {', '${x}', "'; rm -rf /", 'a\nb', 'A'))),
      (report) => {
        for (const set of report.changeSets) {
          for (const change of set.changes) {
            for (const { code, language } of mendsFor(set)(change)) {
              if (code === null || language === 'shell') continue;
              expect(code).toMatch(/^[\n -~…]*$/);
              expect(code.replaceAll('//', '')).not.toMatch(/\$\{|%\{|`|\\/);
            }
          }
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('a command is one command, whatever the names in it', () => {
  const hostile = `aws_sqs_queue.jobs["'; rm -rf / #"]`;
  const [mend] = offered(gone({ address: hostile, causes: reason('delete_because_each_key') }), {});
  expect(mend?.code).toBe(`terraform state rm 'aws_sqs_queue.jobs["'\\''; rm -rf / #"]'`);
  const named = offered(
    gone({ type: 'aws_db_instance', address: 'aws_db_instance.x', physicalId: 'db; rm -rf /' }),
    {},
  );
  expect(named.map(({ id }) => id)).not.toContain('snapshot');
});
