import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gitText, readAtRef, resolveCommit, runGit } from '../../src/adapters/git.ts';
import { ENV, repository, temporaryFolder } from './repository.ts';

const FAILURE = 'authorship-unreadable';

test('an exit code is a result, not an error', async () => {
  const place = { cwd: temporaryFolder(), env: ENV };
  expect(await runGit(['rev-parse', '--git-dir'], place, FAILURE)).toMatchObject({ code: 128 });
  expect(await runGit(['version'], { ...place, env: { PATH: '/nowhere' } }, FAILURE)).toMatchObject({
    code: null,
  });
  await expect(gitText(['rev-parse', '--git-dir'], place, FAILURE)).rejects.toMatchObject({ code: FAILURE });
});

test.each([
  ['main', true],
  ['HEAD', true],
  ['HEAD~1', false],
  ['nowhere', false],
  ['--all', false],
  ['', false],
])('whether %j names a commit: %s', async (ref, known) => {
  const { cwd } = repository();
  expect((await resolveCommit(ref, { cwd, env: ENV }, FAILURE)) !== null).toBe(known);
});

test('a file is read as committed at the ref, not as it lies in the work tree', async () => {
  const made = repository();
  made.write('ops/check-plan.yaml', 'version: 1\n');
  made.git('add', '--all');
  made.git('commit', '--quiet', '--message', 'policy');
  made.write('ops/check-plan.yaml', 'version: 2\n');
  const place = { cwd: join(made.cwd, 'ops'), env: ENV };
  expect(await readAtRef('main', 'ops/check-plan.yaml', place)).toEqual({
    commit: made.git('rev-parse', 'main'),
    text: 'version: 1\n',
  });
});

test('what is missing is named', async () => {
  const made = repository();
  made.write('folder/file', '');
  writeFileSync(join(made.cwd, 'latin1'), Buffer.from([0xe9]));
  symlinkSync('main.tf', join(made.cwd, 'link'));
  made.git('add', '--all');
  made.git('commit', '--quiet', '--message', 'more');
  const place = { cwd: made.cwd, env: ENV };
  const failure = async (ref: string, path: string, at = place): Promise<string> =>
    readAtRef(ref, path, at).then(
      () => 'read',
      (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
    );
  expect(await failure('nowhere', 'main.tf')).toMatch(/^policy-unreadable: .*no commit 'nowhere'/);
  expect(await readAtRef('main', 'no.yaml', place)).toBeNull();
  expect(await readAtRef('main', '*.tf', place)).toBeNull();
  expect(await failure('main', 'latin1')).toMatch(/not UTF-8/);
  expect(await failure('main', 'folder')).toMatch(/not a regular file/);
  expect(await failure('main', 'link')).toMatch(/not a regular file/);
  expect(await failure('--all', 'main.tf')).toMatch(/^policy-unreadable: '--all' is not a git ref/);
  expect(await failure('main', 'main.tf', { ...place, cwd: temporaryFolder() })).toMatch(
    /not a git repository/,
  );
  expect(await failure('main', 'main.tf', { ...place, env: { PATH: '/nowhere' } })).toMatch(
    /could not be started/,
  );
});
