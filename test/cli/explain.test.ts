import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { planText } from '../readers/terraform/plan.ts';
import { runIn } from './memory-io.ts';

const fixture = (name: string): string => new URL(`../../fixtures/${name}`, import.meta.url).pathname;
const INCIDENT = fixture('incident/plan.json');

const explain = (argv: readonly string[], outside = {}) =>
  runIn(['explain', ...argv], { cwd: fixture('.'), ...outside });

test.each([80, 160])(
  'of an incident it tells the chain, and what to write instead, at %i columns',
  async (columns) => {
    const { exitCode, stdout } = await explain([INCIDENT, 'aws_db_instance.billing'], { columns });
    expect(exitCode).toBe(3);
    await expect(stdout).toMatchFileSnapshot(`goldens/explain-incident.${columns}.txt`);
  },
);

test('without an address it tells everything that a rule objects to, the worst first', async () => {
  const { stdout } = await explain([INCIDENT]);
  const told = [...stdout.matchAll(/^(aws_\S+): /gm)].map(([, address]) => address);
  const { changeSets } = JSON.parse((await runIn([INCIDENT, '--format', 'json'])).stdout);
  const objected = changeSets[0].changes.flatMap(
    ({ address, findings }: { address: string; findings: readonly unknown[] }) =>
      findings.length > 0 ? [address] : [],
  );
  expect(told).toEqual(objected);
  expect(told.slice(0, 2)).toEqual(['aws_db_instance.billing', 'aws_s3_bucket.invoices']);
});

test('through a pipe it tells the same', async () => {
  const [piped, named] = await Promise.all([
    explain(['-'], { stdin: readFileSync(INCIDENT) }),
    explain([INCIDENT]),
  ]);
  expect(piped.stdout).toBe(named.stdout);
});

test('an address that nothing has is an error that names those near it', async () => {
  const { exitCode, stderr } = await explain([INCIDENT, 'aws_db_instance.biling']);
  expect(exitCode).toBe(64);
  expect(stderr).toContain('near it: aws_db_instance.billing');
});

test('a plan without an objection has nothing to explain, and ends with 0', async () => {
  const { exitCode, stdout } = await explain([fixture('moved/plan.json')]);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('Nothing to explain')]);
});

test('what cannot be judged is not explained', async () => {
  const { exitCode, stdout } = await explain(['-'], { stdin: '{"a":1}' });
  expect(exitCode).toBe(1);
  expect(stdout).toContain('CANNOT JUDGE');
});

test('for programs it is JSON', async () => {
  const { stdout } = await explain([INCIDENT, '--json', 'aws_db_instance.billing']);
  const { explanations } = JSON.parse(stdout);
  expect(explanations[0].hanging.map(({ resource }: { resource: string }) => resource)).toEqual([
    'aws_elastic_beanstalk_environment.billing',
    'aws_route53_record.billing',
  ]);
  expect(explanations[0].mends[0]).toMatchObject({ id: 'snapshot', language: 'shell' });
});

describe('what only follows', () => {
  const ref = (...references: string[]) => ({ references });
  const resource = (type: string, expressions: object) => ({
    address: `${type}.main`,
    mode: 'managed',
    type,
    name: 'main',
    expressions,
  });
  const replaced = (type: string, path: string, unknown: boolean) => ({
    address: `${type}.main`,
    mode: 'managed',
    type,
    name: 'main',
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change: {
      actions: ['delete', 'create'],
      before: { id: 'x', [path]: 'old', tags: { environment: 'production' } },
      after: { ...(unknown ? {} : { [path]: 'new' }), tags: { environment: 'production' } },
      after_unknown: unknown ? { [path]: true } : {},
      replace_paths: [[path]],
    },
  });
  const plan = planText({
    resource_changes: [
      replaced('aws_vpc', 'cidr_block', false),
      replaced('aws_subnet', 'vpc_id', true),
      replaced('aws_db_subnet_group', 'name', true),
    ],
    prior_state: {},
    configuration: {
      root_module: {
        resources: [
          resource('aws_vpc', {}),
          resource('aws_subnet', { vpc_id: ref('aws_vpc.main.id', 'aws_vpc.main') }),
          resource('aws_db_subnet_group', { name: ref('aws_subnet.main.id', 'aws_subnet.main') }),
        ],
      },
    },
  });

  test('is told with what it follows from, back to the line that was changed', async () => {
    const { stdout } = await explain(['-', 'aws_db_subnet_group.main', '--json'], { stdin: plan });
    const { explanations } = JSON.parse(stdout);
    expect(explanations[0].follows).toEqual(['aws_vpc.main', 'aws_subnet.main']);
    const text = (await explain(['-', 'aws_db_subnet_group.main'], { stdin: plan, columns: 160 })).stdout;
    expect(text).toMatch(/1\. aws_vpc\.main: cidr_block: .* forces the replacement/);
    expect(text).toContain('aws_db_subnet_group.main leans on aws_subnet.main');
  });
});
