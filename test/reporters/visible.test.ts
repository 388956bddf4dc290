import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spelling, visible } from '../../src/reporters/visible.ts';
import { hostileText } from './report-arbitraries.ts';

test.each([
  ['line feed', '\n', '\\n'],
  ['tab', '\t', '\\t'],
  ['carriage return', '\r', '\\r'],
  ['escape', '\u001b[31m', '\\u{1b}[31m'],
  ['C1 control sequence introducer', '\u009b', '\\u{9b}'],
  ['delete', '\u007f', '\\u{7f}'],
  ['right-to-left override', '\u202e', '\\u{202e}'],
  ['first strong isolate', '\u2068', '\\u{2068}'],
  ['zero-width joiner', '\u200d', '\\u{200d}'],
  ['soft hyphen', '\u00ad', '\\u{ad}'],
  ['byte order mark', '\ufeff', '\\u{feff}'],
  ['line separator', '\u2028', '\\u{2028}'],
  ['tag', '\u{e0041}', '\\u{e0041}'],
  ['variation selector', '\ufe0f', '\\u{fe0f}'],
  ['lone surrogate', '\ud83d', '\\u{d83d}'],
  ['no-break space', '\u00a0', '\\u{a0}'],
  ['Hangul filler', '\u3164', '\\u{3164}'],
  ['braille blank', '\u2800', '\\u{2800}'],
])('%s is written out', (_, char, written) => {
  expect(visible(`a${char}b`)).toBe(`a${written}b`);
});

test.each(['plain text', 'naïve 日本 😀', 'a\\nb', '→ …'])('%s stays as it is', (text) => {
  expect(visible(text)).toBe(text);
});

test('writing out twice is writing out once', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(visible(visible(text))).toBe(visible(text));
    }),
  );
});

test('a look-alike letter is spelt out', () => {
  expect(spelling('aws_db_instance.m\u0430in')).toBe('aws_db_instance.m\\u{430}in');
  expect(spelling('aws_db_instance.main["a b"]')).toBe('aws_db_instance.main["a b"]');
});
