import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EXIT } from '../../src/model/decision.ts';
import {
  type Account,
  answersOf,
  changeSet,
  changeSetArn,
  inStack,
  type Members,
  resource,
  stack,
  stackArn,
} from '../adapters/aws/account.ts';
import { type StandIn, standIn, userOf } from '../adapters/aws/stand-in.ts';
import { runIn } from './memory-io.ts';

let aws: StandIn;
beforeAll(async () => {
  aws = await standIn();
});
afterAll(() => aws.close());
beforeEach(() => aws.answer(() => ({ error: 'InternalFailure', message: 'nothing is set up' })));

const SHOP = changeSetArn('cs-shop');
const removal = resource('Orders', { Action: 'Remove', Replacement: undefined, PolicyAction: 'Delete' });
const TEMPLATE = (policy: string): string =>
  `Resources:\n  Orders:\n    Type: AWS::DynamoDB::Table\n    DeletionPolicy: ${policy}\n`;

const account = (
  changes: readonly Members[],
  more: Partial<Account> = {},
  members: Members = {},
): Account => ({
  changeSets: { [SHOP]: { pages: [changeSet('shop', changes, members)] } },
  stacks: { [stackArn('shop')]: stack('shop') },
  ...more,
});

const run = (...argv: readonly string[]) =>
  runIn(argv, { env: { PATH: process.env['PATH'], ...userOf(aws) } });
async function report(...argv: readonly string[]) {
  const { exitCode, stdout, stderr } = await run(...argv, '--format', 'json');
  const whole = JSON.parse(stdout);
  return { exitCode, stderr, whole, set: whole.changeSets[0], changes: whole.changeSets[0]?.changes ?? [] };
}

