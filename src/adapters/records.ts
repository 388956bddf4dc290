import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckError } from '../model/error.ts';
import { decodeBase64 } from '../signoff/base64.ts';
import { RECORD_LIMIT } from '../signoff/envelope.ts';

/** A record as it was found: its bytes, or why they could not be read. Neither is ever left out. */
export type RecordFile =
  | { readonly source: string; readonly bytes: Uint8Array }
  | { readonly source: string; readonly problem: string };

/**
 * Every record for the digest (`sha256:…`) in the directory, by name. A directory that does not exist has none; one that
 * cannot be trusted or read is a problem of its own.
 */
export async function readRecords(directory: string, digest: string): Promise<readonly RecordFile[]> {
  const name = new RegExp(`^${digestHex(digest)}\\.[0-9a-f]{8}\\.json$`);
  try {
    if (!(await isRealDirectory(directory))) return [];
    const names = (await readdir(directory)).filter((entry) => name.test(entry)).sort();
    return await Promise.all(names.map((entry) => readRecord(join(directory, entry))));
  } catch (error) {
    return [{ source: directory, problem: because(error) }];
  }
}

/** One record: a regular file of an allowed size, and never what a symbolic link points at. */
export async function readRecord(path: string): Promise<RecordFile> {
  try {
    if ((await lstat(path)).isSymbolicLink()) throw new Error(IS_A_LINK);
    const file = await open(path, constants.O_RDONLY | NO_FOLLOW | NO_WAIT);
    try {
      return { source: path, bytes: await readWhole(file) };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { source: path, problem: because(error) };
  }
}

/**
 * Writes a record under the name that {@link readRecords} looks for, and returns its path. A person who signs the same
 * destruction again replaces only their own record. Throws `sign-failed`.
 */
export async function writeRecord(
  directory: string,
  digest: string,
  keyFingerprint: string,
  bytes: Uint8Array,
): Promise<string> {
  const path = join(directory, `${digestHex(digest)}.${shortKey(keyFingerprint)}.json`);
  const draft = join(directory, `.${randomBytes(8).toString('hex')}.tmp`);
  try {
    if (bytes.length > RECORD_LIMIT)
      throw new Error(`it has ${bytes.length} bytes, and ${RECORD_LIMIT} are allowed`);
    await mkdir(directory, { recursive: true });
    await isRealDirectory(directory);
    await writeNew(draft, bytes);
    await rename(draft, path);
    return path;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new CheckError(
      'sign-failed',
      `the record ${path} cannot be written: ${because(error)}`,
      'make the directory of the records writable, or name another',
      error,
    );
  }
}

const IS_A_LINK = 'it is a symbolic link, which is not followed';

// Windows knows neither flag; there a link that is put in place between the look and the opening would be followed.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const NO_WAIT = constants.O_NONBLOCK ?? 0;

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(bytes);
    await file.chmod(0o644);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Reads one byte more than is allowed, so that a file which grows meanwhile is seen too. */
async function readWhole(file: FileHandle): Promise<Uint8Array> {
  if (!(await file.stat()).isFile()) throw new Error('it is not a regular file');
  const buffer = Buffer.alloc(RECORD_LIMIT + 1);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
    if (bytesRead === 0) return buffer.subarray(0, length);
    length += bytesRead;
  }
  throw new Error(`it has more than the ${RECORD_LIMIT} bytes that are allowed`);
}

/** False where there is nothing; throws where there is something else, such as a link to a directory elsewhere. */
async function isRealDirectory(path: string): Promise<boolean> {
  try {
    // A slash at the end would make the system follow a link.
    const found = await lstat(path.replace(/(?<=.)[/\\]+$/, ''));
    if (found.isSymbolicLink()) throw new Error(IS_A_LINK);
    if (!found.isDirectory()) throw new Error('it is not a directory');
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

function digestHex(digest: string): string {
  const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
  if (hex === undefined) throw new CheckError('internal', `"${digest}" is not a sign-off digest`);
  return hex;
}

/** Enough of the key to give every person a file of their own. */
function shortKey(keyFingerprint: string): string {
  const [, base64] = /^SHA256:([A-Za-z0-9+/]{43})$/.exec(keyFingerprint) ?? [];
  const hash = base64 === undefined ? null : decodeBase64(`${base64}=`);
  if (hash === null) throw new CheckError('internal', `"${keyFingerprint}" is not the fingerprint of a key`);
  return hash.toString('hex').slice(0, 8);
}

const SAYS: Readonly<Record<string, string>> = {
  ELOOP: IS_A_LINK,
  ENOENT: 'it does not exist',
  EACCES: 'it may not be read or written',
  EISDIR: 'it is a directory',
  ENXIO: 'it is not a regular file',
};

function because(error: unknown): string {
  const says = SAYS[codeOf(error) ?? ''];
  return says ?? (error instanceof Error ? error.message : String(error));
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
