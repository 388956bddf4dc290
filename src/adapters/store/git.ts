import { setTimeout as wait } from 'node:timers/promises';
import { CheckError } from '../../model/error.ts';
import { firstLine, type GitPlace, type GitResult, runGit } from '../git.ts';
import { PIECE_LIMIT, refuseName, type Store, storeFailed } from './store.ts';

/**
 * A ref that no branch is: each put is a commit on it whose tree has one file more. Where the repository has the remote,
 * its ref is the truth, and a put counts once the remote has taken it; the remote takes only what follows on what it
 * has. `git:refs/check-plan/sign-offs` is that of `origin`, where there is one; `git:REMOTE:refs/…` names another, and
 * `git:.:refs/…` none.
 */
export async function gitStore(place: string, at: GitPlace): Promise<Store> {
  const [, remoteGiven, ref] = /^git:(?:([A-Za-z0-9._-]+):)?(refs\/[A-Za-z0-9._/-]+)$/.exec(place) ?? [];
  if (
    ref === undefined ||
    /^refs\/(heads|tags|remotes)\//.test(ref) ||
    /\.\.|\.lock(\/|$)|\/\/|\/$|\/\./.test(ref)
  ) {
    throw new CheckError(
      'usage',
      `${place} names no ref that could be a store`,
      'write git:refs/check-plan/sign-offs; a branch is none, since its commits are under review',
    );
  }
  const git = (args: readonly string[], input = '', env: GitPlace['env'] = {}): Promise<GitResult> =>
    runGit(args, { cwd: at.cwd, env: { ...at.env, ...IDENTITY, ...env } }, 'store-failed', input);
  const must = async (args: readonly string[], input = ''): Promise<string> => {
    const { code, stdout, stderr } = await git(args, input);
    if (code !== 0) throw storeFailed(place, `git ${args[0]} failed: ${firstLine(stderr)}`);
    return stdout.toString('utf8').trimEnd();
  };
  const remote = remoteGiven ?? ((await git(['remote', 'get-url', 'origin'])).code === 0 ? 'origin' : '.');

  /** Where the store was when it was last looked at; a run reads one state of it. */
  let known: Promise<string | null> | null = null;
  const lastTip = (): Promise<string | null> => {
    known ??= tip();
    return known;
  };
  /** The commit that the store is at, fetched first; null where there is none yet. */
  const tip = async (): Promise<string | null> => {
    if (remote !== '.') await fetchRef();
    const { code, stdout } = await git(['rev-parse', '--verify', '--quiet', ref]);
    return code === 0 ? stdout.toString('utf8').trim() : null;
  };
  const fetchRef = async (): Promise<void> => {
    const there = await must(['ls-remote', remote, ref]);
    if (there === '') return;
    // Without a `+`: a ref that was wound back on the remote no longer has what it had, and that is no small thing.
    const { code, stderr } = await git([
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      remote,
      `${ref}:${ref}`,
    ]);
    if (code !== 0) throw storeFailed(place, `it was wound back, or cannot be fetched: ${firstLine(stderr)}`);
  };
  const namesAt = async (commit: string): Promise<ReadonlyMap<string, string>> => {
    const listed = await must(['ls-tree', '-r', '-z', '--full-tree', commit]);
    return new Map(
      listed.split('\0').flatMap((entry): [string, string][] => {
        const [, blob, name] = /^100644 blob ([0-9a-f]{40,64})\t(.+)$/s.exec(entry) ?? [];
        return blob === undefined || name === undefined ? [] : [[name, blob]];
      }),
    );
  };
  const commitWith = async (parent: string | null, name: string, bytes: Uint8Array): Promise<string> => {
    const { code, stdout, stderr } = await runGit(
      ['hash-object', '-w', '--stdin'],
      at,
      'store-failed',
      Buffer.from(bytes),
    );
    if (code !== 0) throw storeFailed(place, `git hash-object failed: ${firstLine(stderr)}`);
    const blobs = new Map(parent === null ? [] : await namesAt(parent));
    blobs.set(name, stdout.toString('utf8').trim());
    const tree = await treeOf([...blobs], (input) => must(['mktree', '-z'], input));
    const parents = parent === null ? [] : ['-p', parent];
    return must(['commit-tree', tree, ...parents, '-m', name]);
  };
  /** Whether the ref, wherever it is the truth, went from the one commit to the other. */
  const moved = async (from: string | null, to: string): Promise<boolean> => {
    if (remote !== '.') {
      const lease = `--force-with-lease=${ref}:${from ?? ''}`;
      const pushed = await git(['push', '--quiet', '--porcelain', lease, remote, `${to}:${ref}`]);
      if (pushed.code !== 0) {
        if (
          /\[(remote )?rejected\]|stale info|fetch first|non-fast-forward|cannot lock ref/.test(
            pushed.stdout.toString('utf8') + pushed.stderr,
          )
        )
          return false;
        throw storeFailed(place, `it cannot be pushed to ${remote}: ${firstLine(pushed.stderr)}`);
      }
    }
    const updated = await git(['update-ref', ref, to, from ?? '0'.repeat(to.length)]);
    return remote !== '.' || updated.code === 0;
  };

  return {
    place,
    list: async (prefix) => {
      const commit = await lastTip();
      if (commit === null) return [];
      return [...(await namesAt(commit)).keys()].filter((name) => name.startsWith(prefix)).sort();
    },
    get: async (name) => {
      refuseName(name);
      const commit = await lastTip();
      const blob = commit === null ? undefined : (await namesAt(commit)).get(name);
      if (blob === undefined) return null;
      const size = Number(await must(['cat-file', '-s', blob]));
      if (!(size <= PIECE_LIMIT))
        throw storeFailed(place, `${name} has ${size} bytes, and ${PIECE_LIMIT} are allowed`);
      const { code, stdout, stderr } = await git(['cat-file', 'blob', blob]);
      if (code !== 0) throw storeFailed(place, `${name} cannot be read: ${firstLine(stderr)}`);
      return stdout;
    },
    put: async (name, bytes) => {
      refuseName(name);
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        known = null;
        const from = await lastTip();
        if (from !== null && (await namesAt(from)).has(name)) return false;
        const to = await commitWith(from, name, bytes);
        if (await moved(from, to)) {
          known = Promise.resolve(to);
          return true;
        }
        await wait(Math.random() * 50 * (attempt + 1));
      }
      throw storeFailed(place, `others wrote to it ${ATTEMPTS} times in a row`);
    },
  };
}

const ATTEMPTS = 30;

/** The commits of a store are nobody's work. */
const IDENTITY = {
  GIT_AUTHOR_NAME: 'check-plan',
  GIT_AUTHOR_EMAIL: 'check-plan@localhost',
  GIT_COMMITTER_NAME: 'check-plan',
  GIT_COMMITTER_EMAIL: 'check-plan@localhost',
} as const;

/** Writes the trees for the files, from the deepest up, and returns the name of the root. */
async function treeOf(
  files: readonly (readonly [name: string, blob: string])[],
  write: (input: string) => Promise<string>,
): Promise<string> {
  const here: string[] = [];
  const folders = new Map<string, [string, string][]>();
  for (const [name, blob] of files) {
    const [first = '', ...rest] = name.split('/');
    if (rest.length === 0) here.push(`100644 blob ${blob}\t${first}\0`);
    else folders.set(first, [...(folders.get(first) ?? []), [rest.join('/'), blob]]);
  }
  for (const [name, inside] of folders) here.push(`040000 tree ${await treeOf(inside, write)}\t${name}\0`);
  return write(here.join(''));
}
