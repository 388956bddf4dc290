import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { environmentOf } from '../../src/production/environment.ts';
import { changeSample, policySample, type Told } from './change-samples.ts';

const CALLER = { environment: null, workspace: null };
const NO_LISTS = policySample();
const judge = (told: Told, policy = NO_LISTS, caller: Partial<typeof CALLER> | object = {}) =>
  environmentOf(changeSample(told), { ...CALLER, ...caller }, policy);

const dev = { tags: { env: 'dev' } };
const prod = { tags: { env: 'prod' } };
const AMPLIFY = 'aws_amplify_branch';

describe('what a change says of its own environment', () => {
  test.each<[string, Told, string]>([
    ['nothing', { before: { engine: 'mysql' } }, 'unknown'],
    ['a tag', { before: prod }, 'production'],
    ['a tag of a test', { before: dev }, 'non-production'],
    ['a default tag', { before: { tags: null, tags_all: { Environment: 'Production' } } }, 'production'],
    ['a key in another spelling', { before: { labels: { App_Env: 'uat' } } }, 'non-production'],
    ['a list of pairs', { before: { tags: [{ key: 'Environment', value: 'dev' }] } }, 'non-production'],
    ['a list of pairs with capitals', { before: { Tags: [{ Key: 'Stage', Value: 'prd' }] } }, 'production'],
    [
      'pairs of a scaling group',
      { before: { tag: [{ key: 'env', value: 'dev', propagate_at_launch: true }] } },
      'non-production',
    ],
    ['a tag that is called key', { before: { tags: { key: 'a', value: 'b', env: 'prod' } } }, 'production'],
    ['a list of words', { before: { tags: ['team:shop', 'env:dev'] } }, 'non-production'],
    ['Kubernetes labels', { before: { metadata: [{ labels: { env: 'staging' } }] } }, 'non-production'],
    ['a namespace', { before: { metadata: [{ namespace: 'prod' }] } }, 'production'],
    ['a manifest', { before: { manifest: { metadata: { namespace: 'shop-dev' } } } }, 'non-production'],
    ['a tag that is no environment', { before: { tags: { team: 'prod' } } }, 'unknown'],
    ['a tag that says nothing', { before: { tags: { env: 'n/a' } } }, 'unknown'],
    ['a region as environment', { before: { tags: { environment: 'uw2' } } }, 'unknown'],
    ['accounts that production leans on', { before: { tags: { environment: 'shared' } } }, 'production'],
    ['a high criticality', { before: { tags: { criticality: 'High' } } }, 'production'],
    ['a low criticality', { before: { tags: { criticality: 'test' } } }, 'unknown'],
    ['a weak key', { before: { tags: { tier: 'dev' } } }, 'unknown'],
    ['a weak key that says production', { before: { tags: { tier: 'prod' } } }, 'production'],
    ['a name', { before: { name: 'shop-dev' } }, 'non-production'],
    ['a name with a word of many meanings', { before: { name: 'image-preview' } }, 'unknown'],
    ['a name with live in it', { before: { name: 'live-orders' } }, 'production'],
    [
      'a resource in an ARN',
      { before: { arn: 'arn:aws:rds:eu-west-1:012345678901:db:shop-prod' } },
      'production',
    ],
    ['a resource group', { before: { resource_group_name: 'rg-shop-dev-weu' } }, 'non-production'],
    [
      'words of the cloud in an id',
      { before: { id: '/subscriptions/0/resourceGroups/rg/providers/Microsoft.DevTestLab/schedules/s' } },
      'unknown',
    ],
    [
      'a group in an id',
      {
        before: { id: '/subscriptions/0/resourceGroups/rg-prod/providers/Microsoft.DevTestLab/schedules/s' },
      },
      'production',
    ],
    ['a project in an id', { before: { id: 'projects/acme-dev/tests/x' } }, 'non-production'],
    ['words of the cloud in a path', { before: { id: 'projects/acme/tests/x' } }, 'unknown'],
    [
      'the id that the reader found',
      { effect: 'delete', physicalId: 'arn:aws:s3:::shop-prod' },
      'production',
    ],
    ['an address', { before: {}, address: 'module.prod.aws_thing.this' }, 'production'],
    ['an address of a test', { before: {}, address: 'module.dev.aws_thing.this' }, 'unknown'],
    ['a key in an address', { before: {}, address: 'aws_thing.this["eu.production"]' }, 'production'],
    [
      'the type in an address',
      { before: {}, type: 'google_live_stream', address: 'google_live_stream.a' },
      'unknown',
    ],
    [
      'an address before a move',
      { before: {}, address: 'aws_thing.a', previousAddress: 'module.prod.aws_thing.a' },
      'production',
    ],
    ['a stage', { type: AMPLIFY, before: { stage: 'PULL_REQUEST' } }, 'non-production'],
    ['a stage of production', { type: AMPLIFY, before: { stage: 'PRODUCTION' } }, 'production'],
    ['a stage of another type', { before: { stage: 'PULL_REQUEST' } }, 'unknown'],
    ['a tag and a name that disagree', { before: { ...dev, name: 'shop-prod' } }, 'unknown'],
    ['two tags that disagree', { before: { tags: { env: 'dev', stage: 'prod' } } }, 'unknown'],
    ['a tag that is not known yet', { after: dev, afterUnknown: { tags: true } }, 'unknown'],
    ['what is created', { after: dev }, 'non-production'],
    ['what a name that is created says', { after: { name: 'shop-prod' } }, 'production'],
    ['a plan without values before', { effect: 'update', after: dev }, 'unknown'],
    ['what appears after', { before: {}, after: dev }, 'unknown'],
    ['what becomes production', { before: dev, after: prod }, 'unknown'],
  ])('%s', (_, told, is) => {
    const environment = judge(told);
    expect(environment.is).toBe(is);
    expect(environment.treatedAsProduction).toBe(is !== 'non-production');
  });
});