describe('a change set asked of AWS', () => {
  test('is judged by its ARN, and by the names of stack and change set', async () => {
    aws.answer(answersOf(account([removal])));
    const one = await report(SHOP);
    expect(one.exitCode).toBe(EXIT.signOffRequired);
    expect(one.set).toMatchObject({ source: SHOP, kind: 'cloudformation' });
    expect(one.changes).toMatchObject([{ address: 'shop/Orders', effect: 'delete', fate: 'destroyed' }]);
    const other = await report('--stack', 'shop', '--change-set', 'cs-shop');
    expect(other.set).toEqual(one.set);
    expect((await report('change-set:shop/cs-shop')).set).toEqual(one.set);
  });

  test('says of the same change set what a file says of it', async () => {
    aws.answer(answersOf(account([removal])));
    const live = await report(SHOP);
    const file = await runIn(['-', '--format', 'json'], {
      stdin: JSON.stringify(changeSet('shop', [removal])),
    });
    const [set] = JSON.parse(file.stdout).changeSets;
    expect(live.set.signOffDigest).toBe(set.signOffDigest);
    expect(Object.keys(live.set)).toEqual(Object.keys(set));
    expect(live.changes).toEqual(set.changes);
  });

  test('is read to its last page', async () => {
    const pages = ['A', 'B', 'C'].map((id) =>
      changeSet('shop', [
        resource(id, id === 'C' ? { ...(removal['ResourceChange'] as Members), LogicalResourceId: 'C' } : {}),
      ]),
    );
    aws.answer(answersOf({ ...account([]), changeSets: { [SHOP]: { pages } } }));
    const { exitCode, changes } = await report(SHOP);
    expect(exitCode).toBe(EXIT.signOffRequired);
    expect(changes.map(({ address }: { address: string }) => address).sort()).toEqual([
      'shop/A',
      'shop/B',
      'shop/C',
    ]);
  });

  test('is judged by the description without values, which add what was before', async () => {
    const context = JSON.stringify({ Properties: { Tags: [{ Key: 'env', Value: 'dev' }] } });
    const valued = { ...(removal['ResourceChange'] as Members), BeforeContext: context };
    // With property values AWS leaves `Users` out.
    const users = resource('Users', {
      ...(removal['ResourceChange'] as Members),
      LogicalResourceId: 'Users',
    });
    aws.answer(
      answersOf({
        ...account([]),
        changeSets: {
          [SHOP]: {
            pages: [changeSet('shop', [removal, users])],
            valued: [
              changeSet('shop', [{ Type: 'Resource', ResourceChange: valued }], {
                StatusReason:
                  '[WARN] --include-property-values option can return incomplete ChangeSet data because: Logical Id: Users',
              }),
            ],
          },
        },
      }),
    );
    const { exitCode, changes } = await report(SHOP);
    expect(exitCode).toBe(EXIT.signOffRequired);
    expect(changes).toMatchObject([
      { address: 'shop/Users', environment: { is: 'unknown' } },
      { address: 'shop/Orders', environment: { is: 'non-production' } },
    ]);
  });

  test.each([
    ['Remove', undefined, undefined, 'Retain', 'Delete', 'orphaned'],
    ['Remove', undefined, undefined, 'Delete', 'Retain', 'destroyed'],
    ['Remove', undefined, 'Retain', 'Delete', 'Retain', 'destroyed'],
    ['Remove', undefined, undefined, '!Ref Policy', 'Retain', 'unknown'],
    ['Modify', 'True', undefined, 'Retain', 'Delete', 'destroyed'],
    ['Modify', 'True', undefined, 'Delete', 'Retain', 'orphaned'],
  ])('%s %s %s under %s, then %s, is %s', async (Action, Replacement, PolicyAction, old, after, fate) => {
    const name = Action === 'Remove' ? 'DeletionPolicy' : 'UpdateReplacePolicy';
    const template = (policy: string): string => TEMPLATE(policy).replace('DeletionPolicy', name);
    aws.answer(
      answersOf(
        account([resource('Orders', { Action, Replacement, PolicyAction })], {
          stacks: { [stackArn('shop')]: stack('shop', { template: template(old) }) },
          newTemplates: { [SHOP]: template(after) },
        }),
      ),
    );
    expect((await report(SHOP)).changes).toMatchObject([{ fate }]);
  });

  test('a policy that is taken back shows, whether the change set lists it or not', async () => {
    const around = {
      stacks: { [stackArn('shop')]: stack('shop', { template: TEMPLATE('Retain') }) },
      newTemplates: { [SHOP]: TEMPLATE('Delete') },
    };
    const says = 'DeletionPolicy goes from "Retain" to "Delete": a later destroy goes by it';
    aws.answer(answersOf(account([resource('Orders', { Scope: ['DeletionPolicy'] })], around)));
    const listed = await report(SHOP);
    expect(listed.changes).toMatchObject([{ effect: 'update', disarmed: [{ says }] }]);
    aws.answer(answersOf(account([], around)));
    const silent = await report(SHOP);
    expect(silent.changes).toMatchObject([
      { address: 'shop/Orders', effect: 'update', disarmed: [{ says }] },
    ]);
    expect([listed.exitCode, silent.exitCode]).toEqual([EXIT.signOffRequired, EXIT.signOffRequired]);
  });

  test('opens its nested change sets, and what a removed nested stack has in it', async () => {
    const child = changeSetArn('cs-child');
    const nested = (members: Members): Members =>
      resource('Network', { ResourceType: 'AWS::CloudFormation::Stack', ...members });
    aws.answer(
      answersOf({
        changeSets: {
          [SHOP]: {
            pages: [
              changeSet('shop', [
                nested({ ChangeSetId: child, PhysicalResourceId: stackArn('child') }),
                nested({
                  LogicalResourceId: 'Old',
                  Action: 'Remove',
                  Replacement: undefined,
                  PolicyAction: 'Delete',
                  PhysicalResourceId: stackArn('old'),
                }),
              ]),
            ],
          },
          [child]: {
            pages: [
              changeSet('child', [removal], {
                ChangeSetId: child,
                ParentChangeSetId: SHOP,
                RootChangeSetId: SHOP,
              }),
            ],
          },
        },
        stacks: {
          [stackArn('shop')]: stack('shop'),
          [stackArn('child')]: stack('child'),
          [stackArn('old')]: stack('old', {
            template:
              '{"Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain"}, "Deep": {"Type": "AWS::CloudFormation::Stack"}}}',
            resources: [
              inStack('Bucket', 'AWS::S3::Bucket'),
              inStack('Deep', 'AWS::CloudFormation::Stack', stackArn('deep')),
              { ...inStack('Past', 'AWS::S3::Bucket'), ResourceStatus: 'DELETE_COMPLETE' },
            ],
          }),
          [stackArn('deep')]: stack('deep', {
            template: 'Resources: {Db: {Type: AWS::RDS::DBInstance}}',
            resources: [inStack('Db', 'AWS::RDS::DBInstance'), inStack('Made', 'AWS::SQS::Queue')],
          }),
        },
      }),
    );
    const { exitCode, changes } = await report(SHOP);
    expect(exitCode).toBe(EXIT.signOffRequired);
    const fates = Object.fromEntries(
      changes.map(({ address, effect, fate }: Record<string, string>) => [address, `${effect} ${fate}`]),
    );
    expect(fates).toEqual({
      'shop/Network': 'update kept',
      'shop/Network/Orders': 'delete destroyed',
      'shop/Old': 'delete destroyed',
      'shop/Old/Bucket': 'delete orphaned',
      'shop/Old/Deep': 'delete destroyed',
      'shop/Old/Deep/Db': 'delete snapshotted',
      'shop/Old/Deep/Made': 'delete unknown',
    });
  });

  test('the tags and the protection of the stack say whether it is production', async () => {
    const tagged = (members: Members): Account =>
      account([removal], { stacks: { [stackArn('shop')]: stack('shop', {}, members) } });
    const environments: Record<string, string> = {};
    const cases: Record<string, Members> = {
      nothing: {},
      dev: { Tags: [{ Key: 'environment', Value: 'dev' }] },
      prod: { Tags: [{ Key: 'environment', Value: 'prod' }] },
      'dev, protected': { Tags: [{ Key: 'environment', Value: 'dev' }], EnableTerminationProtection: true },
      'parameter dev': { Parameters: [{ ParameterKey: 'Environment', ParameterValue: 'dev' }] },
      'parameter prod': { Parameters: [{ ParameterKey: 'Environment', ParameterValue: 'prod' }] },
    };
    for (const [name, members] of Object.entries(cases)) {
      aws.answer(answersOf(tagged(members)));
      environments[name] = (await report(SHOP)).changes[0].environment.is;
    }
    expect(environments).toEqual({
      nothing: 'unknown',
      dev: 'non-production',
      prod: 'production',
      'dev, protected': 'unknown',
      'parameter dev': 'unknown',
      'parameter prod': 'production',
    });
  });

  test('a stack that is called something else by the change set is production still, and that is told', async () => {
    const stacks = {
      [stackArn('shop')]: stack('shop', {}, { Tags: [{ Key: 'environment', Value: 'prod' }] }),
    };
    aws.answer(
      answersOf(account([resource('A')], { stacks }, { Tags: [{ Key: 'environment', Value: 'dev' }] })),
    );
    expect((await report(SHOP)).changes).toMatchObject([
      {
        environment: { is: 'production', relabelled: true },
        findings: expect.arrayContaining([expect.objectContaining({ rule: 'CP018' })]),
      },
    ]);
  });
});

