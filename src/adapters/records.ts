import { createHash } from 'node:crypto';
import { CheckError } from '../model/error.ts';
import type { RecordKind } from '../model/signoff.ts';
import type { FoundRecord } from '../records.ts';
import { decodeBase64 } from '../signoff/base64.ts';
import { because, readPiece } from './store/file.ts';
import type { Store } from './store/store.ts';

/** A record as it was found: its bytes, or why they could not be read. Neither is ever left out. */
export type RecordFile =
  | { readonly source: string; readonly bytes: Uint8Array }
  | { readonly source: string; readonly problem: string };

/** Every record for the digest (`sha256:…`) in the store, by name, with what is known of its use. */
export async function readRecords(store: Store, digest: string): Promise<readonly FoundRecord[]> {
  const hex = digestHex(digest);
  try {
    const names = [...(await store.list(`${hex}.`)), ...(await store.list(`${GLASS}${hex}.`))];
    return await Promise.all(names.filter(isRecordName).map((name) => foundIn(store, name)));
  } catch (error) {
    return [{ source: store.place, problem: because(error) }];
  }
}

/** Where the records that break the glass lie. */
const GLASS = 'break-glass/';

/** `<digest>.<key>.<record>.json`; the last was not there always. */
export const isRecordName = (name: string): boolean =>
  /^(?:break-glass\/)?[0-9a-f]{64}\.[0-9a-f]{8}(?:\.[0-9a-f]{16})?\.json$/.test(name);

async function foundIn(store: Store, name: string): Promise<FoundRecord> {
  const source = `${store.place.replace(/\/+$/, '')}/${name}`;
  try {
    const bytes = await store.get(name);
    if (bytes === null) throw new Error('it was there, and is gone');
    const recordDigest = recordDigestOf(bytes);
    const kind = name.startsWith(GLASS) ? 'break-glass' : 'sign-off';
    return { source, kind, bytes, recordDigest, usedBy: await useOf(store, recordDigest) };
  } catch (error) {
    return { source, problem: because(error) };
  }
}

/** One record by its path: a regular file of an allowed size, and never what a symbolic link points at. */
export async function readRecord(path: string): Promise<RecordFile> {
  try {
    return { source: path, bytes: await readPiece(path) };
  } catch (error) {
    return { source: path, problem: because(error) };
  }
}

/**
 * Puts a record under a name that {@link readRecords} looks for, and returns that name. Nobody's record is ever
 * replaced, also not one's own. Throws `sign-failed`.
 */
export async function writeRecord(
  store: Store,
  digest: string,
  keyFingerprint: string,
  bytes: Uint8Array,
  kind: RecordKind = 'sign-off',
): Promise<string> {
  const folder = kind === 'break-glass' ? GLASS : '';
  const name = `${folder}${digestHex(digest)}.${shortKey(keyFingerprint)}.${recordDigestOf(bytes).slice(0, 16)}.json`;
  try {
    const isNew = await store.put(name, bytes);
    const there = isNew ? bytes : await store.get(name);
    if (there === null || !Buffer.from(there).equals(Buffer.from(bytes)))
      throw new Error(`${name} is something else`);
    return `${store.place}/${name}`;
  } catch (error) {
    throw new CheckError(
      'sign-failed',
      `the record cannot be kept: ${because(error)}`,
      'make the store writable, or name another',
      error,
    );
  }
}

/** Who used a record, as the store has it; null where nobody did. */
async function useOf(store: Store, recordDigest: string): Promise<string | null> {
  const bytes = await store.get(useName(recordDigest));
  return bytes === null ? null : Buffer.from(bytes).toString('utf8').slice(0, 400).trim();
}

/** Uses a record up, and says whether it was there to be used. `use` must not be what another user could write. */
export const useRecord = (store: Store, recordDigest: string, use: string): Promise<boolean> =>
  store.put(useName(recordDigest), Buffer.from(`${use}\n`));

const useName = (recordDigest: string): string => `used/${recordDigest}.txt`;

/** sha256 (hex) of the bytes of a record, by which its use is remembered. */
export const recordDigestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function digestHex(digest: string): string {
  const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
  if (hex === undefined) throw new CheckError('internal', `"${digest}" is not a sign-off digest`);
  return hex;
}

/** Enough of the key to see which records are of one key. */
function shortKey(keyFingerprint: string): string {
  const [, base64] = /^SHA256:([A-Za-z0-9+/]{43})$/.exec(keyFingerprint) ?? [];
  const hash = base64 === undefined ? null : decodeBase64(`${base64}=`);
  if (hash === null) throw new CheckError('internal', `"${keyFingerprint}" is not the fingerprint of a key`);
  return hash.toString('hex').slice(0, 8);
}
