import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { missing, named, scene, withPolicy } from './scene.ts';

/** One person counts for two. */
describe.skipIf(missing)(named('T9 one person signs twice'), () => {
  const TWO =
    'signOff: { required: { critical: { ai: { persons: 2, level: senior } }, high: { ai: { persons: 2, level: senior } } } }\n';

  test('with two keys: one of two is still missing', async () => {
    const here = await scene();
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(here.cwd, 'keys/alice2')]);
    const second = readFileSync(join(here.cwd, 'keys/alice2.pub'), 'utf8')
      .split(' ')
      .slice(0, 2)
      .join(' ')
      .trim();
    withPolicy(here, (yaml) => `${yaml.replace('keys: [', `keys: ["${second}", `)}${TWO}`);
    await here.sign('alice');
    await here.sign('alice2');
    const { exitCode, verdicts, report } = await here.check();
    expect({ exitCode, verdicts }).toEqual({ exitCode: 3, verdicts: ['accepted', 'accepted'] });
    expect(report.reasons[0]).toMatchObject({
      seen: '1 signed: alice',
      says: expect.stringContaining('1 more of level senior or above'),
    });
  });

  test('as two persons of the roster with one key, mail or account: such a roster is none', async () => {
    const here = await scene();
    const [, key = ''] = /keys: \["([^"]+)"\]/.exec(here.read('check-plan.yaml')) ?? [];
    for (const twice of [`keys: ["${key}"]`, 'emails: [Alice@example.dev]'])
      expect(
        await (async () => {
          const other = await scene();
          withPolicy(other, (yaml) =>
            yaml.replace('  persons:\n', `  persons:\n    - { id: eve, level: senior, ${twice} }\n`),
          );
          return other.check();
        })(),
      ).toMatchObject({ exitCode: 1 });
  });

  test('for two teams: a person stands for one of theirs', async () => {
    const here = await scene();
    const teams =
      'signOff: { required: { critical: { ai: { persons: 2, level: mid, teams: 2 } }, high: { ai: none } } }\n';
    withPolicy(
      here,
      (yaml) =>
        `${yaml.replace('id: alice\n', 'id: alice\n      teams: [core, payments]\n').replace('id: bob\n', 'id: bob\n      teams: [core]\n')}${teams}`,
    );
    const three = {
      ask: async () =>
        String(
          (await here.check()).report.changeSets[0].changes.filter(
            (c: { needsSignOff: boolean }) => c.needsSignOff,
          ).length,
        ),
    };
    await here.sign('alice', [], three);
    expect((await here.check()).report.reasons[0].says).toContain(
      '1 more of level mid or above, from another team than core',
    );
    await here.sign('bob', [], three);
    expect(await here.check()).toMatchObject({ exitCode: 0, verdicts: ['accepted', 'accepted'] });
  });
});
