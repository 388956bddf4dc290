import { expect, test } from 'vitest';
import { readHistory } from '../../src/adapters/history.ts';
import type { History } from '../../src/authorship/input.ts';
import { ENV, type Repository, repository, temporaryFolder } from './repository.ts';

async function read(at: Repository, part: { range?: string; base?: string } = {}): Promise<History> {
  const history = await readHistory({
    cwd: at.cwd,
    env: ENV,
    range: part.range ?? null,
    base: part.base ?? null,
  });
  if (history === null) throw new Error('there is no history');
  return history;
}

const titles = (history: History): string[] =>
  history.commits.map(({ message }) => message.split('\n')[0] ?? '');

function branched(): Repository {
  const made = repository();
  made.git('checkout', '--quiet', '-b', 'grow');
  made.commit('disk.tf', 'second');
  made.commit('net/vpc.tf', 'third\n\nMade-with: Cursor');
  return made;
}

test('the commits since the main branch, newest first, with who, what and where', async () => {
  const made = branched();
  const history = await read(made);
  expect(history).toMatchObject({ range: 'main..HEAD', complete: true, branch: 'grow', uncovered: [] });
  expect(titles(history)).toEqual(['third', 'second']);
  expect(history.commits[0]).toMatchObject({
    sha: made.git('rev-parse', 'HEAD'),
    author: { name: 'Alice', mail: 'alice@example.dev' },
    message: 'third\n\nMade-with: Cursor\n',
    files: ['net/vpc.tf'],
    notes: [],
  });
});

test('the branch of the remote comes before a local one', async () => {
  const made = branched();
  made.git('update-ref', 'refs/remotes/origin/main', 'HEAD~1');
  expect(await read(made)).toMatchObject({
    range: 'origin/main..HEAD',
    commits: [{ files: ['net/vpc.tf'] }],
  });
});

test.each([
  ['a range', { range: 'HEAD~1..HEAD' }, ['third']],
  ['a range to another tip', { range: 'main..HEAD~1' }, ['second']],
  ['a range with an open end', { range: 'HEAD~1..' }, ['third']],
  ['a base', { base: 'HEAD~1' }, ['third']],
  ['a range before a base', { range: 'main..HEAD', base: 'HEAD~1' }, ['third', 'second']],
])('%s is followed', async (_, part, expected) => {
  const history = await read(branched(), part);
  expect(titles(history)).toEqual(expected);
  expect(history.complete).toBe(true);
});

test.each(['main', 'main...HEAD', '--all..HEAD', 'main..--all', '..HEAD', 'a..b..c', ''])(
  'the range %j is refused',
  async (range) => {
    const nowhere = { cwd: temporaryFolder(), env: ENV, range, base: null };
    await expect(readHistory(nowhere)).rejects.toMatchObject({ code: 'usage' });
  },
);

test.each([
  { base: 'origin/main' },
  { range: 'nowhere..HEAD' },
  { range: 'main..nowhere' },
  { base: '--all' },
])('with %j, which git does not know, nothing is complete', async (part) => {
  const history = await read(branched(), part);
  expect(history.complete).toBe(false);
  expect(history.incompleteBecause).toContain('fetch-depth: 0');
});

test('commits that a merge brought are in the range, and so is the merge', async () => {
  const made = branched();
  made.git('checkout', '--quiet', 'main');
  made.commit('other.tf', 'meanwhile');
  made.git('merge', '--quiet', '--no-ff', '--message', 'merged', 'grow');
  const history = await read(made, { range: 'main~1..HEAD' });
  expect(titles(history).toSorted()).toEqual(['merged', 'second', 'third']);
  expect(history.commits.find(({ message }) => message === 'merged\n')?.files).toEqual([]);
});

test('on the main branch itself the last commit is read, and that this is a guess is said', async () => {
  const made = repository();
  made.commit('disk.tf', 'second');
  const history = await read(made);
  expect(titles(history)).toEqual(['second']);
  expect(history).toMatchObject({ complete: true, branch: 'main' });
  expect(history.uncovered.join()).toContain('--commits');
});

test('a root commit has no parent and all its files', async () => {
  const history = await read(repository());
  expect(history).toMatchObject({ range: 'HEAD', complete: true, commits: [{ files: ['main.tf'] }] });
});

test('a detached head is on no branch', async () => {
  const made = branched();
  made.git('checkout', '--quiet', '--detach');
  expect(await read(made)).toMatchObject({ branch: null, range: 'main..HEAD' });
});

