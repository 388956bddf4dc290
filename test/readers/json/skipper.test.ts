import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPlainSkipper } from '../../../src/readers/json/plain-skipper.ts';
import { loadSimd } from '../../../src/readers/json/simd/engine.ts';
import type { Skipper, Stop } from '../../../src/readers/json/skipper.ts';
import { utf8 } from '../bytes.ts';

const engine = loadSimd()?.() ?? null;
if (engine === null) throw new Error('this machine has no SIMD, so nothing can be compared');
const simd = engine.createSkipper();
const plain = createPlainSkipper();

/** Where the skipper stops in the bytes that stand behind an open object, handed over in chunks. */
function stopOf(skipper: Skipper, bytes: Uint8Array, cuts: readonly number[] = [], outer = 2): Stop {
  skipper.open(outer, 0x7b);
  let from = 0;
  for (const to of [...cuts, bytes.length].sort((a, b) => a - b)) {
    skipper.load(bytes.subarray(from, to));
    const { at, why } = skipper.skip(0);
    if (why !== 'more') return { at: from + at, why };
    expect(at).toBe(to - from);
    from = to;
  }
  return { at: bytes.length, why: 'more' };
}

const both = (bytes: Uint8Array, cuts: readonly number[] = []): void => {
  const expected = stopOf(plain, bytes);
  expect(stopOf(plain, bytes, cuts)).toEqual(expected);
  expect(stopOf(simd, bytes)).toEqual(expected);
  expect(stopOf(simd, bytes, cuts)).toEqual(expected);
};

describe.each([
  ['plain', plain],
  ['simd', simd],
])('the %s skipper', (_name, skipper) => {
  test.each([
    ['}', 1, 'closed'],
    ['"a":1}}', 6, 'closed'],
    ['"a":{"b":[[],{}]}},', 18, 'closed'],
    ['"}":"]\\"}\\\\"}', 13, 'closed'],
    ['"a":"\\\\\\"}"}', 12, 'closed'],
    ['', 0, 'more'],
    ['"a":{}', 6, 'more'],
    ['"a}', 3, 'more'],
    ['"a\\"}', 5, 'more'],
    [']', 0, 'unbalanced'],
    ['"a":[}', 5, 'unbalanced'],
    ['"a":{"b":1]', 10, 'unbalanced'],
    ['"a\nb"}', 2, 'control'],
    ['"a\\\nb"}', 3, 'control'],
    ['"a":x}', 4, 'stranger'],
    ["'a':1}", 0, 'stranger'],
    ['\\"}', 0, 'stranger'],
    ['"a":é}', 4, 'stranger'],
    ['"a":\u00001}', 4, 'stranger'],
    ['}\u0000\u0000', 1, 'closed'],
    [`"a":${'['.repeat(600)}`, 4 + 509, 'too-deep'],
    [`"a":${'['.repeat(509)}${']'.repeat(509)}}`, 4 + 509 + 509 + 1, 'closed'],
  ])('stops in %j at %d: %s', (text, at, why) => {
    expect(stopOf(skipper, utf8(text))).toEqual({ at, why });
  });

  test('allows outside of strings what JSON has there, and nothing else', () => {
    const allowed = [...Array(256).keys()].filter(
      (byte) => stopOf(skipper, Uint8Array.of(0x30, byte)).why === 'more',
    );
    expect(String.fromCharCode(...allowed)).toBe('\t\n\r "+,-.0123456789:E[aeflnrstu{');
  });

  test('goes on from where the last bracket was closed', () => {
    const bytes = utf8(`${'{"a":[1,"}"]} '.repeat(20_000)}`);
    skipper.load(bytes);
    for (let at = 0; at < bytes.length; at += 14) {
      skipper.open(0, 0x7b);
      expect(skipper.skip(at + 1)).toEqual({ at: at + 13, why: 'closed' });
    }
  });
});

/** Runs of what matters, so long that they reach over the edges of steps of 64 bytes. */
const piece = fc.oneof(
  fc.constantFrom('{', '}', '[', ']', '{}', '[]', '"', '\\', '\\"', '"":', ',', 'null', '\n', 'x', 'é'),
  fc.nat(70).map((length) => '\\'.repeat(length)),
  fc.nat(70).map((length) => ' '.repeat(length)),
  fc.nat(70).map((length) => `"${'a'.repeat(length)}"`),
  fc.nat(70).map((length) => `"${'\\'.repeat(length)}"`),
);
const pieces = fc.array(piece, { maxLength: 40 }).map((parts) => utf8(parts.join('')));
const values = fc
  .tuple(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 3))
  .map(([value, indent]) => utf8(`"a":${JSON.stringify(value, null, indent)}}tail`));

test.each([
  ['anything', fc.uint8Array({ maxLength: 300 })],
  ['what looks like JSON', pieces],
  ['JSON', values],
])('both stop alike in %s, however it is cut', (_name, arbitrary) => {
  const cases = arbitrary.chain((bytes) =>
    fc.tuple(fc.constant(bytes), fc.array(fc.nat(bytes.length), { maxLength: 8 })),
  );
  fc.assert(
    fc.property(cases, ([bytes, cuts]) => {
      both(bytes, cuts);
    }),
    { numRuns: 1500 },
  );
});

test('both stop alike for every cut in two, and for every shift over the edges of a step', () => {
  const strings = ['"\\\\\\"}{"', '"\\\\"', '"\\\\\\\\\\\\\\"]"', '{"b":[{}]}', '"\\u007d"'];
  for (let shift = 0; shift < 130; shift++) {
    const bytes = utf8(`${' '.repeat(shift)}"a":[${strings.join(',')}]}`);
    expect(stopOf(simd, bytes)).toEqual({ at: bytes.length, why: 'closed' });
    for (let cut = Math.max(0, shift - 1); cut <= bytes.length; cut++) both(bytes, [cut]);
  }
});

test('both know a run of backslashes of any length, wherever it begins', () => {
  for (let shift = 0; shift < 66; shift++)
    for (let length = 0; length < 132; length++) {
      const bytes = utf8(`${' '.repeat(shift)}"${'\\'.repeat(length)}"}"}`);
      const why = length % 2 === 0 ? shift + length + 3 : bytes.length;
      expect(stopOf(simd, bytes)).toEqual({ at: why, why: 'closed' });
      expect(stopOf(plain, bytes)).toEqual({ at: why, why: 'closed' });
    }
});

test('a chunk larger than the window is seen whole', () => {
  const text = `"a":"${'\\\\'.repeat(131_070)}","b":[${'{"c":"}"},'.repeat(60_000)}{}]}`;
  for (let shift = 0; shift < 5; shift++) {
    const bytes = utf8(`${' '.repeat(shift)}${text}  `);
    expect(stopOf(simd, bytes)).toEqual({ at: bytes.length - 2, why: 'closed' });
  }
});
