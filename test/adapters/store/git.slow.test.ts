import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gitStore } from '../../../src/adapters/store/git.ts';
import { ENV, repository, temporaryFolder } from '../repository.ts';
import { keepsTheLaws, letsOneWin } from './laws.ts';

const PLACE = 'git:refs/check-plan/sign-offs';
const opened =
  (cwd: string, place = PLACE) =>
  () =>
    gitStore(place, { cwd, env: ENV });

/** A bare repository, and clones of it as two runners have them. */
function remote() {
  const first = repository();
  const bare = join(temporaryFolder(), 'remote.git');
  execFileSync('git', ['clone', '--quiet', '--bare', first.cwd, bare], { env: ENV, stdio: 'ignore' });
  const clone = () => {
    const folder = join(temporaryFolder(), 'clone');
    execFileSync('git', ['clone', '--quiet', bare, folder], { env: ENV, stdio: 'ignore' });
    return folder;
  };
  return { bare, clone };
}

const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd, env: ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

test('without a remote it keeps the laws of a store, and touches no branch and no file', async () => {
  const { cwd, git: run } = repository();
  const before = [run('rev-parse', 'HEAD'), run('status', '--porcelain'), run('branch', '--all')];
  await keepsTheLaws(opened(cwd));
  expect([run('rev-parse', 'HEAD'), run('status', '--porcelain'), run('branch', '--all')]).toEqual(before);
});

test('with a remote two runners see the same, and neither their branches nor the remote’s get a commit', async () => {
  const { bare, clone } = remote();
  const [one, two] = [clone(), clone()];
  let turn = 0;
  const before = git(bare, 'for-each-ref', 'refs/heads');
  await keepsTheLaws(() => {
    turn += 1;
    return opened(turn % 2 === 0 ? one : two)();
  });
  expect(git(bare, 'for-each-ref', 'refs/heads')).toBe(before);
});

test('of many who put the same name at the same remote one wins', async () => {
  const { clone } = remote();
  const clones = [clone(), clone(), clone(), clone()];
  let turn = 0;
  await letsOneWin(() => opened(clones[turn++ % clones.length] ?? '')(), clones.length);
});

test('of many in one repository one wins', () => letsOneWin(opened(repository().cwd), 4));

test('different names at once are all kept', async () => {
  const { clone } = remote();
  const stores = await Promise.all([clone(), clone(), clone()].map((cwd) => opened(cwd)()));
  const put = await Promise.all(
    stores.map((store, index) => store.put(`n${index}.json`, Buffer.from(String(index)))),
  );
  expect(put).toEqual([true, true, true]);
  expect(await (await opened(clone())()).list('')).toEqual(['n0.json', 'n1.json', 'n2.json']);
});

test('a remote whose ref was wound back is no store any more for who saw it', async () => {
  const { bare, clone } = remote();
  const runner = clone();
  const store = await opened(runner)();
  await store.put('a.json', Buffer.from('a'));
  const early = git(bare, 'rev-parse', 'refs/check-plan/sign-offs');
  await store.put('b.json', Buffer.from('b'));
  git(bare, 'update-ref', 'refs/check-plan/sign-offs', early);
  const again = await opened(runner)();
  await expect(again.list('')).rejects.toMatchObject({ code: 'store-failed' });
});

test('a remote that cannot be reached is an error, and not an empty store', async () => {
  const { clone } = remote();
  const runner = clone();
  git(runner, 'remote', 'set-url', 'origin', '/nowhere/at/all');
  await expect((await opened(runner)()).list('')).rejects.toMatchObject({ code: 'store-failed' });
});

test.each([
  'git:refs/heads/main',
  'git:refs/tags/v1',
  'git:main',
  'git:refs/a..b',
  'git:--upload-pack=x:refs/x',
  'git:refs/x.lock',
])('%s is no place for a store', async (place) => {
  await expect(gitStore(place, { cwd: temporaryFolder(), env: ENV })).rejects.toMatchObject({
    code: 'usage',
  });
});
