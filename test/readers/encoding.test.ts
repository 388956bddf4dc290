import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asUtf8 } from '../../src/readers/encoding.ts';
import { streamOf, utf8, utf16 } from './bytes.ts';

async function textOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const ENCODED: readonly (readonly [string, (text: string) => Uint8Array])[] = [
  ['UTF-8', utf8],
  ['UTF-8 with a mark', (text) => utf8(`\uFEFF${text}`)],
  ['UTF-16LE with a mark', (text) => utf16(text, 'le', true)],
  ['UTF-16BE with a mark', (text) => utf16(text, 'be', true)],
  ['UTF-16LE', (text) => utf16(text, 'le', false)],
  ['UTF-16BE', (text) => utf16(text, 'be', false)],
];

test.each(ENCODED)('%s becomes UTF-8, however it is cut', async (_name, encode) => {
  const cases = fc.tuple(fc.string({ unit: 'grapheme' }), fc.array(fc.nat(60), { maxLength: 8 }));
  await fc.assert(
    fc.asyncProperty(cases, async ([inside, cuts]) => {
      const text = `{"a":${JSON.stringify(inside)}}`;
      const bytes = encode(text);
      expect(
        await textOf(
          asUtf8(
            streamOf(
              bytes,
              cuts.filter((cut) => cut < bytes.length),
            ),
          ),
        ),
      ).toBe(text);
    }),
  );
});

test.each(['le', 'be'] as const)('UTF-16%s that is cut in a character is refused', async (order) => {
  const bytes = utf16('{"a":"😀"}', order, true);
  for (const end of [bytes.length - 1, bytes.length - 6])
    await expect(textOf(asUtf8(streamOf(bytes.subarray(0, end))))).rejects.toMatchObject({
      code: 'not-json',
    });
});

test('a failure of the source stays what it is', async () => {
  const failing = async function* (): AsyncGenerator<Uint8Array> {
    yield utf16('{"a"', 'le', true);
    throw new TypeError('the pipe broke');
  };
  await expect(textOf(asUtf8(failing()))).rejects.toThrow('the pipe broke');
});
