import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type S3Server, startS3 } from '../adapters/aws/s3-server.ts';
import { data, inState, missingTerraform, planned, runCommand } from '../end-to-end/apply-run.ts';
import { atTerminal, signIn, writePolicy } from '../end-to-end/apply-signed.ts';
import { removeFolder, TERRAFORM_ENV } from '../end-to-end/terraform-scenario.ts';

const SECRETS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/** A sign-off that permits one apply is used for two: one after the other, and at the same moment by two runners. */
describe.skipIf(missingTerraform)(
  `a record is used twice${missingTerraform ? ' (SKIPPED: terraform is missing)' : ''}`,
  () => {
    const folders: string[] = [];
    let s3: S3Server | null = null;
    afterEach(async () => {
      for (const folder of folders.splice(0)) removeFolder(folder);
      await s3?.close();
      s3 = null;
    });

    /** A folder with a signed plan, and a second runner with the same plan, state and store. */
    const scene = async (more: string): Promise<readonly [string, string]> => {
      const { folder } = await planned('version: 1\n', data('new'), data('old'));
      writePolicy(folder, more);
      const second = mkdtempSync(join(tmpdir(), 'check-plan-second-'));
      folders.push(folder, second);
      return [folder, second];
    };
    const signed = async (folder: string, second: string): Promise<void> => {
      const { exitCode, stderr } = await signIn(folder, 'alice');
      if (exitCode !== 0) throw new Error(stderr);
      cpSync(folder, second, { recursive: true });
    };

    test('one after the other: the second apply is not allowed, and it is said who used it', async () => {
      const [folder] = await scene('  singleUse: true\n');
      await signIn(folder, 'alice');
      expect((await runCommand(folder, ['apply', 'tfplan'])).exitCode).toBe(0);
      expect(inState(folder)).toBe('new');
      execFileSync('terraform', ['plan', '-input=false', '-out=again', '-replace=terraform_data.main'], {
        cwd: folder,
        env: TERRAFORM_ENV,
      });
      const again = await runCommand(folder, ['tfplan']);
      expect(again.exitCode).toBe(3);
      expect(again.stdout).toContain('it was used up, and the policy lets it be used once');
    });

    test('at the same moment through a store in S3: one applies, the other does not', async () => {
      s3 = await startS3();
      Object.assign(process.env, SECRETS);
      const [folder, second] = await scene(`  singleUse: true\n  store: ${s3.place()}\n`);
      await signed(folder, second);
      const ran = await Promise.all(
        [folder, second].map((cwd) => runCommand(cwd, ['apply', 'tfplan'], SECRETS)),
      );
      // The other one finds it used when it judges (3), or when it wants to use it (1).
      expect(ran.filter(({ exitCode }) => exitCode === 0)).toHaveLength(1);
      expect(ran.filter(({ exitCode }) => exitCode === 1 || exitCode === 3)).toHaveLength(1);
      expect([folder, second].map(inState).sort()).toEqual(['new', 'old']);
      for (const name of Object.keys(SECRETS)) delete process.env[name];
    });

    test('by taking the records to a store where nobody has used them: the policy names the store', async () => {
      const [folder] = await scene('  singleUse: true\n  store: .check-plan/sign-offs\n');
      await signIn(folder, 'alice');
      cpSync(join(folder, '.check-plan/sign-offs'), join(folder, 'copy'), { recursive: true });
      expect((await runCommand(folder, ['apply', 'tfplan'])).exitCode).toBe(0);
      const { exitCode, stderr } = await runCommand(folder, ['apply', 'tfplan', '--store', 'copy']);
      expect(exitCode).toBe(64);
      expect(stderr).toContain('the policy has the records in');
    });

    test('by deleting the mark: the log still tells of the apply', async () => {
      const [folder] = await scene('  singleUse: true\n');
      await signIn(folder, 'alice');
      await runCommand(folder, ['apply', 'tfplan']);
      const store = join(folder, '.check-plan/sign-offs');
      expect(readdirSync(join(store, 'used'))).toHaveLength(1);
      rmSync(join(store, 'used'), { recursive: true });
      const { stdout } = await atTerminal(folder, ['audit']);
      expect(stdout).toMatch(/begun[\s\S]*sign-off by alice/);
    });
  },
);
