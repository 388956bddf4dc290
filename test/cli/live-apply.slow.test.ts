import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { type Answer, type Asked, type StandIn, standIn, userOf } from '../adapters/aws/stand-in.ts';
import { runIn } from './memory-io.ts';

// An apply keeps a log of what was done, beside the sign-offs.
const cwd = mkdtempSync(join(tmpdir(), 'check-plan-live-apply-'));
afterAll(() => rmSync(cwd, { recursive: true }));
let aws: StandIn;
beforeAll(async () => {
  aws = await standIn();
});
afterAll(() => aws.close());
let before = 0;
beforeEach(() => {
  before = aws.asked.length;
});

const SHOP = changeSetArn('cs-shop');
const STACK = stackArn('shop');
const event = (n: number, ResourceStatus: string, members: Members = {}): Members => ({
  EventId: `e${n}`,
  StackId: STACK,
  StackName: 'shop',
  LogicalResourceId: 'shop',
  PhysicalResourceId: STACK,
  ResourceType: 'AWS::CloudFormation::Stack',
  Timestamp: '2026-11-22T12:00:00Z',
  ResourceStatus,
  ...members,
});
const ORDERS = {
  LogicalResourceId: 'Orders',
  PhysicalResourceId: 'shop-orders',
  ResourceType: 'AWS::DynamoDB::Table',
};

/** CloudFormation with one stack, whose events come a few at a time once something is begun. */
function cloudFormation(
  one: Account,
  batches: readonly (readonly Members[])[],
  begins: readonly string[] = ['ExecuteChangeSet', 'DeleteStack'],
): (asked: Asked) => Answer {
  const answers = answersOf(one);
  const events: Members[] = [event(0, 'UPDATE_COMPLETE')];
  let left: readonly (readonly Members[])[] | null = null;
  return (asked) => {
    if (begins.includes(asked.action)) {
      left = batches;
      return {};
    }
    if (asked.action !== 'DescribeStackEvents') return answers(asked);
    const [batch = [], ...rest] = left ?? [];
    if (left !== null) left = rest;
    events.unshift(...batch.toReversed());
    return { StackEvents: events };
  };
}

const apply = (...argv: readonly string[]) =>
  runIn(['apply', ...argv], { cwd, env: { PATH: process.env['PATH'], ...userOf(aws) } });
const begun = (): readonly Asked[] =>
  aws.asked.slice(before).filter(({ action }) => action === 'ExecuteChangeSet' || action === 'DeleteStack');

const harmless = resource('Orders', { Scope: ['Metadata'] });
const account = (changes: readonly Members[] = [harmless], members: Members = {}): Account => ({
  changeSets: { [SHOP]: { pages: [changeSet('shop', changes, members)] } },
  stacks: { [STACK]: stack('shop') },
});

