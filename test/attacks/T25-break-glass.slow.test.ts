import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { data, inState, missingTerraform, planned, runCommand } from '../end-to-end/apply-run.ts';
import { atTerminal, keyOf, signIn, writePolicy } from '../end-to-end/apply-signed.ts';
import { removeFolder } from '../end-to-end/terraform-scenario.ts';

const GLASS = '  breakGlass: { persons: 1, level: mid, reviewHours: 24 }\n';
const REASON = 'the region is burning, nobody else is awake';
const GLASS_STORE = '.check-plan/sign-offs/break-glass';
const DAY = 24 * 3_600_000;

/** The way for emergencies is taken when there is none, by who may not take it, or without anybody looking afterwards. */
describe.skipIf(missingTerraform)(
  `the glass is broken${missingTerraform ? ' (SKIPPED: terraform is missing)' : ''}`,
  () => {
    const folders: string[] = [];
    afterEach(() => {
      for (const folder of folders.splice(0)) removeFolder(folder);
    });
    const scene = async (more: string): Promise<string> => {
      const { folder } = await planned('version: 1\n', data('new'), data('old'));
      folders.push(folder);
      writePolicy(folder, more);
      return folder;
    };

    test('where the policy knows no emergency, nobody can', async () => {
      const folder = await scene('');
      const { exitCode, stderr } = await signIn(folder, 'alice', '--break-glass', REASON);
      expect(exitCode).toBe(1);
      expect(stderr).toContain('the policy knows no emergency');
    });

    test('no flag of apply or of the check breaks it: only a signed record does', async () => {
      const folder = await scene(GLASS);
      expect((await runCommand(folder, ['apply', 'tfplan', '--break-glass', REASON])).exitCode).toBe(64);
      expect((await runCommand(folder, ['tfplan', '--break-glass', REASON])).exitCode).toBe(64);
      expect(inState(folder)).toBe('old');
    });

    test('an agent that runs the command is refused', async () => {
      const folder = await scene(GLASS);
      const { exitCode } = await runCommand(
        folder,
        ['sign', 'tfplan', '--key', keyOf('bob'), '--break-glass', REASON],
        {
          CLAUDECODE: '1',
        },
      );
      expect(exitCode).toBe(1);
    });

    test('a person of the roster can, it is loud everywhere, once, and until it is reviewed', async () => {
      const folder = await scene(GLASS);
      expect((await signIn(folder, 'bob')).exitCode).toBe(1);
      const broken = await signIn(folder, 'bob', '--break-glass', REASON);
      expect(broken.exitCode, broken.stderr).toBe(0);
      const [record = ''] = readdirSync(join(folder, GLASS_STORE));
      const verify = () => runCommand(folder, ['verify', join(GLASS_STORE, record), 'tfplan']);
      const before = await verify();
      expect(before.stdout).toContain('accepted: the glass is broken by bob');
      expect(before.exitCode).toBe(0);
      const applied = await runCommand(folder, ['apply', 'tfplan']);
      expect({ exitCode: applied.exitCode, state: inState(folder) }).toEqual({ exitCode: 0, state: 'new' });
      expect(applied.stderr).toContain('THE GLASS WAS BROKEN');
      expect(applied.stderr).toContain(REASON);
      const after = await verify();
      expect(after.stdout).toMatch(/FAILS {2}unused/);
      expect(after.exitCode).toBe(3);

      const due = await atTerminal(folder, ['audit']);
      expect({ exitCode: due.exitCode, stdout: due.stdout }).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/DUE {5}entry 1 broke the glass/),
      });
      const late = await atTerminal(folder, ['audit'], { now: () => Date.now() + 2 * DAY });
      expect({ exitCode: late.exitCode, stdout: late.stdout }).toMatchObject({
        exitCode: 2,
        stdout: expect.stringContaining('OVERDUE'),
      });
      const own = await atTerminal(folder, ['audit', '--review', '1', '--key', keyOf('bob')]);
      expect(own.exitCode).toBe(1);
      expect(own.stderr).toContain('bob broke the glass');
      const reviewed = await atTerminal(folder, [
        'audit',
        '--review',
        '1',
        '--key',
        keyOf('dora'),
        '--comment',
        'it was right',
      ]);
      expect({ exitCode: reviewed.exitCode, stdout: reviewed.stdout }).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('everything holds'),
      });
      expect((await runCommand(folder, ['tfplan'])).exitCode).toBe(3);
    });

    test('where the policy asks for two persons, one of them breaks nothing, however often', async () => {
      const folder = await scene(GLASS.replace('persons: 1', 'persons: 2'));
      for (const attempt of ['first', 'second']) {
        const broken = await signIn(folder, 'bob', '--break-glass', `${REASON}, ${attempt}`);
        expect(broken.exitCode, broken.stderr).toBe(0);
        expect((await runCommand(folder, ['apply', 'tfplan'])).exitCode).toBe(3);
      }
      expect(inState(folder)).toBe('old');
      expect((await signIn(folder, 'dora', '--break-glass', REASON)).exitCode).toBe(0);
      const applied = await runCommand(folder, ['apply', 'tfplan']);
      expect({ exitCode: applied.exitCode, state: inState(folder) }).toEqual({ exitCode: 0, state: 'new' });
    });

    test('a record that breaks the glass is no sign-off, and a sign-off does not break it', async () => {
      const folder = await scene(GLASS);
      await signIn(folder, 'bob', '--break-glass', REASON);
      const store = join(folder, '.check-plan/sign-offs');
      const [name = ''] = readdirSync(join(store, 'break-glass'));
      renameSync(join(store, 'break-glass', name), join(store, name));
      const { exitCode, stdout } = await runCommand(folder, ['tfplan']);
      expect(exitCode).toBe(3);
      expect(stdout).toContain('not for sign-off@check-plan');
    });
  },
);
