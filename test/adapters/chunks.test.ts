import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chunksOf } from '../../src/adapters/chunks.ts';
import { temporaryFolder } from './repository.ts';

/** The largest file that is read in one go. */
const SMALL = 1 << 18;

function fileOf(size: number): { path: string; bytes: Buffer } {
  const bytes = randomBytes(size);
  const path = join(temporaryFolder(), bytes.subarray(0, 8).toString('hex'));
  writeFileSync(path, bytes);
  return { path, bytes };
}

/** A chunk is good until the next one is asked for. */
async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const copies: Buffer[] = [];
  for await (const chunk of chunks) copies.push(Buffer.from(chunk));
  return Buffer.concat(copies);
}

test.each([1, 4096, SMALL - 1, SMALL, SMALL + 1, 3 * SMALL + 7])(
  'a file of %d bytes is read',
  async (size) => {
    const { path, bytes } = fileOf(size);
    expect((await whole(chunksOf(path))).equals(bytes)).toBe(true);
  },
);

test('small files are read one after the other into the same memory', async () => {
  const memories = new Set<unknown>();
  for (const size of [SMALL, 10, 3000]) {
    const { path, bytes } = fileOf(size);
    for await (const chunk of chunksOf(path)) {
      memories.add(chunk.buffer);
      expect(bytes.equals(chunk)).toBe(true);
    }
  }
  expect(memories.size).toBe(1);
});

test('and at the same time each into its own', async () => {
  const files = [fileOf(2000), fileOf(2000), fileOf(SMALL + 1)];
  const readers = files.map(({ path }) => chunksOf(path));
  const chunks = await Promise.all(readers.map((reader) => reader.next()));
  for (const [nth, { value }] of chunks.entries())
    expect(files[nth]?.bytes.subarray(0, value?.length).equals(value as Uint8Array)).toBe(true);
  await Promise.all(readers.map((reader) => reader.return(undefined)));
});

test('what is no longer there is told by its reader', async () => {
  await expect(whole(chunksOf(join(temporaryFolder(), 'missing')))).rejects.toMatchObject({ code: 'ENOENT' });
});
