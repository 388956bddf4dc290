import { describe, expect, test } from 'vitest';
import { environmentOf } from '../../../src/production/environment.ts';
import { locationOf } from '../../../src/production/location.ts';
import { catalogue } from '../../catalogue/catalogue-under-test.ts';
import { description, detail, element, type Members, read, readElement } from './change-set.ts';

const policy = (attribute: string, BeforeValue?: string, AfterValue?: string): Members =>
  detail({
    Attribute: attribute,
    Name: undefined,
    RequiresRecreation: 'Never',
    Path: `/${attribute}`,
    BeforeValue,
    AfterValue,
  });
const disarmedBy = async (members: Members): Promise<readonly string[]> =>
  catalogue.assess(await readElement(members)).disarmed.map(({ says }) => says);
const context = (properties: Members, rest: Members = {}): string =>
  JSON.stringify({ Properties: properties, ...rest });

describe('a policy-only edit', () => {
  test.each(['DeletionPolicy', 'UpdateReplacePolicy'])(
    'Retain → Delete of %s is a protection taken away',
    async (name) => {
      const found = await disarmedBy({ Scope: [name], Details: [policy(name, 'Retain', 'Delete')] });
      expect(found).toEqual([expect.stringContaining(`${name} goes from "Retain" to "Delete"`)]);
    },
  );

  test.each(['AWS::SNS::Topic', 'Custom::Thing', 'MongoDB::Atlas::Cluster'])(
    'for %s too',
    async (ResourceType) => {
      const Details = [policy('DeletionPolicy', 'Retain', 'Delete')];
      expect(await disarmedBy({ ResourceType, Details })).toHaveLength(1);
    },
  );

  test('Retain that is taken out is one as well', async () => {
    expect(await disarmedBy({ Details: [policy('DeletionPolicy', 'Retain')] })).toHaveLength(1);
  });

  test('one whose values are not told is one as well', async () => {
    expect(await disarmedBy({ Details: [policy('DeletionPolicy')] })).toEqual([
      expect.stringContaining('not told'),
    ]);
    expect(await disarmedBy({ Scope: ['UpdateReplacePolicy'] })).toHaveLength(1);
  });

  test('Delete → Retain is none', async () => {
    expect(await disarmedBy({ Details: [policy('DeletionPolicy', 'Delete', 'Retain')] })).toEqual([]);
  });
});

describe('a protecting property', () => {
  const flag = (BeforeValue?: string, AfterValue?: string): Members => ({
    Scope: ['Properties'],
    Details: [
      detail({
        Name: 'DeletionProtectionEnabled',
        RequiresRecreation: 'Never',
        BeforeValue,
        AfterValue,
        ...(BeforeValue === undefined ? {} : { Path: '/Properties/DeletionProtectionEnabled' }),
      }),
    ],
  });

  test('is disarmed by its values', async () => {
    expect(await disarmedBy(flag('true', 'false'))).toHaveLength(1);
    expect(await disarmedBy(flag('false', 'true'))).toEqual([]);
  });

  test('may be disarmed where the values are not told', async () => {
    expect(await disarmedBy(flag())).toEqual([expect.stringContaining('not told')]);
  });

  test('is disarmed by a value that is known only while applying', async () => {
    expect(await disarmedBy(flag('true', '{{changeSet:KNOWN_AFTER_APPLY}}'))).toHaveLength(1);
  });

  test('is seen in the contexts, which tell the whole', async () => {
    const contexts = (before: string, after: string): Members => ({
      BeforeContext: context({ DeletionProtectionEnabled: before }),
      AfterContext: context({ DeletionProtectionEnabled: after }),
    });
    expect(await disarmedBy(contexts('true', 'false'))).toHaveLength(1);
    expect(await disarmedBy({ ...flag(), ...contexts('true', 'true') })).toEqual([]);
  });

  test('of a load balancer stands in a list of keys and values', async () => {
    const attributes = (value: string): string =>
      context({ LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: value }] });
    const change = {
      ResourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      BeforeContext: attributes('true'),
      AfterContext: attributes('false'),
    };
    expect(await disarmedBy(change)).toHaveLength(1);
  });

  test('may be among properties of which not even the name is told', async () => {
    expect(
      await disarmedBy({
        Scope: ['Properties'],
        Details: [detail({ Name: undefined, RequiresRecreation: 'Never' })],
      }),
    ).not.toEqual([]);
    expect(await disarmedBy({})).not.toEqual([]);
    expect(await disarmedBy({ Scope: ['Tags'] })).toEqual([]);
  });
});

test('what comes from inside of a nested stack disarms nothing of the stack itself', async () => {
  const inside = detail(
    { Name: undefined, RequiresRecreation: 'Never' },
    { Evaluation: 'Dynamic', ChangeSource: 'Automatic' },
  );
  const ResourceType = 'AWS::CloudFormation::Stack';
  expect(await disarmedBy({ ResourceType, Scope: ['Properties'], Details: [inside] })).toEqual([]);
});