describe('what was called production is called something else', () => {
  test.each<[string, Told, boolean]>([
    ['the tag says dev', { before: prod, after: dev }, true],
    ['another tag says dev', { before: prod, after: { tags: { env: 'prod', stage: 'dev' } } }, true],
    ['the tag says nothing', { before: prod, after: { tags: { env: 'x' } } }, true],
    ['the tag is gone', { before: prod, after: {} }, true],
    ['the name says dev', { before: { name: 'shop-prod' }, after: { name: 'shop-dev' } }, true],
    ['the tag is not known yet', { before: prod, after: {}, afterUnknown: { tags: true } }, true],
    ['the tag moves to another key', { before: prod, after: { tags: { stage: 'prod' } } }, false],
    ['nothing changes', { before: prod, after: prod }, false],
    ['it is deleted', { before: prod }, false],
    ['it was no production', { before: dev, after: {} }, false],
    ['it said both before', { before: { ...prod, name: 'a-dev' }, after: { ...prod, name: 'a-dev' } }, false],
  ])('%s: %s', (_, told, relabelled) => {
    const environment = judge(told);
    expect(environment.relabelled).toBe(relabelled);
    if (relabelled) expect(environment).toMatchObject({ is: 'production', treatedAsProduction: true });
  });

  test('both words are in the evidence', () => {
    const { evidence } = judge({ before: prod, after: dev });
    expect(evidence.map(({ where, value, says }) => [where, value, says])).toEqual([
      ['tag env (before)', 'prod', 'production'],
      ['tag env (after)', 'dev', 'non-production'],
    ]);
  });
});

const ARN = { arn: 'arn:aws:x:eu-west-1:111111111111:thing/x' };
const lists = { accounts: ['111111111111'] };

