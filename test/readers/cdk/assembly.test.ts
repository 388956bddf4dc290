import { describe, expect, test } from 'vitest';
import { CheckError } from '../../../src/model/error.ts';
import type { Folder } from '../../../src/readers/cdk/folder.ts';
import { assemblyOf, deploying, folderOf, resources, word } from './folders.ts';

const BUCKET = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } };
const STACK = { type: 'aws:cloudformation:stack', environment: 'aws://111122223333/eu-west-1' };
const manifest = (artifacts: unknown, version: unknown = '55.0.0') => ({ version, artifacts });
const stack = (templateFile: string, more: object = {}, top: object = {}) => ({
  ...STACK,
  properties: { templateFile, ...more },
  ...top,
});

async function refusal(folder: Folder): Promise<string> {
  const empty = folderOf({ 'check-plan-baseline.json': { schema: 'check-plan/baseline/1', stacks: [] } });
  try {
    const { facts } = await deploying(empty, folder);
    return facts.problems.map(({ code }) => code).join(' ') || 'read';
  } catch (thrown) {
    if (thrown instanceof CheckError) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
}

describe('what is no whole assembly is refused', () => {
  test.each([
    [
      'a schema of the future, by its number',
      { 'manifest.json': manifest({}, '56.0.0') },
      /^unsupported-version: .*56\.0\.0/,
    ],
    ['a version that is none', { 'manifest.json': manifest({}, 55) }, /^malformed-plan/],
    ['no manifest', {}, /^malformed-plan: cdk\.out\/manifest\.json is missing/],
    ['no JSON', { 'manifest.json': '{"version":' }, /^not-json/],
    ['the same key twice', { 'manifest.json': '{"version":"1.0.0","version":"2.0.0"}' }, /^duplicate-key/],
    [
      'a template that is missing',
      { 'manifest.json': manifest({ A: stack('A.json') }) },
      /^malformed-plan: cdk\.out\/A\.json is missing/,
    ],
    ['a stack without a template', { 'manifest.json': manifest({ A: { ...STACK } }) }, /^malformed-plan/],
    [
      'a template above the folder',
      { 'manifest.json': manifest({ A: stack('../A.json') }) },
      /^malformed-plan: .*not inside/,
    ],
    [
      'a template by a way round',
      { 'manifest.json': manifest({ A: stack('a/../../A.json') }) },
      /^malformed-plan: .*not inside/,
    ],
    [
      'a template at the root',
      { 'manifest.json': manifest({ A: stack('/etc/passwd') }) },
      /^malformed-plan: .*not inside/,
    ],
    [
      'a template on a drive',
      { 'manifest.json': manifest({ A: stack('C:\\A.json') }) },
      /^malformed-plan: .*not inside/,
    ],
    [
      'a stage that is missing',
      {
        'manifest.json': manifest({
          S: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-S' } },
        }),
      },
      /^malformed-plan: .*assembly-S\/manifest\.json is missing/,
    ],
    [
      'a stage that is itself',
      {
        'manifest.json': manifest({
          S: { type: 'cdk:cloud-assembly', properties: { directoryName: 'x/..' } },
        }),
      },
      /^malformed-plan/,
    ],
    [
      'a metadata file that is missing',
      {
        'manifest.json': manifest({ A: stack('A.json', {}, { additionalMetadataFile: 'A.metadata.json' }) }),
        'A.json': {},
      },
      /^malformed-plan/,
    ],
    [
      'resources that are a list',
      { 'manifest.json': manifest({ A: stack('A.json') }), 'A.json': { Resources: [] } },
      /^malformed-plan/,
    ],
    [
      'a resource without a type',
      { 'manifest.json': manifest({ A: stack('A.json') }), 'A.json': resources({ X: {} }) },
      /^malformed-plan/,
    ],
    [
      'a macro of somebody',
      { 'manifest.json': manifest({ A: stack('A.json') }), 'A.json': { Transform: ['Mine'], Resources: {} } },
      /^incomplete-change-set: .*macro Mine/,
    ],
    [
      'a loop',
      {
        'manifest.json': manifest({ A: stack('A.json') }),
        'A.json': { Resources: { 'Fn::ForEach::X': [] } },
      },
      /^incomplete-change-set/,
    ],
    [
      'an artifact of an unknown type',
      { 'manifest.json': manifest({ A: stack('A.json'), B: { type: 'aws:new' } }), 'A.json': {} },
      /unsupported-version/,
    ],
    ['no stack at all', { 'manifest.json': manifest({}) }, /incomplete-change-set/],
    [
      'a stack that the baseline does not know',
      { 'manifest.json': manifest({ A: stack('A.json') }), 'A.json': {} },
      /^incomplete-change-set$/,
    ],
  ])('%s', async (_, files, expected) => {
    expect(await refusal(folderOf(files))).toMatch(expected);
  });

  test('no baseline is never a pass, and the words say why', async () => {
    const { changes, facts } = await deploying(null, assemblyOf({ Shop: resources({ A: BUCKET }) }));
    expect(changes.size).toBe(0);
    expect(facts.problems.map(({ message }) => message).join()).toContain('not what is deployed');
  });
});

describe('stages and nested stacks', () => {
  const nested = (inner: unknown, metadata = true) =>
    folderOf({
      'manifest.json': manifest({
        S: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
      }),
      'assembly-Prod/manifest.json': manifest({
        Svc: stack(
          'Svc.template.json',
          { stackName: 'Prod-Svc' },
          metadata ? {} : { additionalMetadataFile: 'Svc.metadata.json' },
        ),
        'Svc.assets': { type: 'cdk:asset-manifest', properties: { file: 'Svc.assets.json' } },
      }),
      'assembly-Prod/Svc.assets.json': {
        files: { ['a'.repeat(64)]: { source: { path: 'Net.nested.template.json', packaging: 'file' } } },
      },
      'assembly-Prod/Svc.template.json': resources({
        Net: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { TemplateURL: { 'Fn::Sub': `https://s3/${'a'.repeat(64)}.json` } },
          DeletionPolicy: 'Delete',
        },
      }),
      'assembly-Prod/Net.nested.template.json': inner,
      'assembly-Prod/Svc.metadata.json': {
        '/Prod/Svc/Net': [{ type: 'aws:cdk:templateFile', data: 'Net.nested.template.json' }],
        '/Prod/Svc/Net/Data/Resource': [
          { type: 'aws:cdk:logicalId', data: 'Data' },
          {
            type: 'aws:cdk:creationStack',
            data: ['...new Bucket2 in aws-cdk-lib...', 'new Net (/app/lib/net.ts:7:9)'],
          },
        ],
      },
    });

  test('what vanishes in a nested stack of a stage is told by its place, its construct and its line', async () => {
    const { changes } = await deploying(
      nested(resources({ Data: BUCKET }), false),
      nested(resources({}), false),
    );
    expect(word(changes, 'Prod-Svc/Net/Data')).toBe('delete planned destroyed');
    const replaced = await deploying(
      nested(resources({ Data: BUCKET }), false),
      nested(resources({ Data: { ...BUCKET, Properties: { BucketName: 'b' } } }), false),
    );
    expect(replaced.changes.get('Prod-Svc/Net/Data')).toMatchObject({
      effect: 'replace',
      location: { account: '111122223333', region: 'eu-west-1' },
      construct: { path: 'Prod/Svc/Net/Data/Resource', source: '/app/lib/net.ts:7:9' },
    });
  });

  test('a nested stack that goes takes all that is in it along, or keeps it', async () => {
    const child = resources({ Data: BUCKET, Kept: { ...BUCKET, DeletionPolicy: 'Retain' } });
    const outer = (policy: string | null) =>
      folderOf({
        'Shop.template.json': resources(
          policy === null ? {} : { Net: { Type: 'AWS::CloudFormation::Stack', DeletionPolicy: policy } },
        ),
        'Shop/Net.template.json': child,
      });
    const none = assemblyOf({ Shop: resources({}) });
    const gone = await deploying(outer('Delete'), none);
    expect(word(gone.changes, 'Shop/Net')).toBe('delete planned unknown');
    expect(word(gone.changes, 'Shop/Net/Data')).toBe('delete planned destroyed');
    expect(word(gone.changes, 'Shop/Net/Kept')).toBe('delete planned orphaned');
    const kept = await deploying(outer('Retain'), none);
    expect(word(kept.changes, 'Shop/Net/Data')).toBe('delete planned orphaned');
  });

  test('a nested stack whose template is not there cannot be judged', async () => {
    const folder = assemblyOf({
      Shop: resources({
        Net: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://x/y' } },
      }),
    });
    const { facts } = await deploying(folder, folder);
    expect(facts.problems.map(({ code }) => code)).toContain('incomplete-change-set');
  });
});

