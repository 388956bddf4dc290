import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import {
  data,
  inState,
  missingTerraform,
  OPEN_POLICY,
  planned,
  runCommand,
  STRICT_POLICY,
  start,
} from './apply-run.ts';
import { removeFolder } from './terraform-scenario.ts';

describe.skipIf(missingTerraform)(
  `check-plan apply${missingTerraform ? ' (SKIPPED: terraform is missing)' : ''}`,
  () => {
    const folders: string[] = [];
    const scene = async (...of: Parameters<typeof planned>) => {
      const made = await planned(...of);
      folders.push(made.folder);
      return made;
    };
    afterEach(() => {
      for (const folder of folders.splice(0)) removeFolder(folder);
    });

    test('what is allowed is applied; its output is terraform’s, the report goes to the standard error', async () => {
      const { folder } = await scene(OPEN_POLICY, data('new'), data('old'));
      const { exitCode, stdout, stderr } = await runCommand(folder, ['apply', 'tfplan']);
      expect({ exitCode, state: inState(folder) }).toEqual({ exitCode: 0, state: 'new' });
      expect(stdout).toContain('terraform_data.main: Destroying');
      expect(stderr).toContain('terraform_data.main');
      expect(stderr).toContain('check-plan: terraform apply ended with 0');
    });

    test('what is not allowed is not applied', async () => {
      const { folder } = await scene(STRICT_POLICY, data('new'), data('old'));
      const { exitCode, stdout, stderr } = await runCommand(folder, ['apply', 'tfplan']);
      expect({ exitCode, stdout, state: inState(folder) }).toEqual({ exitCode: 3, stdout: '', state: 'old' });
      expect(stderr).toContain('nothing was applied');
    });

    test('arguments that are harmless go on to terraform', async () => {
      const { folder } = await scene(OPEN_POLICY, data('new'));
      const args = ['apply', 'tfplan', '--quiet', '--', '-json', '-parallelism=1', '-auto-approve'];
      const { exitCode, stdout } = await runCommand(folder, args);
      expect(exitCode).toBe(0);
      for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('@level');
    });

    test.each([
      [['-destroy'], {}],
      [['-target=terraform_data.main'], {}],
      [['-state=other.tfstate'], {}],
      [['tfplan'], {}],
      [[], { TF_CLI_ARGS: '-destroy' }],
      [[], { TF_CLI_ARGS_apply: '-state=other.tfstate' }],
      [[], { TF_REATTACH_PROVIDERS: '{}' }],
    ])('%j with %j changes what is applied, and is refused before anything runs', async (args, env) => {
      const { folder } = await scene(OPEN_POLICY, data('new'), data('old'));
      const { exitCode, stdout } = await runCommand(folder, ['apply', 'tfplan', '--', ...args], env);
      expect({ exitCode, stdout, state: inState(folder) }).toEqual({
        exitCode: 64,
        stdout: '',
        state: 'old',
      });
    });

    test('an apply that fails has an exit code of its own', async () => {
      const { folder } = await scene(OPEN_POLICY, data('new'), data('old'));
      expect((await runCommand(folder, ['apply', 'tfplan'])).exitCode).toBe(0);
      const again = await runCommand(folder, ['apply', 'tfplan']);
      expect(again.exitCode).toBe(4);
      expect(again.stderr).toContain('Saved plan is stale');
    });

    test('JSON is judged, and never applied', async () => {
      const { folder } = await scene(OPEN_POLICY, data('new'));
      writeFileSync(join(folder, 'plan.json'), '{"format_version":"1.2"}');
      const { exitCode, stderr } = await runCommand(folder, ['apply', 'plan.json']);
      expect({ exitCode, state: inState(folder) }).toEqual({ exitCode: 1, state: null });
      expect(stderr).toContain('not a saved plan');
    });

    test('a link to a plan is as good as the plan', async () => {
      const { folder, planFile } = await scene(OPEN_POLICY, data('new'));
      symlinkSync(planFile, join(folder, 'link'));
      expect((await runCommand(folder, ['apply', 'link'])).exitCode).toBe(0);
      expect(inState(folder)).toBe('new');
    });

    const SLOW_STEP = 'provisioner "local-exec" {\n command = "echo begun; sleep 60"\n }';

    test('a signal asks terraform to end, which does so in good order and keeps what it has', async () => {
      const { folder } = await scene(OPEN_POLICY, data('new', SLOW_STEP));
      const { child, seen, ended } = start(folder, ['apply', 'tfplan']);
      while (!seen().includes('begun')) await wait(50);
      child.kill('SIGINT');
      const { exitCode, stdout, stderr } = await ended;
      expect(exitCode).toBe(4);
      expect(stdout + stderr).toMatch(/Interrupt received|execution halted|signal: /);
      expect(inState(folder)).toBe('new');
    });

    test('killed while terraform runs, it leaves no plan behind', async () => {
      const { folder } = await scene(
        OPEN_POLICY,
        data('new', 'provisioner "local-exec" {\n command = "echo begun; sleep 2"\n }'),
      );
      const { child, seen, ended } = start(folder, ['apply', 'tfplan'], { TMPDIR: folder });
      while (!seen().includes('begun')) await wait(50);
      child.kill('SIGKILL');
      await ended;
      expect(readdirSync(folder).filter((name) => name.startsWith('check-plan-'))).toEqual([]);
    });
  },
);
