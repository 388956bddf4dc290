import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeEnvelope } from '../../src/signoff/envelope.ts';
import { missing, named, scene } from './scene.ts';

describe.skipIf(missing)(named('T12 a signature that was made for something else'), () => {
  test.each(['git', 'file', 'sign-off@check-plan.dev', 'Sign-off@check-plan'])(
    'over the same statement, for %s',
    async (namespace) => {
      const here = await scene();
      here.put(here.forged('alice', () => {}, namespace));
      expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['namespace'] });
    },
  );

  test('that of a commit, with the text of the commit as the statement', async () => {
    const here = await scene();
    const key = join(here.cwd, 'keys/alice');
    here.git(
      '-c',
      'gpg.format=ssh',
      '-c',
      `user.signingKey=${key}`,
      '-c',
      'user.name=A',
      '-c',
      'user.email=a@example.dev',
      'commit',
      '-q',
      '-S',
      '--allow-empty',
      '-m',
      'signed',
    );
    const commit = execFileSync('git', ['cat-file', 'commit', 'HEAD'], { cwd: here.cwd, encoding: 'utf8' });
    const [signature = ''] = /-----BEGIN[\s\S]+?-----END SSH SIGNATURE-----/.exec(commit) ?? [];
    const blob = Buffer.from(signature.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    here.put(
      writeEnvelope(
        Buffer.from(commit.replace(/gpgsig [\s\S]+?-----END SSH SIGNATURE-----\n/, '')),
        '',
        blob,
      ),
    );
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['namespace'] });
  });

  test('under another payload type', async () => {
    const here = await scene();
    here.put(here.forged('alice').toString().replace('application/vnd.in-toto+json', 'application/json'));
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['envelope'] });
  });
});
