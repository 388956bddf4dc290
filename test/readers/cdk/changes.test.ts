import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemblyOf, deploying, resources, updating, whyOf, word } from './folders.ts';

const table = (properties: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', ...properties },
  ...more,
});
const RETAIN = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const queue = (properties: Record<string, unknown> = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName: 'q', ...properties },
});

describe('a logical id that vanishes', () => {
  test.each([
    [{}, 'delete planned destroyed'],
    [{ DeletionPolicy: 'Delete' }, 'delete planned destroyed'],
    [{ DeletionPolicy: 'Retain' }, 'delete planned orphaned'],
    [{ DeletionPolicy: 'RetainExceptOnCreate' }, 'delete planned orphaned'],
    [{ DeletionPolicy: 'Snapshot' }, 'delete planned snapshotted'],
    [{ DeletionPolicy: 'Sometimes' }, 'delete planned unknown'],
    [{ DeletionPolicy: { 'Fn::If': ['Prod', 'Retain', 'Delete'] } }, 'delete planned unknown'],
    [{ Condition: 'Wanted' }, 'delete possible destroyed'],
  ])('goes by the policy that is deployed: %j', async (policy, expected) => {
    const { changes } = await updating({ A: table({}, policy) }, {});
    expect(word(changes, 'Shop/A')).toBe(expected);
  });

  test('RDS alone is snapshotted without a policy', async () => {
    const { changes } = await updating({ Db: { Type: 'AWS::RDS::DBCluster' } }, {});
    expect(word(changes, 'Shop/Db')).toBe('delete planned snapshotted');
  });

  test('beside a new one alike is told as a rename, with what CDK offers to keep it', async () => {
    const { changes } = await updating({ OrdersAAAAAAAA: table() }, { WrapperOrdersBBBBBBBB: table() });
    expect(word(changes, 'Shop/OrdersAAAAAAAA')).toBe('delete planned destroyed');
    const why = whyOf(changes, 'Shop/OrdersAAAAAAAA');
    expect(why).toContain("stack.renameLogicalId('WrapperOrdersBBBBBBBB', 'OrdersAAAAAAAA')");
    expect(why).toContain("overrideLogicalId('OrdersAAAAAAAA')");
    expect(why).toContain('cdk refactor');
  });

  test('beside two that are equally alike is not guessed', async () => {
    const { changes } = await updating({ X: table() }, { A: table(), B: table() });
    expect(whyOf(changes, 'Shop/X')).not.toContain('renameLogicalId');
  });

  test('beside one of another type, or with other properties, is no rename', async () => {
    const { changes } = await updating(
      { Orders: table() },
      { Orders2: queue(), Orders3: table({ TableName: 'x', BillingMode: 'PROVISIONED' }) },
    );
    expect(whyOf(changes, 'Shop/Orders')).not.toContain('renameLogicalId');
  });
});

