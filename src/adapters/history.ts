import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Commit, History } from '../authorship/input.ts';
import { CheckError } from '../model/error.ts';
import { NOTE_REFS, readCommits } from './commits.ts';
import { firstLine, type GitPlace, type GitResult, gitText, objectsNamed, runGit } from './git.ts';
import { mayHoldRepository, type Repository, repositoryOf } from './repository.ts';

const FAILURE = 'authorship-unreadable';
const FETCH_ALL = 'fetch the whole history (actions/checkout: fetch-depth: 0)';

/** Where a change usually branches off, in the order of trust. */
const BASES: readonly string[] = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];
const MAX_COMMITS = 10_000;

export interface HistoryWanted extends GitPlace {
  /** `BASE..HEAD` as the caller gives it. */
  readonly range: string | null;
  /** The ref that the change is to be merged into, as CI says it. */
  readonly base: string | null;
}

/**
 * The commits that make up the change, from git; null where there is no work tree or no git. A ref that git does not
 * know and a shallow clone give an incomplete history, not an error. Throws `usage` for a range of another form.
 */
export async function readHistory(
  wanted: HistoryWanted,
  repository: Promise<Repository> = repositoryOf(wanted),
): Promise<History | null> {
  const asked = wanted.range === null ? null : parseRange(wanted.range);
  if (!mayHoldRepository(wanted)) return null;
  const tip = asked?.tip ?? 'HEAD';
  const base = asked?.base ?? wanted.base;
  const refs = [tip, `${tip}^`, ...(base === null ? BASES : [base])].filter((ref) => ref !== '');
  // git is started for all of these at once: each start costs more than its answer.
  const [around, known, status] = await Promise.all([
    repository,
    objectsNamed([...refs.map(commitOf), ...NOTE_REFS], wanted, FAILURE),
    runGit(STATUS, wanted, FAILURE),
  ]);
  if (around.is === 'none') return null;
  if (around.is === 'refused') return nothing(wanted.range ?? 'HEAD', `git refuses: ${around.says}`);
  const { branch, changed } = statusIn(status);
  const head = known.get(commitOf(tip));
  if (head === undefined) return { ...nothing(tip, `git knows no commit '${tip}'; ${FETCH_ALL}`), branch };

  const { range, commits } = await commitsSince(base, { tip, head, known }, wanted);
  const incompleteBecause = range.isKnown
    ? await missingIn(commits, range, around.isShallow, wanted)
    : `git knows no commit '${range.says}'; ${FETCH_ALL}`;
  return {
    range: range.isKnown ? range.says : `${range.says}..${tip}`,
    complete: incompleteBecause === null,
    incompleteBecause,
    uncovered: [...(range.guessed === null ? [] : [range.guessed]), ...uncommitted(changed)],
    branch,
    commits: commits.slice(0, MAX_COMMITS),
  };
}

function parseRange(range: string): { base: string; tip: string } {
  const [base = '', tip = '', ...more] = range.split('..');
  const wellFormed = range.includes('..') && more.length === 0 && base !== '' && !tip.startsWith('.');
  if (!wellFormed || base.startsWith('-') || tip.startsWith('-')) {
    throw new CheckError(
      'usage',
      `'${range}' is not a range of commits`,
      'write BASE..HEAD, as in origin/main..HEAD',
    );
  }
  return { base, tip: tip === '' ? 'HEAD' : tip };
}

interface Range {
  readonly isKnown: boolean;
  /** The range for people; the base as given where it is not known. */
  readonly says: string;
  /** Why the range may begin too late, where nobody gave it. */
  readonly guessed: string | null;
}

interface Known {
  readonly tip: string;
  readonly head: string;
  /** Name → full name, of the objects that git knows. */
  readonly known: ReadonlyMap<string, string>;
}

/** A tag is not what it points at. */
const commitOf = (ref: string): string => `${ref}^{commit}`;

interface Since {
  readonly range: Range;
  readonly commits: readonly Commit[];
}