describe('the policy and the caller', () => {
  test.each<[string, Told, ReturnType<typeof policySample>, object, string]>([
    ['an account of production', { before: ARN }, policySample(lists), {}, 'production'],
    ['an account of tests', { before: ARN }, policySample({}, lists), {}, 'non-production'],
    ['an account in both lists', { before: ARN }, policySample(lists, lists), {}, 'unknown'],
    ['a list against a tag', { before: { ...ARN, ...prod } }, policySample({}, lists), {}, 'unknown'],
    ['a list against a name', { before: { ...ARN, name: 'a-prod' } }, policySample({}, lists), {}, 'unknown'],
    ['an account that a change brings', { before: {}, after: ARN }, policySample({}, lists), {}, 'unknown'],
    [
      'an account of production that a change brings',
      { before: dev, after: ARN },
      policySample(lists),
      {},
      'unknown',
    ],
    ['the account of a role', { before: { role_arn: ARN.arn } }, policySample({}, lists), {}, 'unknown'],
    [
      'the account of a role in production',
      { before: { role_arn: ARN.arn } },
      policySample(lists),
      {},
      'production',
    ],
    [
      'a project',
      { type: 'google_thing', before: { project: 'acme-shop' } },
      policySample({}, { accounts: ['acme-shop'] }),
      {},
      'non-production',
    ],
    [
      'a workspace',
      { before: {} },
      policySample({}, { workspaces: ['pr-*'] }),
      { workspace: 'pr-12' },
      'non-production',
    ],
    [
      'a workspace that is not listed',
      { before: {} },
      policySample({}, { workspaces: ['pr-*'] }),
      { workspace: 'pr' },
      'unknown',
    ],
    ['an address', { before: {} }, policySample({}, { addresses: ['aws_thing.*'] }), {}, 'non-production'],
    [
      'an address after a move',
      { before: {}, previousAddress: 'aws_other.a' },
      policySample({}, { addresses: ['aws_thing.*'] }),
      {},
      'unknown',
    ],
    [
      'an address before a move',
      { before: dev, previousAddress: 'aws_other.a' },
      policySample({ addresses: ['aws_other.*'] }),
      {},
      'unknown',
    ],
    [
      'a tag',
      { before: { tags: { 'Cost-Center': 'Shop-EU' } } },
      policySample({ tags: { cost_center: ['shop*'] } }),
      {},
      'production',
    ],
    [
      'a tag of tests',
      { before: { tags: { team: 'lab7' } } },
      policySample({}, { tags: { team: ['lab7'] } }),
      {},
      'non-production',
    ],
    [
      'a tag of tests that a change brings',
      { before: {}, after: { tags: { team: 'lab7' } } },
      policySample({}, { tags: { team: ['lab7'] } }),
      {},
      'unknown',
    ],
    ['the caller', { before: {} }, NO_LISTS, { environment: 'production' }, 'production'],
    ['the caller of a test', { before: {} }, NO_LISTS, { environment: 'non-production' }, 'non-production'],
    ['the caller against a tag', { before: prod }, NO_LISTS, { environment: 'dev' }, 'unknown'],
    ['a caller that says nothing', { before: {} }, NO_LISTS, { environment: 'blue' }, 'unknown'],
    ['the word of a workspace', { before: {} }, NO_LISTS, { workspace: 'shop-dev' }, 'non-production'],
    ['the default workspace', { before: {} }, NO_LISTS, { workspace: 'default' }, 'unknown'],
  ])('%s', (_, told, policy, caller, is) => {
    expect(judge(told, policy, caller).is).toBe(is);
  });

  test('what they say is decisive, and stands first', () => {
    const { evidence, because } = judge({ before: { ...ARN, ...prod } }, policySample(lists));
    expect(evidence[0]).toEqual({
      where: 'account 111111111111',
      value: '111111111111',
      says: 'production',
      strength: 'decisive',
    });
    expect(because).toContain('account 111111111111');
  });
});

test('a disagreement names both', () => {
  const { because } = judge({ before: { ...dev, name: 'shop-prod' } });
  expect(because).toContain('tag env (before) "dev"');
  expect(because).toContain('name (before) "shop-prod"');
});

test('a move does not bring a word for non-production into the evidence', () => {
  const moved = { before: {}, address: 'module.dev.aws_thing.this', previousAddress: 'aws_thing.this' };
  expect(judge(moved).evidence).toEqual([]);
  expect(judge({ ...moved, previousAddress: 'module.test.aws_thing.this' }).evidence).toHaveLength(2);
});

