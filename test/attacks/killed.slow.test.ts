import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import {
  data,
  inState,
  missingTerraform,
  planned,
  REAL_TERRAFORM,
  runCommand,
  wrapper,
} from '../end-to-end/apply-run.ts';
import { atTerminal, signIn, writePolicy } from '../end-to-end/apply-signed.ts';
import { removeFolder } from '../end-to-end/terraform-scenario.ts';

/** kill -9 at each step of an apply, by the program that it starts: nothing half is accepted afterwards. */
describe.skipIf(missingTerraform)(
  `apply is killed${missingTerraform ? ' (SKIPPED: terraform is missing)' : ''}`,
  () => {
    const folders: string[] = [];
    afterEach(() => {
      for (const folder of folders.splice(0)) removeFolder(folder);
    });
    const scene = async (): Promise<string> => {
      const { folder } = await planned('version: 1\n', data('new'), data('old'));
      folders.push(folder);
      writePolicy(folder, '  singleUse: true\n');
      const { exitCode, stderr } = await signIn(folder, 'alice');
      if (exitCode !== 0) throw new Error(stderr);
      return folder;
    };
    const apply = (folder: string, script: string) =>
      runCommand(folder, ['apply', 'tfplan', '--terraform', wrapper(script)], { TMPDIR: folder });
    const leftovers = (folder: string): readonly string[] =>
      readdirSync(folder).filter((name) => name.startsWith('check-plan-'));

    test('while it judges: nothing is used, nothing is left, and it can be done again', async () => {
      const folder = await scene();
      const killed = await apply(folder, '[ "$1" = show ] && kill -9 $PPID');
      expect({ exitCode: killed.exitCode, state: inState(folder) }).toEqual({ exitCode: null, state: 'old' });
      expect(leftovers(folder)).toEqual([]);
      expect((await runCommand(folder, ['apply', 'tfplan'])).exitCode).toBe(0);
      expect(inState(folder)).toBe('new');
    });

    test('when it has begun, before anything changed: the sign-off is used, and the audit finds that there is no end', async () => {
      const folder = await scene();
      const killed = await apply(folder, '[ "$1" = apply ] && { kill -9 $PPID; exit 1; }');
      expect({ exitCode: killed.exitCode, state: inState(folder) }).toEqual({ exitCode: null, state: 'old' });
      expect(leftovers(folder)).toEqual([]);
      expect((await runCommand(folder, ['apply', 'tfplan'])).exitCode).toBe(3);
      expect(inState(folder)).toBe('old');
      const { exitCode, stdout } = await atTerminal(folder, ['audit']);
      expect({ exitCode, stdout }).toMatchObject({
        exitCode: 2,
        stdout: expect.stringMatching(/GAP +the apply of entry 1 .* has no end/),
      });
    });

    test('when all is applied, before it could say so: the same, and it is not applied twice', async () => {
      const folder = await scene();
      const killed = await apply(
        folder,
        `[ "$1" = apply ] && { ${REAL_TERRAFORM} "$@"; kill -9 $PPID; exit 0; }`,
      );
      expect({ exitCode: killed.exitCode, state: inState(folder) }).toEqual({ exitCode: null, state: 'new' });
      expect((await runCommand(folder, ['apply', 'tfplan'])).exitCode).toBe(3);
      expect((await atTerminal(folder, ['audit'])).exitCode).toBe(2);
    });
  },
);