async function commitsSince(
  base: string | null,
  { tip, head, known }: Known,
  place: GitPlace,
): Promise<Since> {
  const noteRefs = NOTE_REFS.filter((ref) => known.has(ref));
  const read = (from: string | null, limit = MAX_COMMITS + 1): Promise<Commit[]> =>
    readCommits(head, from, limit, place, noteRefs);
  if (base !== null) {
    const from = known.get(commitOf(base));
    if (from === undefined)
      return { range: { isKnown: false, says: base, guessed: null }, commits: await read(null, 1) };
    return { range: { isKnown: true, says: `${base}..${tip}`, guessed: null }, commits: await read(from) };
  }
  const tried = new Set([head]);
  for (const candidate of BASES) {
    const from = known.get(commitOf(candidate));
    if (from === undefined || tried.has(from)) continue;
    tried.add(from);
    // Nothing since a base means that the base holds the tip: then it is not where the change branched off.
    const commits = await read(from);
    if (commits.length > 0)
      return { range: { isKnown: true, says: `${candidate}..${tip}`, guessed: null }, commits };
  }
  const guessed =
    'only the last commit was read, because no base to compare with is known; give --commits BASE..HEAD';
  const parent = known.get(commitOf(`${tip}^`)) ?? null;
  const says = parent === null ? tip : `${tip}~1..${tip}`;
  return { range: { isKnown: true, says, guessed }, commits: await read(parent) };
}

/**
 * Null where every commit of the range is here. A commit at the edge of a shallow clone hides what came before it, and
 * where the range is guessed as well, nothing shows how much that is.
 */
async function missingIn(
  commits: readonly Commit[],
  range: Range,
  isShallow: boolean,
  place: GitPlace,
): Promise<string | null> {
  if (commits.length > MAX_COMMITS)
    return `${range.says} holds more than ${MAX_COMMITS} commits; give a shorter --commits`;
  if (!isShallow) return null;
  if (range.guessed !== null) return `the clone is shallow and holds no base to compare with; ${FETCH_ALL}`;
  const path = (await gitText(['rev-parse', '--git-path', 'shallow'], place, FAILURE)).trim();
  const edge = new Set((await readEdge(resolve(place.cwd, path))).split('\n'));
  const cut = commits.find(({ sha }) => edge.has(sha));
  return cut
    ? `the clone is shallow and ends at commit ${cut.sha.slice(0, 8)}, within ${range.says}; ${FETCH_ALL}`
    : null;
}

async function readEdge(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new CheckError(
      FAILURE,
      `the edge of the shallow clone in ${path} cannot be read`,
      FETCH_ALL,
      error,
    );
  }
}

const STATUS: readonly string[] = [
  'status',
  '--porcelain=v2',
  '--branch',
  '--no-ahead-behind',
  '-z',
  '--untracked-files=all',
  '--ignore-submodules=dirty',
  '--no-renames',
];

interface Status {
  /** Null for a detached head. */
  readonly branch: string | null;
  /** Paths that differ from the last commit. */
  readonly changed: readonly string[];
}

function statusIn({ code, stdout, stderr }: GitResult): Status {
  if (code !== 0) throw new CheckError(FAILURE, `git status failed: ${firstLine(stderr)}`);
  const entries = stdout
    .toString('utf8')
    .split('\0')
    .filter((entry) => entry !== '');
  const head = entries.find((entry) => entry.startsWith(BRANCH))?.slice(BRANCH.length);
  return {
    branch: head === undefined || head === '(detached)' ? null : head,
    changed: entries.flatMap((entry) => {
      if (entry.startsWith('# ')) return [];
      const path = pathIn(entry);
      return entry.startsWith('?') && !CONFIGURATION.test(path) ? [] : [path];
    }),
  };
}

const BRANCH = '# branch.head ';

/** Files that Terraform or Terragrunt would read. Other files that git does not track are left by the build. */
const CONFIGURATION = /\.(?:tf|tofu|tfvars|hcl)(?:\.json)?$/;

/** The path follows so many fields of an entry; an entry of another kind is shown as it is. */
const FIELDS_BEFORE_PATH: Readonly<Record<string, number>> = { '?': 1, '1': 8, u: 10 };

const pathIn = (entry: string): string =>
  entry
    .split(' ')
    .slice(FIELDS_BEFORE_PATH[entry.charAt(0)] ?? 0)
    .join(' ');

function uncommitted(changed: readonly string[]): string[] {
  const [first] = changed;
  if (first === undefined) return [];
  const more = changed.length === 1 ? '' : ` and ${changed.length - 1} more`;
  return [`${first}${more} is changed and not committed, so nothing says who wrote it`];
}

function nothing(range: string, why: string): History {
  return { range, complete: false, incompleteBecause: why, uncovered: [], branch: null, commits: [] };
}
