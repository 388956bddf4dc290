import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isArray, isNumber, isObject, type Json } from '../../../src/model/json.ts';
import { parseJson } from '../../../src/readers/json/parse.ts';
import { utf8 } from '../bytes.ts';

/** The parsed value as JSON.parse would have it. */
function plain(value: Json): unknown {
  if (isObject(value)) return Object.fromEntries([...value].map(([key, member]) => [key, plain(member)]));
  if (isArray(value)) return value.map(plain);
  return isNumber(value) ? Number(value.text) : value;
}

test('says of every JSON value what JSON.parse says', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(plain(parseJson(text, 'it'))).toEqual(JSON.parse(text));
      expect(plain(parseJson(utf8(text), 'it'))).toEqual(JSON.parse(text));
    }),
  );
});

test('refuses whatever JSON.parse refuses', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-',
    '0',
    '.',
    'e',
    '+',
    'true',
    ' ',
    '\\',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
      const text = pieces.join('');
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      if (valid && /"a".*"a"/.test(text)) return;
      if (valid) expect(plain(parseJson(text, 'it'))).toEqual(JSON.parse(text));
      else expect(() => parseJson(text, 'it')).toThrow(expect.objectContaining({ code: 'not-json' }));
    }),
    { numRuns: 2000 },
  );
});

test.each(['12345678901234567890', '1e400', '-0', '1.0', '0.10E+05'])('keeps every digit of %s', (text) => {
  expect(parseJson(text, 'it')).toEqual({ kind: 'number', text });
});

test('keeps __proto__ and constructor as keys like any other', () => {
  const value = parseJson('{"__proto__":{"a":1},"constructor":2}', 'it');
  expect(isObject(value) && [...value.keys()]).toEqual(['__proto__', 'constructor']);
});

test.each([
  ['a key twice', '{"a":1,"a":2}', 'duplicate-key'],
  ['a key twice, once escaped', '{"a":1,"\\u0061":2}', 'duplicate-key'],
  ['a key twice, deep inside', '[{"b":{"a":1,"c":[],"a":1}}]', 'duplicate-key'],
  ['half a surrogate pair', '"\\ud800"', 'not-json'],
  ['the second half alone', '"\\udc00"', 'not-json'],
  ['two first halves', '"\\ud800\\ud800"', 'not-json'],
  ['a half before another escape', '"\\ud800\\n0000"', 'not-json'],
  ['more after the value', '{} {}', 'not-json'],
  ['a line break in a string', '"a\nb"', 'not-json'],
  ['an unknown escape', '"\\x41"', 'not-json'],
  ['a byte order mark', '\uFEFF{}', 'not-json'],
  ['nothing', '', 'not-json'],
  ['a comma too many', '[1,]', 'not-json'],
  ['513 levels', `${'['.repeat(513)}${']'.repeat(513)}`, 'input-too-deep'],
])('refuses %s', (_name, text, code) => {
  expect(() => parseJson(text, 'it')).toThrow(expect.objectContaining({ code }));
});

test('reads 512 levels, and whole surrogate pairs', () => {
  expect(() => parseJson(`${'['.repeat(512)}${']'.repeat(512)}`, 'it')).not.toThrow();
  expect(parseJson('"\\ud83d\\ude00"', 'it')).toBe('😀');
});

test('refuses bytes that are not UTF-8', () => {
  expect(() => parseJson(Uint8Array.of(0x22, 0xff, 0x22), 'it')).toThrow(
    expect.objectContaining({ code: 'not-json' }),
  );
});

test('names the text and the place', () => {
  expect(() => parseJson('[1 2]', 'the record')).toThrow(/the record.*character 3/);
});

/** Long enough to be taken over from the side before, and such that one begins like another. */
const LONG = [
  '1234567890123456',
  '12345678901234567',
  '"a text of some length"',
  '[1,2,3,4,5,6,7,8,9]',
  '{"a":"0123456789"}',
];
const space = fc.constantFrom('', '', ' ', '\n');

test('says of two sides that are alike what it says of each alone', () => {
  const value = fc.constantFrom(
    ...LONG,
    ...LONG,
    'null',
    '1',
    '"\\u0041\\"\\\\ and so on and on"',
    '[1, "]", {}]',
  );
  const member = fc.tuple(fc.constantFrom('a', 'b', 'c'), space, value, space);
  const side = fc
    .uniqueArray(member, { selector: ([key]) => key, maxLength: 3 })
    .map(
      (members) =>
        `{${members.map(([key, before, one, after]) => `"${key}":${before}${one}${after}`).join()}}`,
    );
  fc.assert(
    fc.property(side, side, (before, after) => {
      const whole = parseJson(`{"change":{"before":${before},"after":${after}}}`, 'it');
      expect(plain(whole)).toEqual({ change: { before: JSON.parse(before), after: JSON.parse(after) } });
      const digits = isObject(whole) ? whole.get('change') : null;
      expect(isObject(digits ?? null) && digits).toEqual(
        new Map([
          ['before', parseJson(before, 'it')],
          ['after', parseJson(after, 'it')],
        ]),
      );
    }),
    { numRuns: 2000 },
  );
});

test.each(LONG)('refuses more than %s in the second side alone', (value) => {
  for (const more of ['1', '.', 'x', '"', ']', '{'])
    expect(() => parseJson(`{"change":{"before":{"a":${value}},"after":{"a":${value}${more}`, 'it')).toThrow(
      expect.objectContaining({ code: 'not-json' }),
    );
});

test('a long text with many escapes takes no longer than it is long', () => {
  const start = performance.now();
  for (const piece of ['\\n', '\\"', 'x\\\\', '\\u0041']) parseJson(`"${piece.repeat(300_000)}"`, 'it');
  expect(performance.now() - start).toBeLessThan(5000);
});
