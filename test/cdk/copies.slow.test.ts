import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { installPacked, linkModules } from './packed.ts';

/** An app with a CDK of its own beside the one that check-plan finds. A link is another module where links are kept. */
const cwd = mkdtempSync(join(tmpdir(), 'check-plan-copies-'));
const run = (env: Readonly<Record<string, string>>, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--preserve-symlinks', '--preserve-symlinks-main', ...args],
    { cwd, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: cwd, CDK_VALIDATION: 'false', ...env } },
  );
  return { status, output: `${stdout}${stderr}` };
};
const app = (env: Readonly<Record<string, string>>) => run(env, 'older.cjs');

beforeAll(() => {
  installPacked(cwd);
  linkModules(cwd, ['aws-cdk-lib', 'constructs', '@aws-cdk', '@balena']);
  const inner = join(cwd, 'node_modules/check-plan/node_modules');
  mkdirSync(inner);
  symlinkSync(resolve(import.meta.dirname, '../../node_modules/aws-cdk-lib'), join(inner, 'aws-cdk-lib'));
  cpSync(join(import.meta.dirname, 'apps/older.cjs'), join(cwd, 'older.cjs'));
});

test('there are two', () => {
  const { output } = run(
    {},
    '--eval',
    `const ours = require('module').createRequire(require.resolve('check-plan/cdk'));
     console.log(ours('aws-cdk-lib').Stack === require('aws-cdk-lib').Stack)`,
  );
  expect(output).toBe('false\n');
});

test('the check tells, passes and stops as with one', () => {
  const base = app({ OUT: 'base' });
  expect(base.output).toContain("Acknowledge with 'check-plan::protection-off'");
  expect(base.status).toBe(0);
  expect(app({ OUT: 'same', BASE: 'base' }).status).toBe(0);
  const renamed = app({ OUT: 'renamed', BASE: 'base', ID: 'Sales' });
  expect(renamed.status).not.toBe(0);
  expect(renamed.output).toContain('FATAL critical: production data destroyed: Prod-Shop/');
});

test('the plain aspect tells as with one', () => {
  expect(app({ OUT: 'guarded', GUARDED: '1' })).toEqual({ status: 0, output: '' });
  const told = readFileSync(join(cwd, 'guarded/Shop.metadata.json'), 'utf8');
  expect(told).toContain('check-plan-removal-policy');
  expect(told).toContain('check-plan-termination-protection');
});
