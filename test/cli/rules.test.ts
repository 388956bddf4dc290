import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runIn } from './memory-io.ts';

const ruleIn = (example: string): string => `version: 1
own:
  rules:
    - id: ACME001
      name: queue-goes
      title: A queue of ours goes
      severity: high
      when: [{ effect: [delete], cel: 'change.type == "aws_sqs_queue"' }]
      message: "{address} would be {done}"
      means: x
      matters: y
      instead: [z]
      examples:
        - { fires: ${example}, change: { type: aws_sqs_queue, effect: delete } }
`;

function folderWith(policy: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'check-plan-rules-'));
  writeFileSync(join(folder, 'check-plan.yaml'), policy);
  return folder;
}

describe('check-plan rules', () => {
  test('lists them', async () => {
    const { exitCode, stdout } = await runIn(['rules']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^CP001 /);
    expect(stdout).not.toContain('ACME001');
  });

  test('as JSON, with what is known of each provider', async () => {
    const { stdout } = await runIn(['rules', '--format', 'json']);
    const { schema, rules, known } = JSON.parse(stdout);
    expect(schema).toBe('check-plan/rules/1');
    expect(rules.length).toBeGreaterThan(20);
    expect(rules[0]).toMatchObject({ id: 'CP001', scope: 'change', when: expect.any(Array) });
    const aws = known.find(({ provider }: { provider: string }) => provider === 'aws');
    expect(aws.types).toBeGreaterThan(700);
    expect(aws.protections).toBeGreaterThan(500);
    expect(known.length).toBeGreaterThan(100);
  });

  test('explains one of a policy like a shipped one', async () => {
    const cwd = folderWith(ruleIn('true'));
    const { stdout } = await runIn(['rules', 'acme001', '--policy', 'check-plan.yaml'], { cwd });
    expect(stdout).toContain('ACME001 A queue of ours goes (queue-goes)');
    expect((await runIn(['rules', 'ACME001'], { cwd })).exitCode).toBe(64);
  });
});

describe('check-plan rules test', () => {
  test('tries each rule on its examples', async () => {
    const { exitCode, stdout } = await runIn(['rules', 'test'], { cwd: folderWith(ruleIn('true')) });
    expect(stdout).toBe('right  ACME001 example 1: fires\n1 rule, 1 examples, 0 wrong\n');
    expect(exitCode).toBe(0);
  });

  test('ends badly where one is wrong', async () => {
    const { exitCode, stdout } = await runIn(['rules', 'test'], { cwd: folderWith(ruleIn('false')) });
    expect(stdout).toContain('wrong  ACME001 example 1: fires, and should be silent');
    expect(exitCode).toBe(1);
  });

  test.each([
    ['an example that says nothing', ruleIn('perhaps')],
    ['an expression that is none', ruleIn('true').replace('change.type', 'chnage.type')],
  ])('refuses %s, and says where', async (_, policy) => {
    const { exitCode, stderr } = await runIn(['rules', 'test'], { cwd: folderWith(policy) });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('docs/own-rules.md');
  });

  test('needs a policy', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'check-plan-rules-'));
    expect((await runIn(['rules', 'test'], { cwd })).exitCode).toBe(1);
  });
});

const PLAN = JSON.stringify({
  format_version: '1.2',
  terraform_version: '1.11.4',
  planned_values: { root_module: {} },
  resource_changes: [
    {
      address: 'aws_sqs_queue.jobs',
      mode: 'managed',
      type: 'aws_sqs_queue',
      name: 'jobs',
      provider_name: 'registry.terraform.io/hashicorp/aws',
      change: { actions: ['delete'], before: { name: 'jobs' }, after: null, after_unknown: {} },
    },
  ],
  prior_state: { values: { root_module: { resources: [{ address: 'aws_sqs_queue.jobs' }] } } },
  configuration: { root_module: {} },
  complete: true,
  errored: false,
});

describe('a check with a policy of its own rules', () => {
  const findings = (stdout: string): string[] =>
    JSON.parse(stdout).changeSets.flatMap(({ changes }: { changes: { findings: { rule: string }[] }[] }) =>
      changes.flatMap((change) => change.findings.map(({ rule }) => rule)),
    );

  test('applies them', async () => {
    const cwd = folderWith(ruleIn('true'));
    for (const name of ['a.json', 'b.json']) writeFileSync(join(cwd, name), PLAN);
    const args = ['a.json', 'b.json', '--policy', 'check-plan.yaml', '--format', 'json'];
    const { stdout } = await runIn(args, { cwd });
    expect(findings(stdout)).toEqual(['CP001', 'ACME001', 'CP001', 'ACME001']);
  });

  test.each(['sarif', 'junit', 'markdown', 'gitlab', 'github', 'html'])(
    'tells them in %s',
    async (format) => {
      const cwd = folderWith(ruleIn('true'));
      writeFileSync(join(cwd, 'a.json'), PLAN);
      const { exitCode, stdout } = await runIn(
        ['a.json', '--policy', 'check-plan.yaml', '--format', format],
        { cwd },
      );
      expect(exitCode).toBe(3);
      expect(stdout.length).toBeGreaterThan(10);
    },
  );
});
