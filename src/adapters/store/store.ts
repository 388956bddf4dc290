import { CheckError } from '../../model/error.ts';

/**
 * Where records are kept: named pieces of bytes that are put once and never changed, so that of two who put the same
 * name at the same time exactly one does. Each method throws `store-failed` where it cannot tell.
 */
export interface Store {
  /** For people: a folder, `git:refs/…`, `s3://bucket/prefix`. */
  readonly place: string;
  /** Names that begin with the prefix, sorted. */
  list(prefix: string): Promise<readonly string[]>;
  /** Null where nothing has that name. */
  get(name: string): Promise<Uint8Array | null>;
  /** Puts it unless the name is taken; says whether it did. What is put is there to stay, and whole. */
  put(name: string, bytes: Uint8Array): Promise<boolean>;
}

/** The largest piece in bytes that is read or written at all. */
export const PIECE_LIMIT = 4 * 1024 * 1024;

/** Names are paths of plain words: nothing in them leads out of the store, or means something to a shell or to git. */
export const isName = (name: string): boolean =>
  name.length <= 200 && /^[a-z0-9][a-z0-9.-]*(?:\/[a-z0-9][a-z0-9.-]*)*$/.test(name) && !name.includes('..');

export function refuseName(name: string): void {
  if (!isName(name)) throw new CheckError('internal', `"${name}" is no name for a store`);
}

export const storeFailed = (place: string, why: string, cause?: unknown): CheckError =>
  new CheckError(
    'store-failed',
    `the store ${place} cannot be used: ${why}`,
    'see that it is there, and that this user may read and write it',
    cause,
  );