test('a shallow clone is complete only where its edge is outside the range', async () => {
  const origin = branched();
  const clone = (depth: number): Repository =>
    repository('clone', '--quiet', `--depth=${depth}`, '--branch=grow', `file://${origin.cwd}`, '.');
  expect(await read(clone(1))).toMatchObject({ complete: false });
  const cut = await read(clone(1), { range: 'HEAD..HEAD' });
  expect(cut).toMatchObject({ complete: true, commits: [] });
  expect(await read(clone(2), { range: 'HEAD~1..HEAD' })).toMatchObject({ complete: true });
  expect((await read(clone(2))).incompleteBecause).toContain('fetch-depth: 0');
});

test('what is not committed is said: any tracked file, and configuration that is not tracked', async () => {
  const made = branched();
  made.write('plan.json', '{}');
  expect((await read(made)).uncovered).toEqual([]);
  made.write('new disk.tf', '');
  expect((await read(made)).uncovered.join()).toContain('new disk.tf');
  made.write('disk.tf', 'other');
  expect((await read(made)).uncovered.join()).toContain('and 1 more');
});

test('notes of the known kinds come with their commit, whatever they hold', async () => {
  const made = branched();
  made.git('notes', '--ref=ai', 'add', '--message', 'main.tf\n  h_1 2\n---\n{}', 'HEAD');
  made.git('notes', '--ref=ai-attribution', 'add', '--message', '{"ü":1}', 'HEAD');
  made.git('notes', '--ref=ai', 'add', '--message', 'other', 'HEAD~1');
  made.git('notes', '--ref=ai', 'add', '--message', 'outside', 'main');
  const [newest, older] = (await read(made)).commits;
  expect(newest?.notes).toEqual([
    { ref: 'refs/notes/ai', text: 'main.tf\n  h_1 2\n---\n{}\n' },
    { ref: 'refs/notes/ai-attribution', text: '{"ü":1}\n' },
  ]);
  expect(older?.notes.map(({ text }) => text)).toEqual(['other\n']);
});

test('settings of the repository and a mailmap do not change what is read', async () => {
  const made = branched();
  made.write('.mailmap', 'Bob <bob@example.dev> <alice@example.dev>\n');
  made.git('add', '--all');
  made.git('commit', '--quiet', '--message', 'fourth');
  const settings = {
    'log.mailmap': 'true',
    'log.showSignature': 'true',
    'log.showRoot': 'false',
    'diff.relative': 'true',
    'diff.renames': 'copies',
    'color.ui': 'always',
    'format.pretty': 'oneline',
    'core.fsmonitor': '/nowhere/at/all',
  };
  for (const [name, value] of Object.entries(settings)) made.git('config', name, value);
  made.git('mv', 'disk.tf', 'size.tf');
  made.git('commit', '--quiet', '--message', 'fifth');
  const history = await read(made);
  expect(titles(history)).toEqual(['fifth', 'fourth', 'third', 'second']);
  expect(history.commits[0]).toMatchObject({ author: { name: 'Alice' }, files: ['disk.tf', 'size.tf'] });
});

test('a replaced commit is read as it is', async () => {
  const made = branched();
  const harmless = made.git('commit-tree', '-p', 'HEAD~1', '-m', 'harmless', 'HEAD^{tree}');
  made.git('replace', made.git('rev-parse', 'HEAD'), harmless);
  expect(titles(await read(made))).toEqual(['third', 'second']);
});

test('a file that is named like a commit is still a file', async () => {
  const made = branched();
  const older = made.git('rev-parse', 'HEAD');
  made.commit(older, 'fourth');
  expect((await read(made)).commits.map(({ files }) => files)).toEqual([
    [older],
    ['net/vpc.tf'],
    ['disk.tf'],
  ]);
});

test('where there is no repository, no work tree or no git, there is no history', async () => {
  const nowhere = { cwd: temporaryFolder(), env: ENV, range: null, base: null };
  expect(await readHistory(nowhere)).toBeNull();
  expect(await readHistory({ ...nowhere, cwd: repository('init', '--quiet', '--bare', '.').cwd })).toBeNull();
  expect(await readHistory({ ...nowhere, env: { ...ENV, PATH: '/nowhere' } })).toBeNull();
});

test('a repository without a commit is incomplete', async () => {
  expect(await read(repository('init', '--quiet', '.'))).toMatchObject({ complete: false, commits: [] });
});
