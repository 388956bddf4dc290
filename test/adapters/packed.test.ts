import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { unpacked } from '../../src/adapters/packed.ts';

const FIRST = gzipSync('{"a":1,');
const SECOND = gzipSync('"b":2}');
const BOTH = Buffer.concat([FIRST, SECOND]);
const TEXT = '{"a":1,"b":2}';

async function* inPieces(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

async function read(...pieces: readonly Uint8Array[]): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of unpacked(inPieces(...pieces), 'plan.json.gz')) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

test.each(['', '{', TEXT, 'PK'])('what is not packed goes by as it is: %j', async (text) => {
  expect(await read(Buffer.from(text))).toBe(text);
});

describe('gzip', () => {
  test('of several members is one stream, wherever its chunks are cut', async () => {
    for (let at = 0; at <= BOTH.length; at++)
      expect(await read(BOTH.subarray(0, at), BOTH.subarray(at))).toBe(TEXT);
    expect(await read(...[...BOTH].map((byte) => Buffer.from([byte])))).toBe(TEXT);
  });

  test('that is cut off anywhere gives no whole text', async () => {
    for (let end = 2; end < BOTH.length; end++) {
      const outcome = await read(BOTH.subarray(0, end)).catch((thrown) => thrown.code);
      expect(outcome).toBe(end === FIRST.length ? '{"a":1,' : 'input-unreadable');
    }
  });

  test.each([
    ['a letter', 'x'],
    ['a text', 'and there is more of it'],
    ['a zero', '\0'],
    ['many zeros', '\0'.repeat(40)],
    ['half a member', FIRST.subarray(0, 12)],
  ])('with %s after its end is no plan', async (_, rest) => {
    const more = Buffer.from(rest);
    for (const pieces of [[Buffer.concat([BOTH, more])], [BOTH, more], [BOTH, more, more]])
      await expect(read(...pieces)).rejects.toMatchObject({ code: 'input-unreadable' });
  });

  test('that is damaged is no plan', async () => {
    const damaged = Buffer.from(BOTH);
    damaged[FIRST.length - 6] = (damaged[FIRST.length - 6] ?? 0) ^ 1;
    await expect(read(damaged)).rejects.toMatchObject({ code: 'input-unreadable' });
  });

  test('is unpacked as it is read, not before', async () => {
    const block = Buffer.alloc(1 << 20, ' ');
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 1;
        yield gzipSync(block);
      }
    }
    let taken = 0;
    for await (const chunk of unpacked(endless(), 'bomb.gz')) {
      taken += chunk.length;
      if (taken > 50 * block.length) break;
    }
    expect(given).toBeLessThan(200);
  });
});

test('an error of the file itself is told as it is', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield FIRST;
    throw new Error('the disk is gone');
  }
  const reading = (async () => {
    for await (const _ of unpacked(failing(), 'x'));
  })();
  await expect(reading).rejects.toThrow('the disk is gone');
});

test('zstd is unpacked, or refused with what to do', async () => {
  const zstd = Buffer.from('28b52ffd2003190000616263', 'hex');
  const outcome = await read(zstd).catch((thrown) => thrown.code);
  expect(['abc', 'input-unreadable']).toContain(outcome);
});
