import { closeSync, openSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { CheckError } from '../model/error.ts';
import { type Tuning, tuneEngine } from './engine-tuning.ts';
import type { HashedBytes } from './hashed-bytes.ts';
import { goThrough, LOOKING, sharedFile } from './shared-file.ts';

/**
 * The bytes of a file, hashed on a thread of its own while they are looked at here. The digest is that of the very bytes
 * that were handed out, whatever happens to the file meanwhile. A thread that ends before it has told the digest is a
 * failure. `script` is the compiled `hash-worker.ts`.
 */
export function hashedInThread(
  path: string,
  script: URL = new URL('./hash-worker.js', import.meta.url),
): HashedBytes {
  const file = openSync(path, 'r');
  const shared = sharedFile(file);
  const going = goThrough(shared, LOOKING);
  const worker = new Worker(script, { workerData: shared });
  // An input that is given up must not keep the process alive.
  worker.unref();
  let failed: CheckError | null = null;
  const fail = (why: string): void => {
    failed ??= new CheckError(
      'internal',
      `the thread that hashes the input ended: ${why}`,
      'please report it',
    );
  };
  worker.on('error', (error) => fail(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => {
    fail(`exit code ${code}`);
    closeSync(file);
  });

  /** What `look` finds. Now and then it gives up waiting, so that what happened to the thread is heard. */
  const soon = async <T>(look: () => T | null): Promise<T> => {
    for (;;) {
      const found = look();
      if (found !== null) return found;
      await new Promise((resolve) => setImmediate(resolve));
      if (failed !== null) throw failed;
    }
  };

  async function* chunks(): AsyncGenerator<Uint8Array> {
    let tuning: Tuning | null = null;
    try {
      for (;;) {
        const chunk = going.next() ?? (await soon(going.next));
        if (chunk.length === 0) return;
        // Not before the thread has started: that takes longer in an engine that is not as usual.
        if (going.isAccompanied()) tuning ??= tuneEngine();
        tuning?.goOn();
        yield chunk;
      }
    } finally {
      tuning?.end();
    }
  }

  return { chunks: chunks(), digest: () => soon(going.digest), end: going.giveUp };
}
