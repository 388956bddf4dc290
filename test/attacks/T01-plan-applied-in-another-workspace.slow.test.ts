import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  data,
  inState,
  missingTerraform,
  OPEN_POLICY,
  planned,
  runCommand,
} from '../end-to-end/apply-run.ts';
import { removeFolder, TERRAFORM_ENV } from '../end-to-end/terraform-scenario.ts';

/**
 * Terraform applies a saved plan in the workspace that is selected when it is applied, and not in the one that it was
 * made in: what was judged and signed for one would happen to the other.
 */
describe.skipIf(missingTerraform)(
  `a plan is taken to another workspace${missingTerraform ? ' (SKIPPED: terraform is missing)' : ''}`,
  () => {
    const folders: string[] = [];
    afterEach(() => {
      for (const folder of folders.splice(0)) removeFolder(folder);
    });
    const scene = async (): Promise<string> => {
      const { folder } = await planned(OPEN_POLICY, data('new'));
      folders.push(folder);
      return folder;
    };
    const stateOf = (folder: string, workspace: string): string =>
      join(folder, 'terraform.tfstate.d', workspace, 'terraform.tfstate');

    test('by TF_WORKSPACE: refused, and it is said which is which', async () => {
      const folder = await scene();
      const { exitCode, stderr } = await runCommand(folder, ['apply', 'tfplan'], { TF_WORKSPACE: 'staging' });
      expect(exitCode).toBe(1);
      expect(stderr).toContain('was made in the workspace "default"');
      expect(existsSync(stateOf(folder, 'staging'))).toBe(false);
    });

    test('by --workspace: the check refuses it too', async () => {
      const folder = await scene();
      expect((await runCommand(folder, ['tfplan', '--workspace', 'staging'])).exitCode).toBe(1);
    });

    test('by selecting another before the apply: it is applied where it was made', async () => {
      const folder = await scene();
      execFileSync('terraform', ['workspace', 'new', 'staging'], { cwd: folder, env: TERRAFORM_ENV });
      expect(readFileSync(join(folder, '.terraform/environment'), 'utf8')).toBe('staging');
      expect((await runCommand(folder, ['apply', 'tfplan'])).exitCode).toBe(0);
      expect(inState(folder)).toBe('new');
      expect(existsSync(stateOf(folder, 'staging'))).toBe(false);
    });
  },
);
