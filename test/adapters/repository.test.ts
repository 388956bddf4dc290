import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mayHoldRepository, repositoryOf } from '../../src/adapters/repository.ts';
import { ENV, repository, temporaryFolder } from './repository.ts';

test('the top of the work tree is found from below', async () => {
  const made = repository();
  made.write('ops/file', '');
  const found = await repositoryOf({ cwd: join(made.cwd, 'ops'), env: ENV });
  expect(found).toEqual({ is: 'work-tree', top: realpathSync(made.cwd), isShallow: false });
});

test.each([
  ['outside of every repository', () => temporaryFolder(), ENV],
  ['in a bare one', () => repository('init', '--quiet', '--bare', '.').cwd, ENV],
  ['in the folder of git itself', () => join(repository().cwd, '.git'), ENV],
  ['without git', () => repository().cwd, { ...ENV, PATH: '/nowhere' }],
])('%s there is none', async (_, folder, env) => {
  expect(await repositoryOf({ cwd: folder(), env })).toEqual({ is: 'none' });
});

test('what git refuses is not taken for nothing', async () => {
  const { cwd, git } = repository();
  git('config', 'core.repositoryformatversion', '9');
  expect((await repositoryOf({ cwd, env: ENV })).is).toBe('refused');
});

test.each([
  ['a folder that says so', {}, true],
  ['the environment', { GIT_DIR: '/somewhere/.git' }, true],
])('git is asked because of %s', (what, env, may) => {
  const cwd = what === 'the environment' ? temporaryFolder() : repository().cwd;
  expect(mayHoldRepository({ cwd, env })).toBe(may);
});

test('git is not asked where nothing above is a repository', () => {
  expect(mayHoldRepository({ cwd: temporaryFolder(), env: {} })).toBe(false);
});
