import { describe, expect, test } from 'vitest';
import { missing, named, scene, withPolicy } from './scene.ts';

/** Whoever made the change, or had it made, approves it. */
describe.skipIf(missing)(named('T4 the author approves'), () => {
  test('with the key of their own', async () => {
    const here = await scene();
    expect((await here.sign('carol')).exitCode).toBe(1);
    here.put(
      here.forged('carol', (s) => {
        s.predicate.approver = 'carol';
      }),
    );
    const { exitCode, verdicts, report } = await here.check();
    expect({ exitCode, verdicts }).toEqual({ exitCode: 3, verdicts: ['not-a-hand'] });
    expect(report.signOffs[0].steps.at(-1).says).toContain('carol is the author (mail:carol@example.dev)');
  });

  test('who only asked the agent, or started the run', async () => {
    const here = await scene();
    here.put(here.forged('alice'));
    const asked = { GITHUB_ACTIONS: 'true', GITHUB_ACTOR: 'Alice-GH', GITHUB_TRIGGERING_ACTOR: 'Alice-GH' };
    withPolicy(here, (yaml) =>
      yaml.replace(
        'emails: [alice@example.dev]',
        'emails: [alice@example.dev]\n      accounts: ["github:alice-gh"]',
      ),
    );
    here.git('checkout', '-q', 'main');
    here.git('-c', 'user.name=x', '-c', 'user.email=x@example.dev', 'commit', '-qam', 'accounts');
    here.git('update-ref', 'refs/remotes/origin/main', 'main');
    here.git('checkout', '-q', 'clean-environment');
    const { exitCode, verdicts } = await here.check([], { env: { PATH: process.env['PATH'], ...asked } });
    expect({ exitCode, verdicts }).toEqual({ exitCode: 3, verdicts: ['not-a-hand'] });
  });

  test('as a co-author under another case of the address', async () => {
    const here = await scene();
    here.git(
      '-c',
      'user.name=Bot',
      '-c',
      'user.email=bot@example.dev',
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      'x\n\nCo-authored-by: A <ALICE@Example.dev>',
    );
    here.put(here.forged('alice'));
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['not-a-hand'] });
  });

  test('from a shallow clone, which hides who wrote it', async () => {
    const here = await scene();
    here.put(here.forged('alice'));
    const { exitCode, verdicts } = await here.check(['--commits', 'no-such-base..HEAD']);
    expect(exitCode).not.toBe(0);
    expect(verdicts).not.toContain('accepted');
  });

  test('by saying that it is their own, where the policy does not allow that, and where others could sign', async () => {
    const here = await scene();
    const own = here.forged('carol', (s) => {
      Object.assign(s.predicate, { approver: 'carol', selfSignOff: true });
    });
    here.put(own);
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['not-a-hand'] });
    withPolicy(here, (yaml) => `${yaml}signOff: { selfSignOff: { waitHours: 1 } }\n`);
    const later = { now: () => Date.parse('2026-11-22T19:00:00Z') };
    const { exitCode, verdicts, report } = await here.check([], later);
    expect({ exitCode, verdicts }).toEqual({ exitCode: 3, verdicts: ['not-a-hand'] });
    expect(report.signOffs[0].steps.at(-1).says).toContain('alice could sign it');
  });
});