const GOES_WELL = [
  [event(1, 'UPDATE_IN_PROGRESS', { ResourceStatusReason: 'User Initiated' })],
  [],
  [event(2, 'UPDATE_COMPLETE', ORDERS), event(3, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')],
  [event(4, 'UPDATE_COMPLETE')],
];

describe('apply executes a change set that is allowed', () => {
  test('by its ARN, with a token, and follows the events to the end', async () => {
    aws.answer(cloudFormation(account(), GOES_WELL));
    const { exitCode, stdout, stderr } = await apply('--stack', 'shop', '--change-set', 'cs-shop');
    expect(stderr).toContain('shop: UPDATE_COMPLETE');
    expect(exitCode).toBe(EXIT.allowed);
    expect(begun()).toMatchObject([
      {
        params: {
          ChangeSetName: SHOP,
          ClientRequestToken: expect.stringMatching(/^check-plan-[0-9a-f]{40}$/),
        },
      },
    ]);
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/).slice(1, 3).join(' '))).toEqual([
      'UPDATE_IN_PROGRESS shop',
      'UPDATE_COMPLETE Orders',
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS shop',
      'UPDATE_COMPLETE shop',
      '',
    ]);
  });

  test.each([
    ['is rolled back', [[event(1, 'UPDATE_ROLLBACK_COMPLETE', { ResourceStatusReason: 'Orders failed' })]]],
    ['fails', [[event(1, 'CREATE_FAILED')]]],
    ['ends with the stack deleted', [[event(1, 'DELETE_COMPLETE')]]],
    ['ends in a state that nobody knows', [[event(1, 'SOMETHING_NEW')]]],
  ])('and says so when it %s', async (_, batches) => {
    aws.answer(cloudFormation(account(), batches));
    const { exitCode } = await apply(SHOP);
    expect(exitCode).toBe(EXIT.applyFailed);
    expect(begun()).toHaveLength(1);
  });

  test('and tells what a clean-up left behind', async () => {
    aws.answer(cloudFormation(account(), [[event(1, 'DELETE_FAILED', ORDERS), event(2, 'UPDATE_COMPLETE')]]));
    expect((await apply(SHOP)).stderr).toContain('1 resource could not be deleted');
  });

  test('unless there is nothing to change', async () => {
    const StatusReason = "The submitted information didn't contain changes.";
    const empty = account([], { Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE', StatusReason });
    aws.answer(cloudFormation(empty, GOES_WELL));
    const { exitCode, stderr } = await apply(SHOP);
    expect([exitCode, begun()]).toEqual([EXIT.allowed, []]);
    expect(stderr).toContain('changes nothing');
    aws.answer(cloudFormation(account([], { Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE' }), GOES_WELL));
    expect((await apply(SHOP)).exitCode).toBe(EXIT.cannotJudge);
  });

  test('and waits where AWS does not tell for a while', async () => {
    const answers = cloudFormation(account(), GOES_WELL);
    let failures = 0;
    aws.answer((asked) => {
      const isHidden = begun().length > 0 && asked.action === 'DescribeStackEvents' && failures < 2;
      if (isHidden) failures += 1;
      return isHidden ? { error: 'Throttling', message: 'Rate exceeded' } : answers(asked);
    });
    expect((await apply(SHOP)).exitCode).toBe(EXIT.allowed);
    expect(failures).toBe(2);
  });

  test('once, also where the answer to the request is lost', async () => {
    const answers = cloudFormation(account(), []);
    let token = '';
    aws.answer((asked) => {
      if (asked.action === 'DescribeStackEvents' && token !== '')
        return { StackEvents: [event(1, 'UPDATE_COMPLETE', { ClientRequestToken: token }), event(0, 'X')] };
      if (asked.action !== 'ExecuteChangeSet') return answers(asked);
      token = asked.params['ClientRequestToken'] ?? '';
      return (response) => void response.destroy();
    });
    const { exitCode } = await apply(SHOP);
    expect(exitCode).toBe(EXIT.allowed);
  });
});

describe('apply executes nothing', () => {
  const refused = async (how: (asked: Asked) => Answer, exitCode: number, ...argv: readonly string[]) => {
    aws.answer(how);
    const ran = await apply(...(argv.length === 0 ? [SHOP] : argv));
    expect(ran.exitCode).toBe(exitCode);
    expect(begun()).toEqual([]);
    return ran;
  };

  test('that needs a sign-off', async () => {
    const removal = resource('Orders', { Action: 'Remove', Replacement: undefined, PolicyAction: 'Delete' });
    await refused(cloudFormation(account([removal]), GOES_WELL), EXIT.signOffRequired);
  });

  test.each([
    ['changes', account([resource('Orders', { Action: 'Remove', PolicyAction: 'Delete' })])],
    ['one change more', account([harmless, resource('More', { Scope: ['Metadata'] })])],
    ['another state', account([harmless], { ExecutionStatus: 'OBSOLETE' })],
    [
      'another stack',
      { ...account(), stacks: { [STACK]: stack('shop', {}, { EnableTerminationProtection: true }) } },
    ],
    ['another template', { ...account(), newTemplates: { [SHOP]: 'Resources: {A: {Type: B}}' } }],
    ['nothing', { ...account(), changeSets: {} }],
  ])('where AWS tells of %s after it was judged', async (_, later) => {
    const [first, second] = [answersOf(account()), answersOf(later)];
    let descriptions = 0;
    // The plain description is asked for first: the second of them begins the comparison.
    await refused((asked) => {
      if (asked.action === 'DescribeChangeSet' && asked.params['IncludePropertyValues'] !== 'true')
        descriptions += 1;
      return (descriptions < 2 ? first : second)(asked);
    }, EXIT.cannotJudge);
  });

  test('where a name stands for another change set by then', async () => {
    const other = changeSetArn('cs-evil');
    const [first, second] = [
      answersOf(account()),
      answersOf({
        ...account(),
        changeSets: { [other]: { pages: [changeSet('shop', [harmless], { ChangeSetId: other })] } },
      }),
    ];
    let times = 0;
    await refused(
      (asked) => {
        times += asked.action === 'DescribeChangeSet' ? 1 : 0;
        return (times <= 2 ? first : second)(asked);
      },
      EXIT.cannotJudge,
      'change-set:shop/cs-shop',
    );
  });

  test('where AWS refuses', async () => {
    const answers = cloudFormation(account(), GOES_WELL, []);
    aws.answer((asked) =>
      asked.action === 'ExecuteChangeSet'
        ? { error: 'AccessDenied', message: 'not authorized to perform: cloudformation:ExecuteChangeSet' }
        : answers(asked),
    );
    const { exitCode, stderr } = await apply(SHOP);
    expect(exitCode).toBe(EXIT.cannotJudge);
    expect(stderr).toContain('may not do this');
  });

  test('with arguments of terraform', async () => {
    await refused(cloudFormation(account(), GOES_WELL), EXIT.usage, SHOP, '--', '-parallelism=5');
  });
});

describe('apply deletes a stack', () => {
  const shop = (policy: string): Account => ({
    changeSets: {},
    stacks: {
      [STACK]: stack(
        'shop',
        {
          template: `Resources: {Orders: {Type: AWS::DynamoDB::Table, DeletionPolicy: ${policy}}}`,
          resources: [inStack('Orders', 'AWS::DynamoDB::Table')],
        },
        { Tags: [{ Key: 'environment', Value: 'dev' }] },
      ),
    },
  });
  const GONE = [[event(1, 'DELETE_IN_PROGRESS')], [event(2, 'DELETE_COMPLETE')]];

  test('that is not production, by its ARN', async () => {
    aws.answer(cloudFormation(shop('Delete'), GONE));
    const { exitCode, stderr } = await apply('delete-stack:shop');
    expect(stderr).toContain('shop: DELETE_COMPLETE');
    expect(exitCode).toBe(EXIT.allowed);
    expect(begun()).toMatchObject([{ action: 'DeleteStack', params: { StackName: STACK } }]);
  });

  test('and says where it could not', async () => {
    aws.answer(cloudFormation(shop('Delete'), [[event(1, 'DELETE_FAILED')]]));
    expect((await apply('delete-stack:shop')).exitCode).toBe(EXIT.applyFailed);
  });

  test('not where a resource came in after it was judged', async () => {
    const first = answersOf(shop('Delete'));
    const second = answersOf(shop('Retain'));
    let times = 0;
    aws.answer((asked) => {
      times += asked.action === 'DescribeStacks' ? 1 : 0;
      return (times <= 2 ? first : second)(asked);
    });
    expect((await apply('delete-stack:shop')).exitCode).toBe(EXIT.cannotJudge);
    expect(begun()).toEqual([]);
  });
});