describe('a property that changes', () => {
  test.each([
    ['one that replaces', table(), table({ TableName: 'other' }), 'replace planned destroyed'],
    [
      'one that replaces, removed',
      table(),
      { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST' } },
      'replace planned destroyed',
    ],
    ['one that keeps', table(), table({ BillingMode: 'PROVISIONED' }), 'update planned kept'],
    [
      'one that the specification does not have',
      table(),
      table({ Brand: 'new' }),
      'replace possible destroyed',
    ],
    [
      'of a type that the specification does not have',
      { Type: 'Acme::Db::Thing', Properties: { A: 1 } },
      { Type: 'Acme::Db::Thing', Properties: { A: 2 } },
      'replace possible destroyed',
    ],
    [
      'of a custom resource',
      { Type: 'Custom::Db', Properties: { A: 1 } },
      { Type: 'Custom::Db', Properties: { A: 2 } },
      'replace possible destroyed',
    ],
    [
      'one that may replace',
      { Type: 'AWS::EC2::Instance', Properties: { UserData: 'a' } },
      { Type: 'AWS::EC2::Instance', Properties: { UserData: 'b' } },
      'replace possible destroyed',
    ],
    [
      'one that replaces, by an expression',
      table(),
      table({ TableName: { Ref: 'Name' } }),
      'replace possible destroyed',
    ],
    [
      'one that replaces, by Fn::If',
      table(),
      table({ TableName: { 'Fn::If': ['C', 'orders', { Ref: 'AWS::NoValue' }] } }),
      'replace possible destroyed',
    ],
    [
      'one that replaces, by NoValue',
      table(),
      table({ TableName: { Ref: 'AWS::NoValue' } }),
      'replace planned destroyed',
    ],
    [
      'one that replaces, by a dynamic reference',
      table(),
      table({ TableName: '{{resolve:ssm:/name}}' }),
      'replace possible destroyed',
    ],
    [
      'inside of one that replaces',
      table({ KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }] }),
      table({ KeySchema: [{ AttributeName: 'b', KeyType: 'HASH' }] }),
      'replace planned destroyed',
    ],
    ['NoValue for what was not there', table(), table({ Tags: { Ref: 'AWS::NoValue' } }), 'none'],
    ['the same in other letters', table({ A: 1, B: true }), table({ A: '1', B: 'true' }), 'none'],
    ['only metadata', table({}, { Metadata: { a: 1 } }), table({}, { Metadata: { a: 2 } }), 'none'],
    ['only a policy', table({}, RETAIN), table(), 'update planned kept'],
  ])('%s', async (_, before, after, expected) => {
    const { changes } = await updating({ A: before }, { A: after });
    expect(word(changes, 'Shop/A')).toBe(expected);
  });

  test('a nested property that replaces is found below one that does not', async () => {
    const mount = (id: number) => ({
      Type: 'AWS::EFS::AccessPoint',
      Properties: { FileSystemId: 'fs-1', PosixUser: { Uid: `${id}`, Gid: '1' } },
    });
    const { changes } = await updating({ A: mount(1) }, { A: mount(2) });
    expect(changes.get('Shop/A')?.effect).toBe('replace');
  });

  test('a replacement is saved by the policy of the new template', async () => {
    const kept = table({ TableName: 'other' }, { UpdateReplacePolicy: 'Retain' });
    const { changes } = await updating({ A: table() }, { A: kept });
    expect(word(changes, 'Shop/A')).toBe('replace planned orphaned');
    const lost = await updating({ A: table({}, RETAIN) }, { A: table({ TableName: 'other' }) });
    expect(word(lost.changes, 'Shop/A')).toBe('replace planned destroyed');
  });

  test('another type under the same logical id is a replacement, judged as what goes', async () => {
    const { changes } = await updating({ A: table() }, { A: queue() });
    expect(word(changes, 'Shop/A')).toBe('replace planned destroyed');
    expect(changes.get('Shop/A')?.type).toBe('AWS::DynamoDB::Table');
  });
});

