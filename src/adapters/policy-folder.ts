import { closeSync, constants, fstatSync, opendirSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CheckError } from '../model/error.ts';
import { type GitPlace, gitText, runGit } from './git.ts';

/** What the folder of a policy holds, by name, in the order of the names' bytes. */
export type Files = ReadonlyMap<string, string>;

const MOST_FILES = 200;
const MOST_BYTES = 1024 * 1024;
/** Names that a shell, a table of digests and a reader of a message see alike. */
const PLAIN = /^[A-Za-z0-9][\w.-]{0,99}$/;

/**
 * The files of a folder as they are committed, the path from the root of the repository. Throws `policy-unreadable` for
 * a folder that is not there or holds anything but plain files of UTF-8 text, and for more than any policy needs.
 */
export async function folderAtCommit(commit: string, path: string, place: GitPlace): Promise<Files> {
  const where = `the folder '${path}' at ${commit.slice(0, 12)}`;
  const listing = ['ls-tree', '-z', '-l', '--full-tree', commit, '--', `:(literal,top)${path}/`];
  const entries = (await gitText(listing, place, FAILURE)).split('\0').flatMap((line) => {
    const [about = '', file = ''] = line.split('\t');
    const [mode = '', kind = '', blob = '', size = ''] = about.split(/ +/);
    const name = file.slice(path.length + 1);
    return kind === '' || isHidden(name) ? [] : [{ name, mode, kind, blob, size: Number(size) }];
  });
  refuseTooMuch(entries, where);
  for (const { name, mode, kind } of entries)
    if (kind !== 'blob' || mode === '120000') throw refused(where, `${shown(name)} is no regular file`);
  const input = entries.map(({ blob }) => `${blob}\n`).join('');
  const { stdout } = await runGit(['cat-file', '--batch'], place, FAILURE, input);
  return textsOf(blobsIn(stdout, entries, where), where);
}

/** `NAME blob SIZE`, a line break, the bytes, a line break: for each that was asked for. */
function blobsIn(
  batch: Buffer,
  entries: readonly { readonly name: string; readonly blob: string; readonly size: number }[],
  where: string,
): readonly Read[] {
  let at = 0;
  return entries.map(({ name, blob, size }): Read => {
    const head = `${blob} blob ${size}\n`;
    const start = at + head.length;
    if (batch.toString('latin1', at, start) !== head || batch.length < start + size)
      throw refused(where, `git does not give ${shown(name)}`);
    at = start + size + 1;
    return [name, batch.subarray(start, start + size)];
  });
}

type Read = readonly [name: string, bytes: Buffer];

/** The same of the working tree: the folder `name` of the folder `base`, which no link leads out of. */
export function folderInTree(base: string, name: string): Files {
  const where = `the folder '${name}'`;
  try {
    const folder = realpathSync(resolve(base, name));
    if (folder !== join(realpathSync(base), name)) throw refused(where, 'it is a link, or stands behind one');
    let left = MOST_BYTES;
    const files = namesIn(folder, where).map((one): Read => {
      const bytes = bytesOf(join(folder, one), one, left, where);
      left -= bytes.length;
      return [one, bytes];
    });
    return textsOf(files, where);
  } catch (thrown) {
    if (thrown instanceof CheckError) throw thrown;
    throw refused(where, thrown instanceof Error ? thrown.message : String(thrown), thrown);
  }
}

const FAILURE = 'policy-unreadable';

/** Names that begin with a dot are nobody's rules: `.DS_Store`, `.gitkeep`. */
const isHidden = (name: string): boolean => name.startsWith('.');

function namesIn(folder: string, where: string): readonly string[] {
  const names: string[] = [];
  const opened = opendirSync(folder);
  try {
    for (let entry = opened.readSync(); entry !== null; entry = opened.readSync()) {
      if (isHidden(entry.name)) continue;
      names.push(entry.name);
      if (names.length > MOST_FILES) break;
    }
  } finally {
    opened.closeSync();
  }
  refuseTooMuch(
    names.map((name) => ({ name, size: 0 })),
    where,
  );
  return names;
}

/** Neither follows a link nor waits for what is no file. */
function bytesOf(path: string, name: string, most: number, where: string): Buffer {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw refused(where, `${shown(name)} is no regular file`);
    if (stat.size > most) throw refused(where, `with ${shown(name)} it holds more than ${MOST_BYTES} bytes`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function refuseTooMuch(
  entries: readonly { readonly name: string; readonly size: number }[],
  where: string,
): void {
  if (entries.length > MOST_FILES) throw refused(where, `it holds more than ${MOST_FILES} files`);
  const odd = entries.find(({ name }) => !PLAIN.test(name));
  if (odd !== undefined) throw refused(where, `${shown(odd.name)} is no plain name of a file`);
  const bytes = entries.reduce((sum, { size }) => sum + (Number.isFinite(size) ? size : 0), 0);
  if (bytes > MOST_BYTES) throw refused(where, `it holds ${bytes} bytes, and at most ${MOST_BYTES} are read`);
}

function textsOf(files: readonly Read[], where: string): Files {
  if (files.length === 0) throw refused(where, 'there is nothing in it, or no such folder');
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([name, bytes]) => [name, textOf(bytes, name, where)]));
}

function textOf(bytes: Buffer, name: string, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (thrown) {
    throw refused(where, `${shown(name)} is no UTF-8 text`, thrown);
  }
}

/** A name that somebody else has chosen. */
const shown = (name: string): string => JSON.stringify(name.slice(0, 100));

const refused = (where: string, why: string, cause?: unknown): CheckError =>
  new CheckError(FAILURE, `${where}, which the policy names, is not read: ${why}`, MEND, cause);

const MEND = 'docs/own-rules.md says what may be in it';
