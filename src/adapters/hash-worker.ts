import { createHash } from 'node:crypto';
import { workerData } from 'node:worker_threads';
import { goThrough, HASHING } from './shared-file.ts';

// The thread that `hash-thread.ts` starts: it goes through the file, and tells the digest in the end.
const going = goThrough(workerData, HASHING);
const hash = createHash('sha256');
while (!going.isGivenUp()) {
  const chunk = going.next();
  if (chunk === null) continue;
  if (chunk.length === 0) {
    going.tell(hash.digest());
    break;
  }
  hash.update(chunk);
}