describe('whole stacks', () => {
  test('one that vanishes is let go of, not deleted, and its renamed twin is told', async () => {
    const { changes } = await deploying(
      assemblyOf({ 'Shop-Prod': resources({ Data: BUCKET }) }),
      assemblyOf({ 'Store-Prod': resources({ Data: BUCKET }) }),
    );
    expect(word(changes, 'Shop-Prod/Data')).toBe('forget planned orphaned');
    expect(word(changes, 'Store-Prod/Data')).toBe('create planned kept');
    expect(JSON.stringify(changes.get('Shop-Prod/Data')?.causes)).toContain('Store-Prod/Data is new');
  });

  test('one that moves to another account or region is another one', async () => {
    const before = assemblyOf({ Shop: resources({ A: BUCKET }) });
    const after = assemblyOf(
      { Shop: resources({ A: BUCKET }) },
      { environment: 'aws://111122223333/us-east-1' },
    );
    const { changes } = await deploying(before, after);
    expect([...changes.values()].map(({ effect }) => effect).sort()).toEqual(['create', 'forget']);
    const open = assemblyOf(
      { Shop: resources({ A: BUCKET }) },
      { environment: 'aws://unknown-account/unknown-region' },
    );
    expect((await deploying(before, open)).changes.size).toBe(0);
  });

  test('two of one name in two places are told apart', async () => {
    const both = (properties: unknown) =>
      folderOf({
        'manifest.json': manifest({
          A: stack('A.json', { stackName: 'Shop' }),
          B: { ...stack('B.json', { stackName: 'Shop' }), environment: 'aws://444455556666/eu-west-1' },
        }),
        'A.json': resources({ X: BUCKET }),
        'B.json': resources({ X: { ...BUCKET, Properties: properties } }),
      });
    const { changes } = await deploying(both({ BucketName: 'b' }), both({ BucketName: 'c' }));
    expect([...changes.keys()]).toEqual(['444455556666/eu-west-1/Shop/X']);
  });

  test('a folder of templates, in YAML too, is a baseline; what it does not have is not known', async () => {
    const yaml =
      'Resources:\n  Data:\n    Type: AWS::S3::Bucket\n    Properties: { BucketName: !Sub data }\n';
    const { changes, facts } = await deploying(
      folderOf({ 'Shop.yaml': yaml }),
      assemblyOf({ Shop: resources({}), Other: resources({}) }),
    );
    expect(word(changes, 'Shop/Data')).toBe('delete planned destroyed');
    expect(facts.problems.map(({ message }) => message)).toEqual([expect.stringContaining('Other')]);
  });

  test('what check-plan baseline wrote says of each stack whether there is one', async () => {
    const index = (stacks: unknown) =>
      folderOf({
        'check-plan-baseline.json': { schema: 'check-plan/baseline/1', stacks },
        'Shop.template.json': resources({ Data: BUCKET }),
      });
    const place = { name: 'Shop', account: '111122223333', region: 'eu-west-1' };
    const app = assemblyOf({ Shop: resources({}) });
    const there = await deploying(index([{ ...place, template: 'Shop.template.json' }]), app);
    expect(word(there.changes, 'Shop/Data')).toBe('delete planned destroyed');
    const none = await deploying(index([{ ...place, template: null }]), app);
    expect([none.changes.size, none.facts.problems]).toEqual([0, []]);
    await expect(deploying(index([place]), app)).rejects.toThrow(CheckError);
    await expect(deploying(index([{ ...place, template: '../x.json' }]), app)).rejects.toThrow('not inside');
  });
});