describe('what follows', () => {
  const role = { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Net' }] } };
  const subnet = (vpc: unknown) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: vpc } });
  const vpc = (cidr: string) => ({ Type: 'AWS::EC2::VPC', Properties: { CidrBlock: cidr } });

  test.each([
    ['Ref', { Ref: 'Net' }],
    ['GetAtt', { 'Fn::GetAtt': ['Net', 'VpcId'] }],
    ['GetAtt as a text', { 'Fn::GetAtt': 'Net.VpcId' }],
    ['Sub', { 'Fn::Sub': '${Net}' }],
    ['Sub with an attribute', { 'Fn::Sub': 'x-${Net.VpcId}' }],
    ['Sub with variables', { 'Fn::Sub': ['${A}', { A: { Ref: 'Net' } }] }],
    ['deep inside', { 'Fn::Join': ['', ['a', { 'Fn::Select': [0, [{ Ref: 'Net' }]] }]] }],
  ])('a replacement goes on through %s', async (_, reference) => {
    const { changes } = await updating(
      { Net: vpc('10.0.0.0/16'), Sub: subnet(reference) },
      { Net: vpc('10.1.0.0/16'), Sub: subnet(reference) },
    );
    expect(word(changes, 'Shop/Net')).toBe('replace planned destroyed');
    expect(word(changes, 'Shop/Sub')).toBe('replace possible destroyed');
    expect(whyOf(changes, 'Shop/Sub')).toContain('Net may become another object');
  });

  test('not through what is only called alike; what keeps its object may be updated', async () => {
    const { changes } = await updating(
      { Net: vpc('10.0.0.0/16'), Sub: subnet({ 'Fn::Sub': '${!Net}' }), P: role },
      { Net: vpc('10.1.0.0/16'), Sub: subnet({ 'Fn::Sub': '${!Net}' }), P: role },
    );
    expect([word(changes, 'Shop/Sub'), word(changes, 'Shop/P')]).toEqual(['none', 'update possible kept']);
  });

  test('chains to their end, in any order', async () => {
    const chain = (cidr: string) => ({
      Eni: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: { Ref: 'Sub' } } },
      Sub: subnet({ Ref: 'Net' }),
      Net: vpc(cidr),
    });
    const { changes } = await updating(chain('10.0.0.0/16'), chain('10.1.0.0/16'));
    expect(word(changes, 'Shop/Eni')).toBe('replace possible destroyed');
  });

  test('across stacks through exports', async () => {
    const stacks = (cidr: string) =>
      assemblyOf({
        App: resources({ Sub: subnet({ 'Fn::ImportValue': 'Net:Id' }) }),
        Net: {
          ...resources({ Net: vpc(cidr) }),
          Outputs: { Id: { Value: { Ref: 'Net' }, Export: { Name: 'Net:Id' } } },
        },
      });
    const { changes } = await deploying(stacks('10.0.0.0/16'), stacks('10.1.0.0/16'));
    expect(word(changes, 'App/Sub')).toBe('replace possible destroyed');
  });

  test('parameters and mappings that are declared otherwise, and what is read while deploying', async () => {
    const template = (parameters: unknown, mappings: unknown) => ({
      Parameters: parameters,
      Mappings: mappings,
      Resources: {
        ByParameter: subnet({ Ref: 'Vpc' }),
        ByMap: subnet({ 'Fn::FindInMap': ['Ids', 'a', 'b'] }),
        Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: { Ref: 'Ami' } } },
        Plain: subnet({ Ref: 'Kept' }),
      },
    });
    const ami = { Ami: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: '/ami' } };
    const kept = { Kept: { Type: 'String', Default: 'x' }, ...ami };
    const before = template({ ...kept, Vpc: { Type: 'String', Default: 'a' } }, { Ids: { a: { b: '1' } } });
    const after = template({ ...kept, Vpc: { Type: 'String', Default: 'b' } }, { Ids: { a: { b: '2' } } });
    const { changes } = await deploying(assemblyOf({ Shop: before }), assemblyOf({ Shop: after }));
    expect(Object.fromEntries([...changes].map(([key]) => [key, word(changes, key)]))).toEqual({
      'Shop/ByParameter': 'replace possible destroyed',
      'Shop/ByMap': 'replace possible destroyed',
      'Shop/Host': 'replace possible destroyed',
    });
  });

  test('a condition that is another may take its resources away', async () => {
    const template = (says: string) => ({
      Conditions: {
        Wanted: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, says] },
        Chained: { 'Fn::Not': [{ Condition: 'Wanted' }] },
      },
      Resources: {
        A: table({}, { Condition: 'Wanted' }),
        B: table({ TableName: 'b' }, { Condition: 'Chained' }),
        C: table({ TableName: 'c' }),
      },
    });
    const { changes } = await deploying(
      assemblyOf({ Shop: template('eu-west-1') }),
      assemblyOf({ Shop: template('eu-west-2') }),
    );
    expect([word(changes, 'Shop/A'), word(changes, 'Shop/B'), word(changes, 'Shop/C')]).toEqual([
      'delete possible destroyed',
      'delete possible destroyed',
      'none',
    ]);
    const put = await updating({ A: table() }, { A: table({}, { Condition: 'New' }) });
    expect(word(put.changes, 'Shop/A')).toBe('delete possible destroyed');
  });
});

describe('laws', () => {
  const id = fc.constantFrom('A', 'B', 'C', 'D');
  const value = fc.oneof(
    fc.constantFrom('x', 'y', true, 1),
    id.map((name) => ({ Ref: name })),
    id.map((name) => ({ 'Fn::GetAtt': [name, 'Arn'] })),
    fc.constant({ Ref: 'AWS::NoValue' }),
  );
  const resource = fc.record({
    Type: fc.constantFrom('AWS::DynamoDB::Table', 'AWS::EC2::Subnet', 'Custom::Thing'),
    Properties: fc.dictionary(fc.constantFrom('TableName', 'VpcId', 'Tags', 'KeySchema'), value),
    DeletionPolicy: fc.constantFrom('Delete', 'Retain'),
  });
  const template = fc.dictionary(id, resource);

  test('an app against itself changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(template, async (all) => {
        const { changes, facts } = await updating(all, all);
        expect([...changes.keys()]).toEqual([]);
        expect(facts.unchanged).toBe(Object.keys(all).length);
      }),
      { numRuns: 50 },
    );
  });

  test('every resource that is deployed is told of or counted as unchanged, and no order matters', async () => {
    await fc.assert(
      fc.asyncProperty(template, template, async (before, after) => {
        const { changes, facts } = await updating(before, after);
        expect(changes.size + facts.unchanged).toBe(
          new Set([...Object.keys(before), ...Object.keys(after)]).size,
        );
        const turned = (all: object) => Object.fromEntries(Object.entries(all).reverse());
        const again = await updating(turned(before), turned(after));
        for (const key of changes.keys()) expect(word(again.changes, key)).toBe(word(changes, key));
        for (const gone of Object.keys(before))
          if (!(gone in after)) expect(changes.get(`Shop/${gone}`)?.effect).toBe('delete');
      }),
      { numRuns: 100 },
    );
  });
});
