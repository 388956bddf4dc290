import { describe, expect, test } from 'vitest';
import { codesOf, description, element, type Members, read } from './change-set.ts';

/** Documents as they are gathered from AWS: change sets, and what stands around them. */
const ARN = 'arn:aws:cloudformation:eu-west-1:111122223333:stack';
const SHOP = `${ARN}/shop/2`;
const stack = (id: string, rest: Members = {}, head: Members = {}): Members => ({
  Stack: { StackId: id, StackName: id.split('/')[1], StackStatus: 'UPDATE_COMPLETE', ...head },
  ...rest,
});
const newTemplate = (Body: string): Members => ({
  NewTemplate: { ChangeSetId: 'arn:aws:cloudformation:eu-west-1:111122223333:changeSet/cs/1', Body },
});
const template = (resources: unknown): string => JSON.stringify({ Resources: resources });
const inStack = (id: string, type: string, physical = `p-${id}`): Members => ({
  LogicalResourceId: id,
  PhysicalResourceId: physical,
  ResourceType: type,
  ResourceStatus: 'CREATE_COMPLETE',
});
const STACK = 'AWS::CloudFormation::Stack';
const TABLE = 'AWS::DynamoDB::Table';
const deletion = (...around: readonly Members[]): readonly Members[] => [
  { StackDeletion: { StackId: SHOP } },
  ...around,
];
const fates = async (document: unknown): Promise<Record<string, string>> => {
  const { changes } = await read(document);
  return Object.fromEntries(changes.map(({ address, effect, fate }) => [address, `${effect} ${fate}`]));
};

describe('the deletion of a stack', () => {
  test('goes by the policies that are deployed, in nested stacks too; one that is retained keeps what is in it', async () => {
    const nested = (name: string) => `${ARN}/${name}/3`;
    const document = deletion(
      stack(SHOP, {
        Template: template({
          Kept: { Type: TABLE, DeletionPolicy: 'Retain' },
          Lost: { Type: TABLE },
          Db: { Type: 'AWS::RDS::DBInstance' },
          Member: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'C' } } },
          Unclear: { Type: TABLE, DeletionPolicy: { Ref: 'P' } },
          Inner: { Type: STACK },
          Left: { Type: STACK, DeletionPolicy: 'Retain' },
        }),
        Resources: [
          ...['Kept', 'Lost', 'Unclear', 'ByTransform'].map((id) => inStack(id, TABLE)),
          inStack('Db', 'AWS::RDS::DBInstance'),
          inStack('Member', 'AWS::RDS::DBInstance'),
          inStack('Inner', STACK, nested('inner')),
          inStack('Left', STACK, nested('left')),
          { ...inStack('Past', TABLE), ResourceStatus: 'DELETE_COMPLETE' },
        ],
      }),
      stack(nested('inner'), {
        Template: template({ Lost: { Type: TABLE } }),
        Resources: [inStack('Lost', TABLE)],
      }),
      stack(nested('left'), {
        Template: template({ Safe: { Type: TABLE } }),
        Resources: [inStack('Safe', TABLE)],
      }),
    );
    expect(await fates(document)).toEqual({
      shop: 'delete destroyed',
      'shop/Kept': 'delete orphaned',
      'shop/Lost': 'delete destroyed',
      'shop/Unclear': 'delete unknown',
      'shop/ByTransform': 'delete unknown',
      'shop/Db': 'delete snapshotted',
      'shop/Member': 'delete destroyed',
      'shop/Inner': 'delete destroyed',
      'shop/Inner/Lost': 'delete destroyed',
      'shop/Left': 'delete orphaned',
    });
    expect(codesOf(await read(document))).toEqual([]);
  });

  test('cannot be judged where it is not told what is in the stack, or in one nested in it', async () => {
    expect(codesOf(await read(deletion(stack(SHOP))))).toEqual(['incomplete-change-set']);
    const outer = stack(SHOP, {
      Template: template({ Inner: { Type: STACK } }),
      Resources: [inStack('Inner', STACK)],
    });
    expect(codesOf(await read(deletion(outer)))).toEqual(['incomplete-change-set']);
  });

  test('does not run in circles', async () => {
    const outer = stack(SHOP, {
      Template: template({ Inner: { Type: STACK } }),
      Resources: [inStack('Inner', STACK, SHOP)],
    });
    expect(codesOf(await read(deletion(outer)))).toEqual(['incomplete-change-set']);
  });

  test.each([
    ['UPDATE_IN_PROGRESS', ['incomplete-change-set']],
    ['DELETE_IN_PROGRESS', ['incomplete-change-set']],
    ['DELETE_COMPLETE', ['stale-change-set']],
    ['REVIEW_IN_PROGRESS', []],
    ['ROLLBACK_COMPLETE', []],
    ['DELETE_FAILED', []],
    [null, ['incomplete-change-set']],
  ])('of a stack in the state %s', async (StackStatus, codes) => {
    expect(codesOf(await read(deletion(stack(SHOP, { Resources: [] }, { StackStatus }))))).toEqual(codes);
  });

  test.each([
    ['a stack that is not there', [{ StackDeletion: { StackId: SHOP } }]],
    ['the same stack twice', deletion(stack(SHOP), stack(SHOP))],
    ['a change set beside it', [...deletion(stack(SHOP, { Resources: [] })), description([])]],
    ['a resource without a type', deletion(stack(SHOP, { Resources: [{ LogicalResourceId: 'A' }] }))],
    ['resources that are no list', deletion(stack(SHOP, { Resources: {} }))],
  ])('with %s is refused', async (_, document) => {
    await expect(read(document)).rejects.toMatchObject({ code: 'malformed-plan' });
  });

  test('under a template that nobody can read is refused', async () => {
    const document = deletion(stack(SHOP, { Template: 'Resources: {A: 1, A: 2}', Resources: [] }));
    await expect(read(document)).rejects.toMatchObject({ code: 'template-unreadable' });
  });
});

