import { setTimeout as wait } from 'node:timers/promises';
import type { LogPiece } from '../trail/audit.ts';
import { type Entry, entryBytes, hashOf } from '../trail/entry.ts';
import { type Store, storeFailed } from './store/store.ts';

/**
 * Appends to the log of the store: pieces `log/<number>.json`, each with the hash of the one before. Numbers are put
 * once, so of two who append at the same time one takes the next. Returns the entry as it stands there.
 */
export async function appendToLog(store: Store, entry: Omit<Entry, 'seq' | 'previous'>): Promise<Entry> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const last = (await store.list(LOG)).filter((name) => NAME.test(name)).at(-1);
    const bytes = last === undefined ? null : await store.get(last);
    if (last !== undefined && bytes === null)
      throw storeFailed(store.place, `${last} is listed and cannot be read`);
    const seq = last === undefined ? 1 : numberIn(last) + 1;
    const next: Entry = { ...entry, seq, previous: bytes === null ? null : hashOf(bytes) };
    if (await store.put(nameOf(seq), entryBytes(next))) return next;
    await wait(Math.random() * 20 * (attempt + 1));
  }
  throw storeFailed(store.place, `others wrote to its log ${ATTEMPTS} times in a row`);
}

/** All of the log, and which records are marked as used. */
export async function readLog(store: Store): Promise<{ pieces: LogPiece[]; used: string[] }> {
  const names = (await store.list(LOG)).filter((name) => NAME.test(name));
  const pieces: LogPiece[] = [];
  for (const name of names) {
    const bytes = await store.get(name);
    if (bytes !== null) pieces.push({ seq: numberIn(name), bytes });
  }
  const used = (await store.list('used/')).flatMap(
    (name) => /^used\/([0-9a-f]{64})\.txt$/.exec(name)?.[1] ?? [],
  );
  return { pieces, used };
}

const LOG = 'log/';
const NAME = /^log\/\d{12}\.json$/;
const ATTEMPTS = 50;

const nameOf = (seq: number): string => `${LOG}${String(seq).padStart(12, '0')}.json`;
const numberIn = (name: string): number => Number(name.slice(LOG.length, -'.json'.length));
