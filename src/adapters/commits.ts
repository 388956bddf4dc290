import type { Commit, Note } from '../authorship/input.ts';
import { CheckError } from '../model/error.ts';
import { type GitPlace, gitText, runGit } from './git.ts';

const FAILURE = 'authorship-unreadable';
export const NOTE_REFS: readonly string[] = ['refs/notes/ai', 'refs/notes/ai-attribution'];

/** Raw names and mails (a mailmap would rewrite them); no field can hold NUL, so NUL parts them safely. */
const FIELDS = ['%H', '%an', '%ae', '%cn', '%ce', '%B'];

/**
 * The commits that are reachable from `head` and not from `base`, newest first, at most `limit`; full names in. Notes
 * come from those refs that there are.
 */
export async function readCommits(
  head: string,
  base: string | null,
  limit: number,
  place: GitPlace,
  noteRefs: readonly string[],
): Promise<Commit[]> {
  const format = `--format=tformat:${FIELDS.join('%x00')}`;
  const flags = ['-z', format, '--encoding=UTF-8', '--no-notes', '--no-color', `--max-count=${limit}`];
  const log = await gitText(
    ['log', ...flags, head, ...(base === null ? [] : [`^${base}`]), '--'],
    place,
    FAILURE,
  );
  const fields = log.split('\0');
  if (fields.pop() !== '' || fields.length % FIELDS.length !== 0) throw unexpected('log');
  const shas = fields.filter((_, index) => index % FIELDS.length === 0);
  const [files, notes] = await Promise.all([filesOf(shas, place), notesOf(new Set(shas), noteRefs, place)]);
  return shas.map((sha, index) => {
    const [authorName = '', authorMail = '', committerName = '', committerMail = '', message = ''] =
      fields.slice(index * FIELDS.length + 1, (index + 1) * FIELDS.length);
    return {
      sha,
      author: { name: authorName, mail: authorMail },
      committer: { name: committerName, mail: committerMail },
      message,
      files: files.get(sha) ?? [],
      notes: notes.get(sha) ?? [],
    };
  });
}

/** Oldest first: no file of a commit can be named after a later commit, so a line that is the next name is no file. */
async function filesOf(newestFirst: readonly string[], place: GitPlace): Promise<Map<string, string[]>> {
  if (newestFirst.length === 0) return new Map();
  const shas = newestFirst.toReversed();
  const args = [
    'diff-tree',
    '--stdin',
    '--always',
    '--root',
    '-r',
    '-z',
    '--name-only',
    '--no-renames',
    '--no-relative',
  ];
  const output = await gitText(args, place, FAILURE, `${shas.join('\n')}\n`);
  const files = new Map<string, string[]>();
  let current: string[] = [];
  for (const name of output.split('\0').slice(0, -1)) {
    if (name === shas[files.size]) {
      current = [];
      files.set(name, current);
    } else current.push(name);
  }
  if (files.size !== shas.length) throw unexpected('diff-tree');
  return files;
}

async function notesOf(
  shas: ReadonlySet<string>,
  refs: readonly string[],
  place: GitPlace,
): Promise<Map<string, Note[]>> {
  const notes = new Map<string, Note[]>();
  for (const ref of refs) {
    const list = await gitText(['notes', `--ref=${ref}`, 'list'], place, FAILURE);
    const pairs = list
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, sha]) => sha !== undefined && shas.has(sha));
    const texts = await blobsOf(
      pairs.map(([blob = '']) => blob),
      place,
    );
    for (const [index, [, sha = '']] of pairs.entries())
      notes.set(sha, [...(notes.get(sha) ?? []), { ref, text: texts[index] ?? '' }]);
  }
  return notes;
}

/** Each answer is a line `NAME blob SIZE`, so many bytes, and a line feed. */
async function blobsOf(blobs: readonly string[], place: GitPlace): Promise<string[]> {
  if (blobs.length === 0) return [];
  const { stdout } = await runGit(['cat-file', '--batch'], place, FAILURE, `${blobs.join('\n')}\n`);
  let at = 0;
  return blobs.map((blob) => {
    const end = stdout.indexOf('\n', at);
    const [name, kind, size = ''] = stdout.toString('latin1', at, Math.max(end, at)).split(' ');
    if (name !== blob || kind !== 'blob' || !/^\d+$/.test(size)) throw unexpected('cat-file');
    at = end + 1 + Number(size) + 1;
    return stdout.toString('utf8', end + 1, at - 1);
  });
}

function unexpected(command: string): CheckError {
  return new CheckError(FAILURE, `git ${command} printed something that is not understood`);
}
