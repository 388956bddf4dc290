import { constants, lstatSync } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { PIECE_LIMIT } from './store.ts';

/** The bytes of a regular file of an allowed size, and never of what a symbolic link points at. */
export async function readPiece(path: string): Promise<Uint8Array> {
  if ((await lstat(path)).isSymbolicLink()) throw new Error(IS_A_LINK);
  const file = await open(path, constants.O_RDONLY | NO_FOLLOW | NO_WAIT);
  try {
    return await readWhole(file);
  } finally {
    await file.close();
  }
}

/**
 * False where there is nothing; throws where there is something else, such as a link to a directory elsewhere. Looks at
 * once: most runs find nothing, and what waits for files would be loaded for them in vain.
 */
export function isRealDirectory(path: string): boolean {
  try {
    // A slash at the end would make the system follow a link.
    const found = lstatSync(path.replace(/(?<=.)[/\\]+$/, ''));
    if (found.isSymbolicLink()) throw new Error(IS_A_LINK);
    if (!found.isDirectory()) throw new Error('it is not a directory');
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

const IS_A_LINK = 'it is a symbolic link, which is not followed';

// Windows knows neither flag; there a link that is put in place between the look and the opening would be followed.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const NO_WAIT = constants.O_NONBLOCK ?? 0;

/** Reads one byte more than is allowed, so that a file which grows meanwhile is seen too. */
async function readWhole(file: FileHandle): Promise<Uint8Array> {
  if (!(await file.stat()).isFile()) throw new Error('it is not a regular file');
  const buffer = Buffer.alloc(PIECE_LIMIT + 1);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
    if (bytesRead === 0) return buffer.subarray(0, length);
    length += bytesRead;
  }
  throw new Error(`it has more than the ${PIECE_LIMIT} bytes that are allowed`);
}

const SAYS: Readonly<Record<string, string>> = {
  ELOOP: IS_A_LINK,
  ENOENT: 'it does not exist',
  EACCES: 'it may not be read or written',
  EISDIR: 'it is a directory',
  ENXIO: 'it is not a regular file',
};

export function because(error: unknown): string {
  const says = SAYS[codeOf(error) ?? ''];
  return says ?? (error instanceof Error ? error.message : String(error));
}

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
