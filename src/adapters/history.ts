import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Commit, History } from '../authorship/input.ts';
import { CheckError } from '../model/error.ts';
import { readCommits } from './commits.ts';
import { firstLine, type GitPlace, gitText, resolveCommit, runGit } from './git.ts';

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
export async function readHistory(wanted: HistoryWanted): Promise<History | null> {
  const asked = wanted.range === null ? null : parseRange(wanted.range);
  const inside = await runGit(['rev-parse', '--is-inside-work-tree'], wanted, FAILURE);
  if (inside.code === null || /not a git repository/.test(inside.stderr)) return null;
  if (inside.code !== 0) return nothing(wanted.range ?? 'HEAD', `git refuses: ${firstLine(inside.stderr)}`);
  if (inside.stdout.toString('utf8').trim() !== 'true') return null;

  const branch = await branchOf(wanted);
  const tip = asked?.tip ?? 'HEAD';
  const head = await resolveCommit(tip, wanted, FAILURE);
  if (head === null) return { ...nothing(tip, `git knows no commit '${tip}'; ${FETCH_ALL}`), branch };

  const range = await rangeOf(asked?.base ?? wanted.base, tip, head, wanted);
  const commits = await readCommits(head, range.base, range.isKnown ? MAX_COMMITS + 1 : 1, wanted);
  const incompleteBecause = range.isKnown
    ? await missingIn(commits, range, wanted)
    : `git knows no commit '${range.says}'; ${FETCH_ALL}`;
  const uncovered = [...(range.guessed === null ? [] : [range.guessed]), ...(await uncommitted(wanted))];
  return {
    range: range.isKnown ? range.says : `${range.says}..${tip}`,
    complete: incompleteBecause === null,
    incompleteBecause,
    uncovered,
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
  /** The commit that the range leaves out with all before it; null for everything, and where it is not known. */
  readonly base: string | null;
  /** The range for people; the base as given where it is not known. */
  readonly says: string;
  /** Why the range may begin too late, where nobody gave it. */
  readonly guessed: string | null;
}

async function rangeOf(base: string | null, tip: string, head: string, place: GitPlace): Promise<Range> {
  if (base !== null) {
    const commit = await resolveCommit(base, place, FAILURE);
    if (commit === null) return { isKnown: false, base: null, says: base, guessed: null };
    return { isKnown: true, base: commit, says: `${base}..${tip}`, guessed: null };
  }
  for (const candidate of BASES) {
    const commit = await resolveCommit(candidate, place, FAILURE);
    if (commit === null || (await isAncestor(head, commit, place))) continue;
    return { isKnown: true, base: commit, says: `${candidate}..${tip}`, guessed: null };
  }
  const guessed =
    'only the last commit was read, because no base to compare with is known; give --commits BASE..HEAD';
  const parent = await resolveCommit(`${head}^`, place, FAILURE);
  return { isKnown: true, base: parent, says: parent === null ? tip : `${tip}~1..${tip}`, guessed };
}

/** True too where it is HEAD itself: then there is nothing between the two. */
async function isAncestor(commit: string, of: string, place: GitPlace): Promise<boolean> {
  const { code } = await runGit(['merge-base', '--is-ancestor', commit, of], place, FAILURE);
  return code === 0;
}

/**
 * Null where every commit of the range is here. A commit at the edge of a shallow clone hides what came before it, and
 * where the range is guessed as well, nothing shows how much that is.
 */
async function missingIn(commits: readonly Commit[], range: Range, place: GitPlace): Promise<string | null> {
  if (commits.length > MAX_COMMITS)
    return `${range.says} holds more than ${MAX_COMMITS} commits; give a shorter --commits`;
  const shallow = (await gitText(['rev-parse', '--is-shallow-repository'], place, FAILURE)).trim();
  if (shallow === 'false') return null;
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

async function branchOf(place: GitPlace): Promise<string | null> {
  const { code, stdout } = await runGit(['symbolic-ref', '--quiet', '--short', 'HEAD'], place, FAILURE);
  return code === 0 ? stdout.toString('utf8').trim() : null;
}

/** Files that Terraform or Terragrunt would read. Other files that git does not track are left by the build. */
const CONFIGURATION = /\.(?:tf|tofu|tfvars|hcl)(?:\.json)?$/;

async function uncommitted(place: GitPlace): Promise<string[]> {
  const args = [
    'status',
    '--porcelain=v1',
    '-z',
    '--untracked-files=all',
    '--ignore-submodules=dirty',
    '--no-renames',
  ];
  const entries = (await gitText(args, place, FAILURE)).split('\0').filter((entry) => entry !== '');
  const changed = entries.filter((entry) => !entry.startsWith('??') || CONFIGURATION.test(entry));
  const first = changed[0]?.slice(3);
  if (first === undefined) return [];
  const more = changed.length === 1 ? '' : ` and ${changed.length - 1} more`;
  return [`${first}${more} is changed and not committed, so nothing says who wrote it`];
}

function nothing(range: string, why: string): History {
  return { range, complete: false, incompleteBecause: why, uncovered: [], branch: null, commits: [] };
}
