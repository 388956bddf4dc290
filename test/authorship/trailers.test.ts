import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spokenLines, withoutComments } from '../../src/authorship/spoken-lines.ts';
import { trailersOf } from '../../src/authorship/trailers.ts';

test.each([
  ['at the end', 'Title\n\nBody.\n\nCo-Authored-By: A <a@b.c>\n', [['co-authored-by', 'A <a@b.c>']]],
  [
    'in the middle, as a squash merge leaves them',
    'Title (#1)\n\n* one\n\nClaude-Session: https://claude.ai/code/session_1\n\n* two\n\nmore\n',
    [['claude-session', 'https://claude.ai/code/session_1']],
  ],
  [
    'folded',
    'T\n\nCo-authored-by: Claude\n <noreply@anthropic.com>\n',
    [['co-authored-by', 'Claude <noreply@anthropic.com>']],
  ],
  [
    'folded after an empty value',
    'T\n\nAmp-Thread-ID:\n\thttps://ampcode.com/threads/T-1\n',
    [['amp-thread-id', 'https://ampcode.com/threads/T-1']],
  ],
  ['indented', 'T\n\n  Co-authored-by: A <a@b.c>\n', [['co-authored-by', 'A <a@b.c>']]],
  ['with CRLF', 'T\r\n\r\nMade-with: Cursor\r\n', [['made-with', 'Cursor']]],
  ['without a space', 'T\n\nMade-with:Cursor\n', [['made-with', 'Cursor']]],
  ['quoted', 'T\n\n> Co-authored-by: A <a@b.c>\n', []],
  ['fenced', 'T\n\n```\nMade-with: Cursor\n```\n', []],
  ['after a fence that never closes', 'T\n\n```\nMade-with: Cursor\n', [['made-with', 'Cursor']]],
  ['without a value', 'T\n\nMade-with:\n\nCursor\n', []],
  ['in prose', 'T\n\nWe write Made-with: Cursor under it.\n', []],
])('finds trailers %s', (_, message, expected) => {
  expect(trailersOf(message).map(({ key, value }) => [key, value])).toEqual(expected);
});

test('a line that another fence mark opens does not close the first', () => {
  expect(spokenLines('a\n```\nb\n~~~\nc\n```\nd')).toEqual(['a', 'd']);
});

test('backticks within a line do not hide what follows', () => {
  expect(spokenLines('```code``` a\nb\n```\nc')).toEqual(['```code``` a', 'b', 'c']);
});

test('comments of a page are left out, unless they never close', () => {
  expect(withoutComments('a<!-- b -->c<!-- d\ne -->f<!-- g')).toBe('acf<!-- g');
});

test('a trailer is found whatever stands before and after it', () => {
  const text = fc.string().map((words) => words.replace(/[`~>]/g, ''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const found = trailersOf(`${before}\n\nAmp-Thread-ID: T-1\n\n${after}`);
      expect(found).toContainEqual({ key: 'amp-thread-id', value: 'T-1' });
    }),
  );
});
