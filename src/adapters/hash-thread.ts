import { availableParallelism } from 'node:os';
import { isMainThread, Worker } from 'node:worker_threads';
import { CheckError } from '../model/error.ts';
import type { Hasher } from './hasher.ts';

/** What the thread is told: bytes to take in, or that there are no more. It answers with their memory, or the digest. */
export type ToHash = { readonly bytes: Uint8Array } | null;
export type FromHash = { readonly memory: ArrayBuffer } | { readonly digest: string };

/** To start a thread takes as long as to hash this much of a file. */
const WORTH = 64 * 1024 * 1024;

/** Whether a thread of its own pays for a file of so many bytes. Where plans are judged in threads, each has a core. */
export const isWorthThread = (size: number | null): boolean =>
  size !== null && size >= WORTH && isMainThread && availableParallelism() > 1;

const CHUNK = 1 << 20;
/** What is read may be ahead of what is hashed by so many buffers. */
const BUFFERS = 8;

/**
 * Hashes on a thread of its own. Bytes go there and their memory comes back, never shared: so what is hashed is what was
 * read, and nobody can write to it meanwhile. A thread that ends before it has told the digest is a failure. `script`
 * is the compiled `hash-worker.ts`.
 */
export function hashInThread(script: URL = new URL('./hash-worker.js', import.meta.url)): Hasher {
  const worker = new Worker(script);
  // An input that is given up must not keep the process alive; only whoever waits for the thread does.
  worker.unref();
  const free: ArrayBuffer[] = [];
  let made = 0;
  let digest: string | null = null;
  let failed: CheckError | null = null;
  /** Whoever waits for memory, or for the digest. */
  let wake: () => void = () => {};

  const fail = (why: string): void => {
    failed ??= new CheckError(
      'internal',
      `the thread that hashes the input ended: ${why}`,
      'please report it',
    );
    wake();
  };
  worker.on('message', (message: FromHash) => {
    if ('digest' in message) digest = message.digest;
    else free.push(message.memory);
    wake();
  });
  worker.on('messageerror', (error) => fail(error.message));
  worker.on('error', (error) => fail(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => fail(`exit code ${code}`));

  /** What `look` finds, as soon as it finds something. */
  const soon = async <T>(look: () => T | null): Promise<T> => {
    for (;;) {
      if (failed !== null) throw failed;
      const found = look();
      if (found !== null) return found;
      worker.ref();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      worker.unref();
    }
  };
  const tell = (message: ToHash, memory: readonly ArrayBuffer[] = []): void =>
    worker.postMessage(message, [...memory]);

  return {
    update: (bytes) => tell({ bytes }, bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : []),
    async memory() {
      const memory = await soon(() => free.pop() ?? (made < BUFFERS ? new ArrayBuffer(CHUNK) : null));
      made += 1;
      return new Uint8Array(memory);
    },
    async digest() {
      tell(null);
      return soon(() => digest);
    },
    end: () => void worker.terminate(),
  };
}
