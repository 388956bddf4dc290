import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runIn } from '../cli/memory-io.ts';
import { createRepository, missing } from '../end-to-end/repository.ts';

const BUILT = existsSync(new URL('../../dist/cdk-cjs/index.cjs', import.meta.url));
const skipped = !BUILT
  ? ' (SKIPPED: npm run build was not run)'
  : missing
    ? ' (SKIPPED: git or ssh-keygen is missing)'
    : '';

interface Synth {
  readonly status: number | null;
  readonly output: string;
}
function run(app: string, cwd: string, env: Readonly<Record<string, string>>): Synth {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'apps', app)], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: cwd, ...env },
  });
  return { status, output: `${stdout}${stderr}` };
}
const reportIn = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8')).pluginReports.find(
    (one: { pluginName?: string }) => one.pluginName === 'check-plan',
  );

describe.skipIf(skipped !== '')(`CheckPlan.protect, from CommonJS${skipped}`, () => {
  let cwd = '';
  beforeAll(() => {
    cwd = createRepository(mkdtempSync(join(tmpdir(), 'check-plan-protect-')));
    const { status, output } = run('shop.cjs', cwd, { OUT: 'base' });
    if (status !== 0) throw new Error(output);
  });

  test('without a baseline it tells what the app declares, in stages and nested stacks, and lets it pass', () => {
    const violations: {
      ruleName: string;
      severity: string;
      violatingConstructs: { constructPath: string }[];
    }[] = reportIn(join(cwd, 'base')).violations;
    const removal = violations.filter(({ ruleName }) => ruleName.includes('removal-policy'));
    expect(
      removal.flatMap((one) => one.violatingConstructs.map(({ constructPath }) => constructPath)).sort(),
    ).toEqual(['Plain/Data/Orders/Resource', 'Prod/Shop/Data/Orders/Resource']);
    expect(violations.some(({ severity }) => severity !== 'warning')).toBe(false);
  });

  test('what is acknowledged is no longer told, and its reason is kept', () => {
    const { status, output } = run('shop.cjs', cwd, {
      OUT: 'acknowledged',
      ACKNOWLEDGED: 'a cache, filled again in minutes',
    });
    expect(status).toBe(0);
    expect(output).not.toContain('removal-policy');
    expect(readFileSync(join(cwd, 'acknowledged/validation-report.json'), 'utf8')).toContain(
      'a cache, filled again in minutes',
    );
  });

  test('with a baseline, the same app passes', () => {
    expect(run('shop.cjs', cwd, { OUT: 'same', BASE: 'base' }).status).toBe(0);
  });

  test.each([
    ['', {}],
    [', in a stage that is synthesised on its own', { LATE: '1' }],
    [', and no acknowledgement in the code helps', { ACKNOWLEDGED: 'the agent says that it is fine' }],
  ])('a renamed construct stops the synth%s', (_, env) => {
    const { status, output } = run('shop.cjs', cwd, {
      OUT: 'renamed',
      BASE: 'base',
      ID: 'Purchases',
      ...env,
    });
    expect(status).not.toBe(0);
    expect(output).toContain('FATAL critical: production data destroyed: Prod-Shop/');
    expect(output).toContain('renameLogicalId');
    expect(output).toContain('check-plan::CP001');
  });

  test('until exactly this destruction is signed: then the same synth passes, and no other one', async () => {
    const judge = ['renamed', '--baseline', 'base', '--commits', 'main..HEAD'];
    const outside = { cwd, now: () => Date.now(), env: { PATH: process.env['PATH'] } };
    const { stdout } = await runIn([...judge, '--format', 'json'], outside);
    const [set] = JSON.parse(stdout).changeSets;
    const permits = set.changes.filter(({ needsSignOff }: { needsSignOff: boolean }) => needsSignOff).length;
    const signed = await runIn(['sign', ...judge, '--key', 'keys/alice'], {
      ...outside,
      isTerminal: { stdin: true, stdout: true, stderr: true },
      ask: async () => String(permits),
    });
    expect(signed.exitCode, signed.stderr).toBe(0);
    expect(run('shop.cjs', cwd, { OUT: 'renamed', BASE: 'base', ID: 'Purchases' }).status).toBe(0);
    // The same is destroyed, whatever takes its place.
    expect(run('shop.cjs', cwd, { OUT: 'other', BASE: 'base', ID: 'Sales' }).status).toBe(0);
    const { status } = run('shop.cjs', cwd, { OUT: 'more', BASE: 'base', ID: 'Purchases', FILES: 'Papers' });
    expect(status).not.toBe(0);
  });

  test('a baseline that is not there stops the synth', () => {
    const { status, output } = run('shop.cjs', cwd, { OUT: 'nothing', BASE: 'no-such-folder' });
    expect(status).not.toBe(0);
    expect(output).toContain('cannot judge');
  });
});

describe.skipIf(!BUILT)(
  `DestructionGuard, from an ES module${BUILT ? '' : ' (SKIPPED: npm run build was not run)'}`,
  () => {
    const cwd = mkdtempSync(join(tmpdir(), 'check-plan-guard-'));
    const warnings = (folder: string): string =>
      readFileSync(join(cwd, folder, 'ShopProd.metadata.json'), 'utf8');

    test('tells at the construct itself what other aspects made of it, in nested stacks too', () => {
      const { status, output } = run('shop.mjs', cwd, { OUT: 'plain', NAMED: 'ShopProd' });
      expect(output).toBe('');
      expect(status).toBe(0);
      const entries = JSON.parse(warnings('plain'))['/ShopProd/Data/Orders/Resource'];
      const told = entries.filter(({ type }: { type: string }) => type === 'aws:cdk:warning');
      expect(told.map(({ data }: { data: string }) => data).join('\n')).toMatch(
        /DeletionPolicy is Delete[\s\S]*removal-policy/,
      );
    });

    test('is acknowledged as every warning of CDK', () => {
      run('shop.mjs', cwd, {
        OUT: 'acknowledged',
        NAMED: 'ShopProd',
        ACKNOWLEDGED: 'filled again in minutes',
      });
      expect(warnings('acknowledged')).not.toContain('DeletionPolicy is Delete');
      expect(warnings('acknowledged')).toContain('filled again in minutes');
    });

    test('is silent where it is surely not production', () => {
      run('shop.mjs', cwd, { OUT: 'sandbox', NAMED: 'shop-dev', ENVIRONMENT: 'dev' });
      expect(readFileSync(join(cwd, 'sandbox/shop-dev.metadata.json'), 'utf8')).not.toContain(
        'aws:cdk:warning',
      );
    });

    test('fails loudly at a stage that it cannot enter, and not at one that has a guard of its own', () => {
      const { status, output } = run('shop.mjs', cwd, { OUT: 'staged', STAGE: 'Prod' });
      expect(status).not.toBe(0);
      expect(output).toContain('DestructionGuard cannot enter the stage Prod');
      expect(run('shop.mjs', cwd, { OUT: 'guarded', STAGE: 'Prod', GUARDED: '1' }).status).toBe(0);
    });
  },
);
