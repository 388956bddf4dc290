import { expect, test } from 'vitest';
import { pathText, quoted, valueText } from '../../../src/reporters/text/value.ts';

test.each([
  { path: ['engine'], text: 'engine' },
  { path: ['ebs_block_device', 0, 'size'], text: 'ebs_block_device[0].size' },
  { path: ['tags', 'a.b"c'], text: 'tags["a.b\\"c"]' },
  { path: [0], text: '[0]' },
  { path: [], text: '(the whole resource)' },
])('the path $path is written $text', ({ path, text }) => {
  expect(pathText(path)).toBe(text);
});

test.each([
  ['shown', '"mysql"'],
  ['private', '(hidden)'],
  ['sensitive', '(sensitive)'],
  ['unknown', '(known after apply)'],
  ['absent', '(none)'],
] as const)('a value that is %s is written %s', (visibility, text) => {
  expect(valueText({ exact: '"mysql"', visibility })).toBe(text);
});

test('a text cannot close its own quotes', () => {
  expect(quoted('a" says "b\\')).toBe('"a\\" says \\"b\\\\"');
});

test('of an endless value the start is shown, and how much more there is', () => {
  expect(valueText({ exact: 'x'.repeat(1240), visibility: 'shown' })).toBe(
    `${'x'.repeat(240)}… (1000 more characters)`,
  );
});
