import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { FromHash, ToHash } from './hash-thread.ts';

// The thread that `hash-thread.ts` starts: bytes come in, and their memory goes back; in the end, the digest.
const hash = createHash('sha256');
const tell = (message: FromHash, memory: readonly ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, [...memory]);

parentPort?.on('message', (message: ToHash) => {
  if (message === null) {
    tell({ digest: hash.digest('hex') });
    return;
  }
  const { bytes } = message;
  hash.update(bytes);
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer) tell({ memory: buffer }, [buffer]);
});
