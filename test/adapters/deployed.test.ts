import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runIn } from '../cli/memory-io.ts';
import { type Answer, type Asked, type StandIn, standIn, userOf } from './aws/stand-in.ts';

const BUCKET = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } };
const arn = (name: string, account = '111122223333'): string =>
  `arn:aws:cloudformation:eu-west-1:${account}:stack/${name}/0a1b`;

/** An account in which these stacks are, each with the template that is deployed. */
const account =
  (stacks: Readonly<Record<string, unknown>>, number = '111122223333') =>
  ({ action, params }: Asked): Answer => {
    const name = params['StackName'] ?? '';
    const known = Object.keys(stacks).find((one) => one === name || arn(one, number) === name);
    if (known === undefined)
      return { error: 'ValidationError', message: `Stack with id ${name} does not exist` };
    if (action === 'DescribeStacks')
      return {
        Stacks: [
          {
            StackId: arn(known, number),
            StackName: known,
            StackStatus: 'UPDATE_COMPLETE',
            CreationTime: '2026-01-01T00:00:00Z',
          },
        ],
      };
    if (action === 'GetTemplate') return { TemplateBody: JSON.stringify(stacks[known]) };
    const nested = known === 'Shop' && 'Net' in stacks;
    return {
      StackResourceSummaries: nested
        ? [
            {
              LogicalResourceId: 'Net',
              PhysicalResourceId: arn('Net', number),
              ResourceType: 'AWS::CloudFormation::Stack',
              ResourceStatus: 'CREATE_COMPLETE',
            },
          ]
        : [],
    };
  };

function app(stacks: Readonly<Record<string, unknown>>): string {
  const cwd = mkdtempSync(join(tmpdir(), 'check-plan-deployed-'));
  const artifacts = Object.keys(stacks).map((id) => [
    id,
    {
      type: 'aws:cloudformation:stack',
      environment: 'aws://111122223333/eu-west-1',
      properties: { templateFile: `${id}.json` },
    },
  ]);
  writeFileSync(
    join(cwd, 'manifest.json'),
    JSON.stringify({ version: '55.0.0', artifacts: Object.fromEntries(artifacts) }),
  );
  for (const [id, template] of Object.entries(stacks))
    writeFileSync(join(cwd, `${id}.json`), JSON.stringify(template));
  return cwd;
}

describe('check-plan baseline', () => {
  let aws: StandIn;
  beforeAll(async () => {
    aws = await standIn();
  });
  afterAll(() => aws.close());
  const baseline = (cwd: string, ...more: readonly string[]) =>
    runIn(['baseline', '--app', '.', ...more], { cwd, env: { ...userOf(aws), PATH: process.env['PATH'] } });
  const words = async (cwd: string, ...args: readonly string[]) => {
    const { exitCode, stdout } = await runIn(['.', '--format', 'json', ...args], {
      cwd,
      env: { ...userOf(aws), PATH: process.env['PATH'] },
    });
    const report = JSON.parse(stdout);
    const changes: { address: string; effect: string }[] = report.changeSets.flatMap(
      (set: { changes: unknown[] }) => set.changes,
    );
    return {
      exitCode,
      told: changes.map(({ address, effect }) => `${effect} ${address}`),
      errors: report.errors,
    };
  };
  const NESTED = {
    Resources: { Net: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x' } } },
  };

  test('fetches the templates of every stack, nested ones too, and they say what a deployment destroys', async () => {
    aws.answer(account({ Shop: NESTED, Net: { Resources: { Data: BUCKET } }, CDKToolkit: {} }));
    const cwd = app({ Shop: { Resources: {} }, New: { Resources: { Data: BUCKET } } });
    expect(await baseline(cwd)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(readFileSync(join(cwd, 'baseline/Shop/Net.template.json'), 'utf8'))).toEqual({
      Resources: { Data: BUCKET },
    });
    const { exitCode, told } = await words(cwd, '--baseline', 'baseline');
    expect(told.sort()).toEqual(['create New/Data', 'delete Shop/Net', 'delete Shop/Net/Data']);
    expect(exitCode).toBe(3);
    const live = await words(cwd, '--live');
    expect(live.told.sort()).toEqual(told);
    // A second run replaces what the first wrote.
    expect((await baseline(cwd)).exitCode).toBe(0);
  });

  test.each([
    ['another account', account({ Shop: {}, CDKToolkit: {} }, '999999999999'), /999999999999/],
    ['an account where nothing tells which it is', account({}), /cannot be told from the wrong account/],
    ['no right to look', () => ({ error: 'AccessDenied', message: 'no', status: 403 }), /may not do this/],
  ])('%s: nothing is written', async (_, answer, says) => {
    aws.answer(answer as (asked: Asked) => Answer);
    const cwd = app({ Shop: { Resources: {} } });
    const { exitCode, stderr } = await baseline(cwd);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(says);
    expect((await words(cwd, '--live')).exitCode).toBe(1);
    expect(() => readFileSync(join(cwd, 'baseline/check-plan-baseline.json'))).toThrow();
  });

  test('a folder of somebody else is not replaced', async () => {
    aws.answer(account({ Shop: {} }));
    const cwd = app({ Shop: { Resources: {} } });
    expect((await baseline(cwd, '--output', '.')).exitCode).toBe(64);
  });
});
