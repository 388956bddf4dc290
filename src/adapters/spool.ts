import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chunksOf } from './chunks.ts';

/** What comes only once, kept for a second reading. */
export interface Spool {
  /** The first time as it comes, after that from the copy. */
  readonly bytes: AsyncIterable<Uint8Array>;
  remove(): Promise<void>;
}

/** Copies a stream while it is read for the first time, into a file that only this user can read. */
export function spooled(stream: AsyncIterable<Uint8Array>): Spool {
  let folder: string | null = null;
  let copy: string | null = null;
  async function* copying(): AsyncGenerator<Uint8Array> {
    folder = await mkdtemp(join(tmpdir(), 'check-plan-'));
    const path = join(folder, 'input');
    const file = await open(path, 'wx', 0o600);
    try {
      for await (const chunk of stream) {
        await file.writeFile(chunk);
        yield chunk;
      }
      copy = path;
    } finally {
      await file.close();
    }
  }
  return {
    bytes: { [Symbol.asyncIterator]: () => (copy === null ? copying() : chunksOf(copy)) },
    remove: async () => {
      if (folder !== null) await rm(folder, { recursive: true, force: true });
    },
  };
}
