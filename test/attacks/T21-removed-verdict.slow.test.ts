import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { missing, named, scene } from './scene.ts';

/** What speaks against a plan is taken away. Only what speaks for it counts, so nothing is won by that. */
describe.skipIf(missing)(named('T21 a verdict is removed'), () => {
  test('a refused record that is deleted leaves nothing that permits', async () => {
    const here = await scene();
    here.put(here.forged('mallory'));
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['roster-key'] });
    rmSync(join(here.cwd, '.check-plan'), { recursive: true });
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: [] });
  });

  test('a marker in the repository that says approved is nothing: only a signature is', async () => {
    const here = await scene();
    for (const marker of ['{"approved":true}', '{"decision":"allowed","exitCode":0}', 'approved']) {
      here.put(marker);
      const { exitCode, verdicts } = await here.check();
      expect({ exitCode, accepted: verdicts.includes('accepted') }).toEqual({ exitCode: 3, accepted: false });
    }
  });

  test('without the marks of the agent the commits are of unknown authorship, which asks for the same', async () => {
    const here = await scene();
    here.git(
      '-c',
      'user.name=Carol',
      '-c',
      'user.email=carol@example.dev',
      'commit',
      '-q',
      '--amend',
      '-m',
      'Recreate the environment',
    );
    const { exitCode, report } = await here.check();
    expect({ exitCode, is: report.authorship.is }).toEqual({ exitCode: 3, is: 'unknown' });
  });
});
