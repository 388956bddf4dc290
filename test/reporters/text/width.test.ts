import { expect, test } from 'vitest';
import { widthOf } from '../../../src/reporters/text/width.ts';

test.each([
  ['plain', 5],
  ['e\u0301', 1],
  ['日本', 4],
  ['ﾊ', 1],
  ['😀', 2],
  ['→', 1],
])('%s takes %i columns', (text, width) => {
  expect(widthOf(text)).toBe(width);
});