test('a sensitive value is never told, and rules nothing out', () => {
  const hidden = judge({
    before: { tags: { env: 'prod-secret' } },
    beforeSensitive: { tags: { env: true } },
  });
  expect(hidden.is).toBe('production');
  expect(JSON.stringify(hidden)).not.toContain('secret');
  expect(judge({ before: dev, beforeSensitive: { tags: true } }).is).toBe('unknown');
  expect(judge({ before: dev, beforeSensitive: true }).is).toBe('unknown');
  const id = { before: { id: 'prod-secret' }, beforeSensitive: { id: true }, physicalId: 'prod-secret' };
  expect(JSON.stringify(judge(id))).not.toContain('secret');
});

test('a key called __proto__ is a key like any other', () => {
  const before = JSON.parse('{"tags": {"__proto__": "dev", "constructor": "dev"}}');
  expect(judge({ before }).is).toBe('unknown');
});

const word = fc.constantFrom(
  'prod',
  'dev',
  'live',
  'shop',
  'shop-test',
  'x-prd',
  'preview',
  '',
  'n/a',
  'non-prod',
);
const values = fc.record(
  {
    name: word,
    id: word,
    arn: fc.constantFrom(ARN.arn, 'arn:aws:x:eu-west-1:222222222222:thing/x'),
    tags: fc.dictionary(fc.constantFrom('env', 'stage', 'tier', 'Name', 'team', 'criticality'), word),
  },
  { requiredKeys: [] },
);
const told = fc.record(
  {
    address: word.map((name) => `module.${name || 'a'}.aws_thing.this`),
    previousAddress: fc.option(word.map((name) => `aws_thing.${name || 'a'}`)),
    before: fc.option(values),
    after: fc.option(values),
  },
  { requiredKeys: [] },
);
const caller = fc.record({ environment: fc.option(word), workspace: fc.option(word) });
const policy = fc.constantFrom(NO_LISTS, policySample(lists), policySample({}, lists));

test('more evidence for production never makes it milder', () => {
  const raise = fc.constantFrom<(told: Told) => Told>(
    (some) => ({ ...some, before: { ...(some.before ?? {}), tags: { env: 'prod' } } }),
    (some) => ({ ...some, after: { ...(some.after ?? {}), labels: { env: 'production' } } }),
    (some) => ({ ...some, address: 'module.prod.aws_thing.this' }),
    (some) => ({ ...some, previousAddress: 'module.live.aws_thing.this' }),
    (some) => ({ ...some, before: { ...(some.before ?? {}), bucket: 'shop-prod' } }),
  );
  fc.assert(
    fc.property(told, caller, policy, raise, (some, by, under, raised) => {
      expect(judge(raised(some), under, by).treatedAsProduction).toBe(true);
    }),
  );
  fc.assert(
    fc.property(told, caller, policy, (some, by, under) => {
      const production = { ...under.production, addresses: ['*'] };
      expect(judge(some, { ...under, production }, by).treatedAsProduction).toBe(true);
      expect(judge(some, under, { ...by, environment: 'production' }).treatedAsProduction).toBe(true);
    }),
  );
});

test('what a change says of the time after never makes what exists milder', () => {
  fc.assert(
    fc.property(told, values, caller, policy, (some, after, by, under) => {
      const existing = { ...some, before: some.before ?? {} };
      const { treatedAsProduction } = judge({ ...existing, after: null }, under, by);
      if (treatedAsProduction)
        expect(judge({ ...existing, after }, under, by).treatedAsProduction).toBe(true);
    }),
  );
});

test('only what is surely not production is treated as such', () => {
  fc.assert(
    fc.property(told, caller, policy, (some, by, under) => {
      const environment = judge(some, under, by);
      expect(environment.treatedAsProduction).toBe(environment.is !== 'non-production');
      if (environment.is !== 'non-production') return;
      expect(environment.evidence.every(({ says }) => says === 'non-production')).toBe(true);
      expect(environment.evidence.some(({ strength }) => strength !== 'weak')).toBe(true);
    }),
  );
});
