import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { beforeAll, describe, expect, test } from 'vitest';
import { hashedInThread } from '../../src/adapters/hash-thread.ts';
import type { HashedBytes } from '../../src/adapters/hashed-bytes.ts';
import { temporaryFolder } from './repository.ts';

let worker = '';
beforeAll(async () => {
  const { output } = await build({ input: 'src/adapters/hash-worker.ts', platform: 'node', write: false });
  worker = output[0].code;
});

const scriptOf = (text: string): URL => {
  const script = join(temporaryFolder(), 'worker.mjs');
  writeFileSync(script, text);
  return pathToFileURL(script);
};

const CHUNK = 1 << 20;
const fileOf = (size: number): string => {
  const path = join(temporaryFolder(), 'plan.json');
  writeFileSync(path, Buffer.alloc(size, 'no two chunks of it are the same: 0123456789 '));
  return path;
};

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Takes each chunk as a reader does, who may be slow, and may do something to the file meanwhile. */
async function readThrough(
  input: HashedBytes,
  between: (nth: number) => Promise<void> | void = () => {},
): Promise<{ seen: string; length: number; digest: string }> {
  const seen = createHash('sha256');
  let nth = 0;
  let length = 0;
  try {
    for await (const chunk of input.chunks) {
      await between(nth++);
      seen.update(chunk);
      length += chunk.length;
    }
    return { seen: seen.digest('hex'), length, digest: await input.digest() };
  } finally {
    input.end();
  }
}

const pause = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

describe('a thread that hashes', () => {
  test.each([0, 300_000, CHUNK, 9 * CHUNK + 1, 16 * CHUNK, 40 * CHUNK])(
    'tells of a file of %d bytes the digest of what was read',
    async (size) => {
      const path = fileOf(size);
      const { seen, length, digest } = await readThrough(hashedInThread(path, scriptOf(worker)));
      expect(length).toBe(size);
      expect(digest).toBe(seen);
      expect(digest).toBe(digestOf(readFileSync(path)));
    },
  );

  test.each([
    ['reader', '', 4],
    [
      'thread',
      'const wait = (time) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, time);',
      0,
    ],
  ])('and a slow %s wait for each other', async (_, slow, time) => {
    const text =
      slow === '' ? worker : `${slow}\n${worker.replaceAll('hash.update(', 'wait(4); hash.update(')}`;
    const path = fileOf(40 * CHUNK + 5);
    const read = await readThrough(hashedInThread(path, scriptOf(text)), () => pause(time));
    expect(read).toEqual({ seen: read.digest, length: 40 * CHUNK + 5, digest: digestOf(readFileSync(path)) });
  });

  test.each<[string, (path: string) => void]>([
    [
      'written over',
      (path) => writeFileSync(path, Buffer.alloc(40 * CHUNK, 'another plan '), { flag: 'r+' }),
    ],
    ['replaced', (path) => renameSync(fileOf(50 * CHUNK), path)],
    ['cut off', (path) => truncateSync(path, 20 * CHUNK + 7)],
    ['written on', (path) => appendFileSync(path, Buffer.alloc(3 * CHUNK, 'more '))],
  ])('tells the digest of what was looked at, also of a file that is %s meanwhile', async (_, change) => {
    const path = fileOf(40 * CHUNK);
    const { seen, digest } = await readThrough(hashedInThread(path, scriptOf(worker)), (nth) => {
      if (nth === 3) change(path);
    });
    expect(digest).toBe(seen);
  });

  test.each([
    ['throws', 'throw new Error("bad");'],
    ['ends', 'process.exit(0);'],
    ['cannot read', 'throw new Error("EIO");'],
  ])('that %s before it has told is a failure, and not a wait for ever', async (_, act) => {
    const internal = { code: 'internal' };
    const late = worker.replace(/going\.tell\(/, `${act} going.tell(`);
    expect(late).not.toBe(worker);
    await expect(readThrough(hashedInThread(fileOf(30 * CHUNK), scriptOf(late)))).rejects.toMatchObject(
      internal,
    );
    await expect(readThrough(hashedInThread(fileOf(30 * CHUNK), scriptOf(act)))).rejects.toMatchObject(
      internal,
    );
  });

  test('that is not there is a failure', async () => {
    const none = pathToFileURL(join(temporaryFolder(), 'none.js'));
    await expect(readThrough(hashedInThread(fileOf(300_000), none))).rejects.toMatchObject({
      code: 'internal',
    });
  });

  test('ends where nobody wants the rest', async () => {
    const input = hashedInThread(fileOf(60 * CHUNK), scriptOf(worker));
    for await (const chunk of input.chunks) {
      expect(chunk.length).toBe(CHUNK);
      break;
    }
    input.end();
    await expect(input.digest()).rejects.toMatchObject({ code: 'internal' });
  });
});