describe('what AWS does not answer is never a pass', () => {
  test.each([
    ['the change set', 'DescribeChangeSet'],
    ['the stack', 'DescribeStacks'],
    ['the template', 'GetTemplate'],
  ])('%s', async (_, failing) => {
    const answers = answersOf(account([]));
    aws.answer((asked) =>
      asked.action === failing
        ? { error: 'AccessDenied', message: `not authorized: ${failing}` }
        : answers(asked),
    );
    const { exitCode, whole } = await report(SHOP);
    expect(exitCode).toBe(EXIT.cannotJudge);
    expect(whole.errors).toMatchObject([{ code: 'aws-failed', source: SHOP }]);
  });

  test('a page in the middle', async () => {
    const answers = answersOf({
      ...account([]),
      changeSets: { [SHOP]: { pages: [1, 2, 3].map(() => changeSet('shop', [])) } },
    });
    aws.answer((asked) =>
      asked.params['NextToken']?.endsWith('-1') === true
        ? { error: 'Throttling', message: 'Rate exceeded' }
        : answers(asked),
    );
    expect((await report(SHOP)).exitCode).toBe(EXIT.cannotJudge);
  });

  test.each([
    ['a change set that is not made yet', { Status: 'CREATE_IN_PROGRESS', ExecutionStatus: 'UNAVAILABLE' }],
    ['one that the stack has overtaken', { ExecutionStatus: 'OBSOLETE' }],
    [
      'one of a nested stack',
      { RootChangeSetId: changeSetArn('root'), ParentChangeSetId: changeSetArn('root') },
    ],
  ])('%s', async (_, members) => {
    aws.answer(answersOf(account([], {}, members)));
    expect((await report(SHOP)).exitCode).toBe(EXIT.cannotJudge);
  });

  test.each([
    [['arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1'], /says nothing of what is to happen/],
    [['change-set:shop'], /no name/],
    [['--stack', 'shop'], /names no change set/],
    [['--change-set', 'cs'], /of no stack/],
    [[SHOP, '--region', 'us-east-1'], /another one than that of the ARN/],
  ])('%j is a wrong command line', async (argv, says) => {
    const { exitCode, stderr, stdout } = await run(...argv);
    expect(`${stderr}${stdout}`).toMatch(says);
    expect(exitCode).not.toBe(EXIT.allowed);
  });
});