describe('contexts', () => {
  test.each(['{"Properties":{"A"', '[]', '"x"', 'null', '{"a":1,"a":2}'])(
    '%s is as good as absent',
    async (text) => {
      const change = await readElement({
        BeforeContext: text,
        AfterContext: text,
        Action: 'Remove',
        PolicyAction: 'Retain',
      });
      expect(change).toMatchObject({ effect: 'delete', fate: 'orphaned', before: null, after: null });
    },
  );

  test('a masked value is sensitive, and not a secret to compare', async () => {
    const { beforeSensitive, before } = await readElement({
      BeforeContext: context({ Password: '****', Name: 'x' }),
    });
    expect(beforeSensitive).toEqual(new Map([['Password', true]]));
    expect(before).toEqual(
      new Map([
        ['Password', '****'],
        ['Name', 'x'],
      ]),
    );
  });
});

const NOWHERE = { environment: null, workspace: null };
const LISTS = { accounts: [], workspaces: [], addresses: [], tags: new Map() };
const environment = async (members: Members, head: Members = {}) => {
  const { changes } = await read(description([element(members)], head));
  const [change] = changes;
  if (change === undefined) throw new Error('no change');
  return environmentOf(change, NOWHERE, { production: LISTS, nonProduction: LISTS });
};

describe('what says production', () => {
  const stated = (value: string): Members => ({ Tags: [{ Key: 'environment', Value: value }] });

  test('tags of the resource, before the change', async () => {
    const tags = { BeforeContext: context({ Tags: [{ Key: 'environment', Value: 'dev' }] }) };
    expect(await environment({ Action: 'Remove', ...tags })).toMatchObject({ is: 'non-production' });
  });

  test('tags and parameters of the stack can make it production', async () => {
    expect(await environment({}, stated('production'))).toMatchObject({
      is: 'production',
      evidence: [{ where: 'stack tag environment' }],
    });
    const Parameters = [{ ParameterKey: 'Stage', ParameterValue: '/ref', ResolvedValue: 'prod' }];
    expect(await environment({}, { Parameters })).toMatchObject({ is: 'production' });
  });

  test('they never make what exists non-production: the writer of the change sets them', async () => {
    expect(await environment({ Action: 'Remove' }, stated('dev'))).toMatchObject({
      treatedAsProduction: true,
    });
    expect(await environment({ Action: 'Add' }, stated('dev'))).toMatchObject({ is: 'non-production' });
  });
});

describe('where it is', () => {
  const location = async (members: Members, head: Members = {}) => {
    const { changes } = await read(description([element(members)], head));
    return changes.map(locationOf);
  };

  test('is said by the stack, where the resource does not', async () => {
    expect(await location({})).toEqual([{ account: '111122223333', region: 'eu-west-1' }]);
    const PhysicalResourceId = 'arn:aws:sns:us-east-1:444455556666:topic';
    expect(await location({ Action: 'Remove', BeforeContext: context({}), PhysicalResourceId })).toEqual([
      { account: '444455556666', region: 'us-east-1' },
    ]);
  });

  test('a placeholder is no place', async () => {
    const StackId = 'arn:<partition>:cloudformation:<region>:111111111111:stack/<stack-name:1>/<resource:2>';
    expect(await location({}, { StackId, ChangeSetId: '<change-set-id:1>' })).toEqual([
      { account: null, region: null },
    ]);
  });
});

describe('causes', () => {
  const replaced = (...Details: Members[]): Promise<{ causes: unknown }> =>
    readElement({ Replacement: 'True', PolicyAction: 'ReplaceAndDelete', Scope: ['Properties'], Details });
  const told = { Path: '/Properties/TableName', BeforeValue: 'a', AfterValue: 'b' };

  test('the attribute with its values, once, however often it stands there', async () => {
    const { causes } = await replaced(
      detail(told, { ChangeSource: 'ParameterReference', CausingEntity: 'Name' }),
      detail(told, { Evaluation: 'Dynamic' }),
      detail({ Name: 'BillingMode', RequiresRecreation: 'Never' }),
    );
    expect(causes).toMatchObject([
      { kind: 'attribute', path: ['TableName'], before: { exact: '"a"' }, after: { exact: '"b"' } },
      { kind: 'reason', says: 'the parameter Name changes' },
    ]);
  });

  test('of the details of one attribute the one that knows most speaks, in any order', async () => {
    const later = detail(
      { ...told, AfterValue: '{{changeSet:KNOWN_AFTER_APPLY}}' },
      { Evaluation: 'Dynamic' },
    );
    for (const details of [
      [detail(told), later, detail()],
      [detail(), later, detail(told)],
    ]) {
      const { causes } = await replaced(...details);
      expect(causes).toMatchObject([{ path: ['TableName'], after: { exact: '"b"' } }]);
      expect(causes).toHaveLength(1);
    }
  });

  test('without values only what changes is told', async () => {
    const { causes } = await replaced(detail());
    expect(causes).toMatchObject([{ kind: 'reason', says: expect.stringContaining('TableName changes') }]);
  });

  test('a masked value is sensitive, one that is decided later is unknown', async () => {
    const { causes } = await replaced(
      detail({ ...told, BeforeValue: '****', AfterValue: '{{changeSet:KNOWN_AFTER_APPLY}}' }),
    );
    expect(causes).toMatchObject([
      { before: { visibility: 'sensitive' }, after: { visibility: 'unknown' } },
      { reason: 'possible' },
    ]);
  });
});
