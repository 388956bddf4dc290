import { copyFileSync, linkSync, mkdirSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  data,
  inState,
  missingTerraform,
  planned,
  REAL_TERRAFORM,
  runCommand,
  STRICT_POLICY,
  wrapper,
} from '../end-to-end/apply-run.ts';
import { play, removeFolder } from '../end-to-end/terraform-scenario.ts';

/**
 * The harmless plan is judged, and another one lies under its name before it is applied. The swap is made by the
 * program that is started in terraform's place, at the one moment that is sure to lie between the two.
 */
describe.skipIf(missingTerraform)(
  `the plan is swapped after it was judged${missingTerraform ? ' (SKIPPED: terraform is missing)' : ''}`,
  () => {
    const folders: string[] = [];
    afterEach(() => {
      for (const folder of folders.splice(0)) removeFolder(folder);
    });

    /** A folder with a harmless plan and, as `evil`, one that recreates what is there. */
    const scene = async () => {
      const made = await planned(STRICT_POLICY, `${data('old')}\noutput "o" {\n value = 1\n}\n`, data('old'));
      const evil = await play({ name: 'evil', before: data('old'), after: data('evil') });
      folders.push(made.folder, evil.folder);
      return { ...made, evil: join(evil.folder, evil.plan) };
    };

    test('by another file under the same name: the one that was judged is applied', async () => {
      const { folder, planFile, evil } = await scene();
      const program = wrapper(`[ "$1" = show ] && cp ${evil} ${planFile}`);
      const { exitCode } = await runCommand(folder, ['apply', 'tfplan', '--terraform', program]);
      expect({ exitCode, state: inState(folder) }).toEqual({ exitCode: 0, state: 'old' });
    });

    test('by a symbolic link that is turned round', async () => {
      const { folder, planFile, evil } = await scene();
      const link = join(folder, 'current');
      symlinkSync(planFile, link);
      const program = wrapper(`[ "$1" = show ] && ln -sfn ${evil} ${link}`);
      const { exitCode } = await runCommand(folder, ['apply', 'current', '--terraform', program]);
      expect({ exitCode, state: inState(folder) }).toEqual({ exitCode: 0, state: 'old' });
    });

    test('through a hard link to the file that was named', async () => {
      const { folder, planFile, evil } = await scene();
      const other = join(folder, 'hard');
      linkSync(planFile, other);
      const program = wrapper(`[ "$1" = show ] && cat ${evil} > ${other}`);
      const { exitCode } = await runCommand(folder, ['apply', 'tfplan', '--terraform', program]);
      expect({ exitCode, state: inState(folder) }).toEqual({ exitCode: 0, state: 'old' });
    });

    test('by writing into the very copy that was judged: nothing is applied', async () => {
      const { folder, evil } = await scene();
      const program = wrapper(
        'for last; do :; done; [ "$1" = show ] && { ' +
          `${REAL_TERRAFORM} "$@"; code=$?; chmod u+w "$last"; cat ${evil} > "$last"; exit $code; }`,
      );
      const { exitCode, stderr } = await runCommand(folder, ['apply', 'tfplan', '--terraform', program]);
      expect({ exitCode, state: inState(folder) }).toEqual({ exitCode: 1, state: 'old' });
      expect(stderr).toContain('the copy of the plan that was judged has been changed');
    });

    test('by another program under the name of terraform: nothing is applied', async () => {
      const { folder } = await scene();
      const program = wrapper(
        `[ "$1" = show ] && { ${REAL_TERRAFORM} "$@"; code=$?; printf '#!/bin/sh\\ntouch ran\\n' > "$0"; exit $code; }`,
      );
      const { exitCode, stderr } = await runCommand(folder, ['apply', 'tfplan', '--terraform', program]);
      expect(exitCode).toBe(1);
      expect(stderr).toContain('has been exchanged');
      expect(inState(folder)).toBe('old');
    });

    test('through a folder for temporary files that others may write to', async () => {
      const { folder, evil } = await scene();
      const temporary = join(folder, 'tmp');
      mkdirSync(temporary, { mode: 0o777 });
      const program = wrapper(`[ "$1" = show ] && find ${temporary} -type f -exec cp ${evil} {} \\; ; true`);
      const { exitCode } = await runCommand(folder, ['apply', 'tfplan', '--terraform', program], {
        TMPDIR: temporary,
      });
      expect({ exitCode, state: inState(folder) }).toEqual({ exitCode: 0, state: 'old' });
    });

    test('and a swap before the judgement is judged', async () => {
      const { folder, planFile, evil } = await scene();
      unlinkSync(planFile);
      copyFileSync(evil, planFile);
      expect((await runCommand(folder, ['apply', 'tfplan'])).exitCode).toBe(3);
      expect(inState(folder)).toBe('old');
    });
  },
);
