import { promises, readFileSync, statSync } from 'node:fs';
import { type Hasher, hashHere } from './hasher.ts';

/** What is no longer is read here and now: to have it read elsewhere, and to wait for it, takes longer. */
const SMALL = 1 << 18;

/**
 * The bytes of a file, always into the same little memory: the next chunk is read while one is looked at. A chunk is
 * good until the one after it is asked for, and whoever keeps bytes longer copies them; so the memory that reading takes
 * does not grow with the file.
 */
export async function* chunksOf(path: string, memory = hashHere().memory): AsyncGenerator<Uint8Array> {
  // Only of a file, since a pipe could keep the whole program waiting.
  const found = statSync(path);
  if (found.isFile() && found.size > 0 && found.size <= SMALL) yield readFileSync(path);
  else yield* inTurns(path, memory);
}

async function* inTurns(path: string, memory: Hasher['memory']): AsyncGenerator<Uint8Array> {
  const file = await promises.open(path, 'r');
  /** What the file is read into at the moment, and must not be closed before. */
  let reading: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<Uint8Array> => {
    const buffer = await memory();
    const done = file.read(buffer, 0, buffer.length, null);
    reading = done;
    return buffer.subarray(0, (await done).bytesRead);
  };
  let next = read();
  try {
    while (true) {
      const chunk = await next;
      if (chunk.length === 0) return;
      next = read();
      // It may fail before anybody waits for it; whoever does is told.
      next.catch(() => null);
      yield chunk;
    }
  } finally {
    // Not for `next`: the memory that it waits for may never come once nobody takes what was read.
    await reading.catch(() => null);
    await file.close();
  }
}
