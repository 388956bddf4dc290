import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
import { runIn } from '../cli/memory-io.ts';
import { createRepository, missing } from './repository.ts';

const SHOP = changeSetArn('cs-shop');
const STACK = stackArn('shop');
const root = mkdtempSync(join(tmpdir(), 'check-plan-cloudformation-'));
let aws: StandIn;
let cwd = '';

describe.skipIf(missing)('from the change set to its execution', () => {
  beforeAll(async () => {
    aws = await standIn();
    cwd = createRepository(root);
  });
  afterAll(async () => {
    await aws.close();
    rmSync(root, { recursive: true });
  });

  const run = (argv: readonly string[], count = '') =>
    runIn([...argv, '--policy', 'check-plan.yaml', '--commits', 'main..HEAD'], {
      cwd,
      now: () => Date.parse('2026-11-22T12:00:00Z'),
      env: { PATH: process.env['PATH'], HOME: cwd, ...userOf(aws) },
      isTerminal: { stdin: count !== '', stdout: count !== '', stderr: false },
      ask: async () => count,
    });
  const sign = (input: string, count: string) => run(['sign', input, '--key', 'keys/alice'], count);

  /** Answers for an account in which whatever is begun ends at once. */
  const ending =
    (account: Account, end: string) =>
    (asked: Asked): Answer => {
      if (['ExecuteChangeSet', 'DeleteStack'].includes(asked.action)) return {};
      if (asked.action !== 'DescribeStackEvents') return answersOf(account)(asked);
      const isBegun = begun().length > 0;
      const event = (EventId: string, ResourceStatus: string): Members => ({
        EventId,
        StackId: STACK,
        StackName: 'shop',
        LogicalResourceId: 'shop',
        PhysicalResourceId: STACK,
        ResourceStatus,
        Timestamp: '2026-11-22T12:00:00Z',
      });
      return { StackEvents: [...(isBegun ? [event('e2', end)] : []), event('e1', 'UPDATE_COMPLETE')] };
    };
  let from = 0;
  const begun = (): readonly Asked[] =>
    aws.asked.slice(from).filter(({ action }) => ['ExecuteChangeSet', 'DeleteStack'].includes(action));

  const removal = (id: string): Members =>
    resource(id, { Action: 'Remove', Replacement: undefined, PolicyAction: 'Delete' });
  const withChanges = (...ids: readonly string[]): Account => ({
    changeSets: { [SHOP]: { pages: [changeSet('shop', ids.map(removal))] } },
    stacks: { [STACK]: stack('shop') },
  });

  test('a change set is stopped, signed, executed; with one removal more it is stopped again', async () => {
    from = aws.asked.length;
    aws.answer(ending(withChanges('Orders'), 'UPDATE_COMPLETE'));
    expect((await run(['apply', SHOP])).exitCode).toBe(EXIT.signOffRequired);
    expect(begun()).toEqual([]);
    expect((await sign('change-set:shop/cs-shop', '1')).exitCode).toBe(EXIT.allowed);
    expect((await run([SHOP])).exitCode).toBe(EXIT.allowed);
    expect((await run(['apply', SHOP])).exitCode).toBe(EXIT.allowed);
    expect(begun()).toMatchObject([{ action: 'ExecuteChangeSet', params: { ChangeSetName: SHOP } }]);

    from = aws.asked.length;
    aws.answer(ending(withChanges('Orders', 'Users'), 'UPDATE_COMPLETE'));
    expect((await run(['apply', SHOP])).exitCode).toBe(EXIT.signOffRequired);
    expect(begun()).toEqual([]);
  });

  const holding = (id: string, ...ids: readonly string[]): Account => ({
    changeSets: {},
    stacks: {
      [id]: stack(
        'shop',
        {
          template: 'Resources: {Orders: {Type: AWS::DynamoDB::Table}, Users: {Type: AWS::DynamoDB::Table}}',
          resources: ids.map((one) => inStack(one, 'AWS::DynamoDB::Table')),
        },
        { StackId: id },
      ),
    },
  });

  test('a stack is signed and deleted; another of its name, or with more in it, is not', async () => {
    aws.answer(ending(holding(STACK, 'Orders'), 'DELETE_COMPLETE'));
    from = aws.asked.length;
    expect((await run(['delete-stack', 'shop'])).exitCode).toBe(EXIT.signOffRequired);
    expect((await sign('delete-stack:shop', '2')).exitCode).toBe(EXIT.allowed);

    aws.answer(ending(holding(STACK, 'Orders', 'Users'), 'DELETE_COMPLETE'));
    expect((await run(['apply', 'delete-stack:shop'])).exitCode).toBe(EXIT.signOffRequired);
    aws.answer(ending(holding(`${STACK}9`, 'Orders'), 'DELETE_COMPLETE'));
    expect((await run(['apply', 'delete-stack:shop'])).exitCode).toBe(EXIT.signOffRequired);
    expect(begun()).toEqual([]);

    aws.answer(ending(holding(STACK, 'Orders'), 'DELETE_COMPLETE'));
    expect((await run(['apply', 'delete-stack:shop'])).exitCode).toBe(EXIT.allowed);
    expect(begun()).toMatchObject([{ action: 'DeleteStack', params: { StackName: STACK } }]);
  });
});
