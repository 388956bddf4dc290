import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  data,
  inState,
  missingTerraform,
  planned,
  runCommand,
  STRICT_POLICY,
} from '../end-to-end/apply-run.ts';
import { atTerminal, keyOf, signIn, writePolicy } from '../end-to-end/apply-signed.ts';
import { removeFolder, TERRAFORM_ENV } from '../end-to-end/terraform-scenario.ts';

/** A harmless JSON is shown around, and the saved plan that is applied is another one. */
describe.skipIf(missingTerraform)(
  `a JSON that does not belong to the plan${missingTerraform ? ' (SKIPPED: terraform is missing)' : ''}`,
  () => {
    const folders: string[] = [];
    afterEach(() => {
      for (const folder of folders.splice(0)) removeFolder(folder);
    });

    /** A folder with a destructive tfplan, and a plan.json of a plan that changes nothing. */
    const scene = async (policy = STRICT_POLICY): Promise<string> => {
      const { folder } = await planned(policy, data('new'), data('old'));
      folders.push(folder);
      const configuration = readFileSync(join(folder, 'main.tf'), 'utf8');
      writeFileSync(join(folder, 'main.tf'), data('old'));
      const run = (...args: readonly string[]): Buffer =>
        execFileSync('terraform', args, { cwd: folder, env: TERRAFORM_ENV });
      run('plan', '-input=false', '-out=harmless');
      writeFileSync(join(folder, 'plan.json'), run('show', '-json', 'harmless'));
      writeFileSync(join(folder, 'main.tf'), configuration);
      return folder;
    };

    test('the JSON is allowed, the plan is not, and only the plan can be applied', async () => {
      const folder = await scene();
      expect((await runCommand(folder, ['plan.json'])).exitCode).toBe(0);
      expect((await runCommand(folder, ['apply', 'tfplan'])).exitCode).toBe(3);
      expect((await runCommand(folder, ['apply', 'plan.json'])).exitCode).toBe(1);
      expect(inState(folder)).toBe('old');
    });

    test('in a folder with both, the plan is judged and the JSON of its name is not', async () => {
      const folder = await scene();
      copyFileSync(join(folder, 'plan.json'), join(folder, 'tfplan.json'));
      const { exitCode } = await runCommand(folder, ['.']);
      expect(exitCode).toBe(3);
    });

    test('a signature for what the JSON says permits nothing of what the plan does', async () => {
      const folder = await scene();
      writePolicy(folder);
      writeFileSync(
        join(folder, 'plan.json'),
        execFileSync('terraform', ['show', '-json', 'tfplan'], { cwd: folder, env: TERRAFORM_ENV })
          .toString()
          .replaceAll('terraform_data.main', 'terraform_data.other')
          .replaceAll('"name":"main"', '"name":"other"'),
      );
      const signed = await atTerminal(folder, ['sign', 'plan.json', '--key', keyOf('alice')]);
      expect(signed.exitCode, signed.stderr).toBe(0);
      expect((await runCommand(folder, ['apply', 'tfplan'])).exitCode).toBe(3);
      expect(inState(folder)).toBe('old');
      expect((await signIn(folder, 'alice')).exitCode).toBe(0);
      expect((await runCommand(folder, ['apply', 'tfplan'])).exitCode).toBe(0);
      expect(inState(folder)).toBe('new');
    });
  },
);
