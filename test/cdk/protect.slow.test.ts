import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

  test('what is told of several is told once, and acknowledged for each by itself', () => {
    const told = (folder: string): unknown =>
      reportIn(join(cwd, folder))
        .violations.filter(({ ruleName }: { ruleName: string }) => ruleName.includes('removal-policy'))
        .map(({ violatingConstructs }: { violatingConstructs: { constructPath: string }[] }) =>
          violatingConstructs.map(({ constructPath }) => constructPath),
        );
    expect(told('base')).toEqual([['Plain/Data/Orders/Resource', 'Prod/Shop/Data/Orders/Resource']]);
    run('shop.cjs', cwd, { OUT: 'partly', ACKNOWLEDGED: 'a cache', AT: 'Plain' });
    expect(told('partly')).toEqual([['Prod/Shop/Data/Orders/Resource']]);
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

    test('gives one warning for each id, and takes no time for the calls that it comes from', () => {
      run('shop.mjs', cwd, { OUT: 'unprotected', NAMED: 'ShopProd', UNPROTECTED: '1' });
      const entries = JSON.parse(warnings('unprotected'))['/ShopProd/Data/Orders/Resource'];
      const told = entries.filter(({ type }: { type: string }) => type === 'aws:cdk:warning');
      const data = told.map((entry: { data: string }) => entry.data);
      expect(data).toEqual([
        expect.stringContaining('removal-policy'),
        expect.stringContaining('replace-policy'),
        expect.stringMatching(/DeletionProtectionEnabled is not true; PointInTime\S+ is not true\. Instead/),
      ]);
      expect(told.some((entry: object) => 'trace' in entry)).toBe(false);
    });

    test.each([
      ['of the working tree', {}],
      ['that is named', { POLICY: 'elsewhere.yaml' }],
      ['of a commit that is named', { POLICY: 'git:HEAD:elsewhere.yaml' }],
    ])('goes by the policy %s', (_, env) => {
      const here = mkdtempSync(join(tmpdir(), 'check-plan-policy-'));
      const policy =
        'version: 1\nnonProduction:\n  addresses: ["Billing*", "Billing/DataNested*/OrdersA9B65338"]\n';
      const git = (...args: string[]): unknown => spawnSync('git', args, { cwd: here });
      git('init', '--quiet');
      writeFileSync(join(here, 'POLICY' in env ? 'elsewhere.yaml' : 'check-plan.yaml'), policy);
      git('add', '.');
      git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--message', 'a policy');
      mkdirSync(join(here, 'app'));
      if ('POLICY' in env && env.POLICY.startsWith('git:')) rmSync(join(here, 'elsewhere.yaml'));
      const inside = 'POLICY' in env ? here : join(here, 'app');
      const { status, output } = run('shop.mjs', inside, { OUT: 'out', NAMED: 'Billing', ...env });
      expect([status, output]).toEqual([0, '']);
      expect(readFileSync(join(inside, 'out/Billing.metadata.json'), 'utf8')).not.toContain(
        'aws:cdk:warning',
      );
    });

    test('fails where the policy cannot be read', () => {
      const { status, output } = run('shop.mjs', cwd, { OUT: 'none', POLICY: 'no-such-file.yaml' });
      expect(status).not.toBe(0);
      expect(output).toContain('the policy no-such-file.yaml cannot be read');
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