describe('templates beside a change set', () => {
  const around = (before: unknown, after: unknown): readonly Members[] => [
    stack(SHOP, { Template: template(before) }),
    newTemplate(template(after)),
  ];
  const table = (members: Members = {}): Members => ({ Orders: { Type: TABLE, ...members } });

  test('tell a policy of which the change set tells only that it changes', async () => {
    const change = element({ Scope: ['DeletionPolicy'] });
    const { changes } = await read([
      description([change]),
      ...around(table({ DeletionPolicy: 'Retain' }), table()),
    ]);
    expect(
      changes.map(({ before, after, beforeUnknown, afterUnknown }) => [
        before,
        after,
        beforeUnknown,
        afterUnknown,
      ]),
    ).toEqual([[new Map([['DeletionPolicy', 'Retain']]), null, new Map(), new Map()]]);
  });

  test('show a policy that changes in silence', async () => {
    const document = [description([]), ...around(table({ DeletionPolicy: 'Retain' }), table())];
    expect(await fates(document)).toEqual({ 'shop/Orders': 'update kept' });
    expect(await fates([description([]), ...around(table(), table())])).toEqual({});
    // Another type is another resource, and what is removed is listed by AWS.
    expect(
      await fates([
        description([]),
        ...around(table({ DeletionPolicy: 'Retain' }), { Orders: { Type: 'T' } }),
      ]),
    ).toEqual({});
  });

  test('say where transforms hide something', async () => {
    const hiding = {
      'Fn::Transform': { Name: 'AWS::Include' },
      Orders: { Type: TABLE, 'Fn::Transform': {} },
    };
    const { facts } = await read([description([]), ...around(hiding, table())]);
    expect(facts.notes).toEqual([
      'the template of shop has Fn::Transform and Fn::Transform that AWS has not carried out: the policies of what they add are not seen',
    ]);
  });

  test('of an unknown stack, or given twice, are refused', async () => {
    const twice = [description([]), newTemplate('{}'), newTemplate('{}')];
    await expect(read(twice)).rejects.toMatchObject({ code: 'malformed-plan' });
  });
});
