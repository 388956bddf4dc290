import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainEngine } from '../../../src/readers/json/engine.ts';
import { loadSimd } from '../../../src/readers/json/simd/engine.ts';
import type { Members } from '../../../src/readers/json/walk.ts';
import { utf8 } from '../bytes.ts';

const MEMBERS: Members = {
  outer: [
    ['t', 'text'],
    ['any', 'any'],
    ['in', 'object'],
    ['long_name_of_a_member', 'any'],
  ],
  inner: [
    ['l', 'list-of-word'],
    ['any', 'any'],
  ],
  word: 'w',
};
const KEYS = ['t', 'any', 'in', 'long_name_of_a_member', 'in.l', 'in.any'];

const simdEngine = loadSimd()?.() ?? null;
if (simdEngine === null) throw new Error('this machine has no SIMD, so nothing can be compared');
const plain = plainEngine.createWalk(MEMBERS);
const simd = simdEngine.createWalk(MEMBERS);

/** What stands at each member, by both walks; null where it is not as the table says. */
function found(bytes: Uint8Array): Record<string, string> | null {
  const passes = plain.over(bytes);
  expect(simd.over(bytes)).toBe(passes);
  if (!passes) return null;
  expect([...simd.places]).toEqual([...plain.places]);
  const text = (row: number): string =>
    Buffer.from(bytes.subarray(plain.places[2 * row], plain.places[2 * row + 1])).toString();
  return Object.fromEntries(KEYS.map((key, row) => [key, text(row)]).filter(([, value]) => value !== ''));
}

test.each<[string, Record<string, string>]>([
  ['{}', {}],
  ['{ "t" : "a" , "any" : [1] }', { t: '"a"', any: '[1]' }],
  ['{"t":null,"in":{}}', { t: 'null', in: '{}' }],
  [
    '{"in":{"any":{"l":["x"]},"l":[ "w" ]}}',
    { in: '{"any":{"l":["x"]},"l":[ "w" ]}', 'in.any': '{"l":["x"]}', 'in.l': '[ "w" ]' },
  ],
  ['{"long_name_of_a_member":0,"any":1234567890}', { long_name_of_a_member: '0', any: '1234567890' }],
  [
    '{"any":"\\"\\\\","t":"0123456789abcde\\"0123456789abcdef"}',
    { any: '"\\"\\\\"', t: '"0123456789abcde\\"0123456789abcdef"' },
  ],
  ['{"any":true}', { any: 'true' }],
  ['{"any":false\n}', { any: 'false' }],
])('passes %s', (text, values) => {
  expect(found(utf8(text))).toEqual(values);
});

test.each([
  '',
  '[]',
  '{',
  '{} ',
  '{"x":1}',
  '{"t":1}',
  '{"t":"a","t":"a"}',
  '{"any":1,"in":{"any":1,"any":1}}',
  '{"in":null}',
  '{"in":{"l":[]}}',
  '{"in":{"l":["w","w"]}}',
  '{"in":{"l":["\\u0077"]}}',
  '{"in":{"l":"w"}}',
  '{"any":12345678901}',
  '{"any":-1}',
  '{"any":1.5}',
  '{"any":01}',
  '{"any":nul}',
  '{"any":nulll}',
  '{"any":tru',
  '{"any":falsy}',
  '{"any":"a\nb"}',
  '{"any":"a\\\nb"}',
  '{"any":"a\\',
  '{"any":[}]}',
  '{"any":}',
  '{"any"}',
  '{"any":1,}',
  '{,"any":1}',
  '{"any":1 "t":null}',
  '{"\\u0061ny":1}',
  '{"any":1\u0000}',
  '{"any":"\u0000"}',
])('leaves %j to a parser', (text) => {
  expect(found(utf8(text))).toBeNull();
});

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }).map((one) => JSON.stringify(one)),
  fc.constantFrom(
    '["w"]',
    '[ "w" ]',
    '{}',
    '[]',
    'null',
    'true',
    'false',
    '0',
    '7',
    '1e3',
    '"\\""',
    '{"any":[1]}',
  ),
  fc.nat(80).map((length) => `"${'a'.repeat(length)}"`),
  fc.nat(40).map((length) => `"${'\\\\'.repeat(length)}"`),
);
const space = fc.constantFrom('', '', '', ' ', '\n  ', '\t');
const objectOf = (keys: readonly string[], values: fc.Arbitrary<string>) =>
  fc
    .array(fc.tuple(space, fc.constantFrom(...keys), space, values, space), { maxLength: 5 })
    .map((all) => `{${all.map(([a, key, b, one, c]) => `${a}"${key}"${b}:${one}${c}`).join(',')}}`);
const objects = objectOf(
  ['t', 'any', 'in', 'long_name_of_a_member'],
  fc.oneof(value, objectOf(['l', 'any'], value)),
);
const damaged = fc
  .tuple(
    objects,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'{}[]":,\\\n 01wx\u0000é')), { maxLength: 2 }),
  )
  .map(([text, damages]) => {
    const bytes = utf8(text);
    for (const [at, char] of damages) bytes[at % bytes.length] = char.charCodeAt(0);
    return bytes;
  });

test('both say the same of objects, whole and damaged, and whatever stood in the memory before', () => {
  let passed = 0;
  fc.assert(
    fc.property(damaged, fc.nat(), (bytes, cut) => {
      if (found(bytes) !== null) passed++;
      // What is cut off here is still there in the memory behind the end.
      found(bytes.subarray(0, cut % bytes.length));
    }),
    { numRuns: 3000 },
  );
  expect(passed).toBeGreaterThan(200);
});

describe('an object larger than the window', () => {
  test.each([1 << 18, (1 << 18) + 1, 400_000])('of %d bytes', (size) => {
    const start = '{"t":"a","any":["';
    const text = `${start}${'x'.repeat(size - start.length - 3)}"]}`;
    expect(found(utf8(text))?.['t']).toBe('"a"');
    expect(found(utf8(`${text.slice(0, -2)}}}`))).toBeNull();
    expect(found(utf8(text.replace('"t":"a"', '"t":1')))).toBeNull();
    expect(found(utf8('{"any":1}'))).toEqual({ any: '1' });
  });
});
