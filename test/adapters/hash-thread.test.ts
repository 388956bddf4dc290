import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { chunksOf } from '../../src/adapters/chunks.ts';
import { hashInThread, isWorthThread } from '../../src/adapters/hash-thread.ts';
import type { Hasher } from '../../src/adapters/hasher.ts';
import { temporaryFolder } from './repository.ts';

/** A thread that runs this module text; the compiled one is tried with the bundled command. */
function threadOf(text: string): Hasher {
  const script = join(temporaryFolder(), 'worker.mjs');
  writeFileSync(script, `import { parentPort } from 'node:worker_threads';\n${text}`);
  return hashInThread(pathToFileURL(script));
}

const HASHING = `
  import { createHash } from 'node:crypto';
  const hash = createHash('sha256');
  parentPort.on('message', (message) => {
    if (message === null) return parentPort.postMessage({ digest: hash.digest('hex') });
    hash.update(message.bytes);
    parentPort.postMessage({ memory: message.bytes.buffer }, [message.bytes.buffer]);
  });`;

/** Reads the file as an input is read, and gives each chunk away once it was looked at. */
async function readThrough(path: string, hasher: Hasher): Promise<{ seen: string; digest: string }> {
  const seen = createHash('sha256');
  try {
    for await (const chunk of chunksOf(path, hasher.memory)) {
      seen.update(chunk);
      hasher.update(chunk);
    }
    return { seen: seen.digest('hex'), digest: await hasher.digest() };
  } finally {
    hasher.end();
  }
}

const fileOf = (size: number): string => {
  const path = join(temporaryFolder(), 'plan.json');
  writeFileSync(path, Buffer.alloc(size, 'no two chunks of it are the same: 0123456789 '));
  return path;
};

describe('a thread that hashes', () => {
  test.each([300_000, 1 << 20, (9 << 20) + 1, 30 << 20])(
    'tells of a file of %d bytes the digest of what was read',
    async (size) => {
      const { seen, digest } = await readThrough(fileOf(size), threadOf(HASHING));
      expect(digest).toBe(seen);
    },
  );

  test.each([
    ['throws', 'throw new Error("bad")'],
    ['ends', 'process.exit(0)'],
    ['tells what cannot be told', 'parentPort.postMessage(() => {})'],
  ])('that %s before it has told is a failure, and not a wait for ever', async (_, act) => {
    const late = HASHING.replace('message === null', 'message === null || message.bytes.length < 1 << 20');
    const dies = late.replace('return parentPort', `${act}; return parentPort`);
    await expect(readThrough(fileOf((30 << 20) + 7), threadOf(dies))).rejects.toMatchObject({
      code: 'internal',
    });
    const atOnce = `parentPort.on('message', () => { ${act}; });`;
    await expect(readThrough(fileOf(30 << 20), threadOf(atOnce))).rejects.toMatchObject({ code: 'internal' });
  });

  test('that is not there is a failure', async () => {
    const hasher = hashInThread(pathToFileURL(join(temporaryFolder(), 'none.js')));
    await expect(readThrough(fileOf(300_000), hasher)).rejects.toMatchObject({ code: 'internal' });
  });

  test('pays for large files alone', () => {
    expect(isWorthThread(null)).toBe(false);
    expect(isWorthThread(1 << 20)).toBe(false);
  });
});
