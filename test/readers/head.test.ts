import { expect, test } from 'vitest';
import { withHead } from '../../src/readers/head.ts';
import { streamOf, utf8 } from './bytes.ts';

test.each([
  ['short', 2, [1]],
  ['a longer text than the head', 5, [1, 3, 9, 12]],
  ['', 4, []],
])('shows the beginning of "%s" and loses nothing', async (text, size, cuts) => {
  const { head, bytes } = await withHead(streamOf(utf8(text), cuts), size);
  expect(head.length).toBeGreaterThanOrEqual(Math.min(size, text.length));
  expect(text.startsWith(Buffer.from(head).toString())).toBe(true);
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe(text);
});

test('closes the source when the reader stops early', async () => {
  let closed = false;
  const source = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield utf8('ab');
      yield utf8('cd');
    } finally {
      closed = true;
    }
  };
  const { bytes } = await withHead(source(), 1);
  for await (const _ of bytes) break;
  expect(closed).toBe(true);
});