describe('the deletion of a stack', () => {
  const shop = (template: string, members: Members = {}): Account => ({
    changeSets: {},
    stacks: {
      [stackArn('shop')]: stack(
        'shop',
        {
          template,
          resources: [inStack('Orders', 'AWS::DynamoDB::Table'), inStack('Queue', 'AWS::SQS::Queue')],
        },
        members,
      ),
    },
  });

  test('is judged as the deletion of all that is in it', async () => {
    aws.answer(answersOf(shop(`${TEMPLATE('Retain')}  Queue:\n    Type: AWS::SQS::Queue\n`)));
    const { exitCode, set, changes } = await report('delete-stack:shop');
    expect(exitCode).toBe(EXIT.signOffRequired);
    expect(set.source).toBe(`delete-stack:${stackArn('shop')}`);
    expect(
      changes
        .map(({ address, effect, fate, physicalId }: Record<string, string>) => [
          address,
          effect,
          fate,
          physicalId,
        ])
        .sort(),
    ).toEqual([
      ['shop', 'delete', 'destroyed', stackArn('shop')],
      ['shop/Orders', 'delete', 'orphaned', 'shop-orders'],
      ['shop/Queue', 'delete', 'destroyed', 'shop-queue'],
    ]);
    expect((await report('delete-stack', 'shop')).set).toEqual(set);
  });

  test('can be explained: what hangs on what stands in its template', async () => {
    aws.answer(
      answersOf(
        shop(
          'Resources: {Orders: {Type: AWS::DynamoDB::Table}, Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Orders}}}',
        ),
      ),
    );
    const { exitCode, stdout } = await run('explain', 'delete-stack:shop', 'shop/Orders');
    expect(exitCode).toBe(EXIT.signOffRequired);
    expect(stdout).toContain('shop/Queue');
    expect(stdout).not.toContain('cannot be read again');
  });

  test.each([
    ['is being changed', { StackStatus: 'UPDATE_IN_PROGRESS' }, EXIT.cannotJudge],
    ['is gone', { StackStatus: 'DELETE_COMPLETE' }, EXIT.cannotJudge],
    ['is protected', { EnableTerminationProtection: true }, EXIT.signOffRequired],
  ])('of one that %s', async (_, members, exitCode) => {
    aws.answer(answersOf(shop(TEMPLATE('Delete'), members)));
    expect((await report('delete-stack:shop')).exitCode).toBe(exitCode);
  });

  test('of one that is not there', async () => {
    aws.answer(answersOf({ changeSets: {}, stacks: {} }));
    const { exitCode, whole } = await report('delete-stack:shop');
    expect(exitCode).toBe(EXIT.cannotJudge);
    expect(whole.errors).toMatchObject([{ code: 'input-unreadable' }]);
  });
});
