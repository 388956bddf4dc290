import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { installPacked, linkModules } from './packed.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** The example with the package as npm packs it, and what its own package.json asks for. */
let example = '';
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'check-plan-example-'));
  example = join(folder, 'cdk');
  cpSync(join(ROOT, 'examples/cdk'), example, { recursive: true });
  installPacked(example);
  linkModules(example, ['aws-cdk-lib', 'constructs']);
});

function run(...args: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: example,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: example, CDK_VALIDATION: 'false' },
  });
  return { status, output: `${stdout}${stderr}` };
}
const CHECK = 'node_modules/check-plan/bin/check-plan.js';

test('the steps of its README, in their order', () => {
  const deployed = run('bin/shop.js', '--deployed');
  expect([deployed.status, deployed.output]).toEqual([0, expect.stringContaining('removal-policy')]);
  expect(run('bin/shop.js').status).toBe(0);

  const code = readFileSync(join(example, 'lib/shop.js'), 'utf8');
  writeFileSync(join(example, 'lib/shop.js'), code.replace("'Orders'", "'Purchases'"));
  const renamed = run('bin/shop.js');
  expect(renamed.status).not.toBe(0);
  expect(renamed.output).toContain('renameLogicalId');
  const outside = run(CHECK, 'cdk.out', '--baseline', 'baseline');
  expect([outside.status, outside.output]).toEqual([3, expect.stringContaining('Shop-Prod/Orders/Resource')]);

  writeFileSync(join(example, 'lib/shop.js'), code.replace("name: 'id'", "name: 'orderId'"));
  expect(run('bin/shop.js').status).not.toBe(0);
  expect(run(CHECK, 'cdk.out', '--baseline', 'baseline').output).toContain('KeySchema[0].AttributeName');

  writeFileSync(join(example, 'lib/shop.js'), code.replace('RemovalPolicy.DESTROY', 'RemovalPolicy.RETAIN'));
  expect(run('bin/shop.js', '--deployed').status).toBe(0);
  writeFileSync(
    join(example, 'lib/shop.js'),
    code.replace('RemovalPolicy.DESTROY', 'RemovalPolicy.RETAIN').replace("'Orders'", "'Purchases'"),
  );
  const kept = run('bin/shop.js');
  expect(kept.status).not.toBe(0);
  expect(kept.output).toContain('would no longer be managed, and its object stays where it is');
});
