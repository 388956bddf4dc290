import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { installPacked } from './packed.ts';

/** The oldest CDK v2 that is tried: it has no validations, no acknowledgements, and its core is no module of its own. */
const OLD = { 'aws-cdk-lib': '2.1.0', constructs: '10.0.0' };

const npm = (cwd: string, ...args: readonly string[]) =>
  spawnSync('npm', [...args, '--no-audit', '--no-fund', '--silent'], { cwd, encoding: 'utf8' });
const isReachable =
  npm(
    tmpdir(),
    'view',
    `aws-cdk-lib@${OLD['aws-cdk-lib']}`,
    'version',
    '--fetch-retries=0',
    '--fetch-timeout=5000',
  ).status === 0;

describe.skipIf(!isReachable)(
  `an app of aws-cdk-lib ${OLD['aws-cdk-lib']}${isReachable ? '' : ' (SKIPPED: the npm registry is not reachable)'}`,
  () => {
    const cwd = mkdtempSync(join(tmpdir(), 'check-plan-older-'));
    const run = (env: Readonly<Record<string, string>>) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['older.cjs'], {
        cwd,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: cwd, ...env },
      });
      return { status, output: `${stdout}${stderr}` };
    };

    beforeAll(() => {
      writeFileSync(join(cwd, 'package.json'), JSON.stringify({ private: true, dependencies: OLD }));
      const { status, stderr } = npm(cwd, 'install', '--ignore-scripts', '--no-package-lock');
      if (status !== 0) throw new Error(`npm install: ${stderr}`);
      installPacked(cwd);
      cpSync(join(import.meta.dirname, 'apps/older.cjs'), join(cwd, 'older.cjs'));
    }, 180_000);

    test('tells what it declares, in stages and nested stacks, and passes', () => {
      const { status, output } = run({ OUT: 'base' });
      expect(output).toMatch(
        /^check-plan: Prod\/Shop\/Data\/Orders\/Resource: DeletionPolicy is Delete.*\[removal-policy\]$/m,
      );
      expect(output).toMatch(
        /^check-plan: Shop\/Data\/Orders\/Resource: DeletionProtectionEnabled is not true/m,
      );
      expect(status).toBe(0);
    });

    test('passes against itself, and a renamed construct stops it', () => {
      run({ OUT: 'base' });
      expect(run({ OUT: 'same', BASE: 'base' }).status).toBe(0);
      const { status, output } = run({ OUT: 'renamed', BASE: 'base', ID: 'Sales' });
      expect(status).not.toBe(0);
      expect(output).toContain('check-plan stops this deployment:\nproduction data destroyed: ');
    });

    test('the plain aspect warns, though nothing can be acknowledged there', () => {
      const { status, output } = run({ OUT: 'guarded', GUARDED: '1' });
      expect([status, output]).toEqual([0, '']);
      const { artifacts } = JSON.parse(readFileSync(join(cwd, 'guarded/manifest.json'), 'utf8'));
      const told: { type: string; data: string }[] = artifacts.Shop.metadata['/Shop/Data/Orders/Resource'];
      const warnings = told.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => data);
      expect(warnings).toEqual([
        expect.stringContaining('[check-plan-removal-policy]'),
        expect.stringContaining('[check-plan-replace-policy]'),
        expect.stringContaining('[check-plan-protection-off]'),
      ]);
    });
  },
);
