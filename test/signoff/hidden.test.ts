import { expect, test } from 'vitest';
import { hiddenLine } from '../../src/signoff/hidden.ts';

const one = { at: ['a', 'before'], exact: '"1234"' };
const other = { at: ['a', 'after'], exact: '"5678"' };
const KEY = 'k'.repeat(32);

test('where nothing is hidden there is no line', () => {
  expect(hiddenLine([], 'text', null)).toBeNull();
});

test.each([null, KEY])('the line does not depend on the order, and on everything else (key %s)', (key) => {
  const line = hiddenLine([one, other], 'text', key);
  expect(hiddenLine([other, one], 'text', key)).toBe(line);
  const others = [
    hiddenLine([one], 'text', key),
    hiddenLine([one, { ...other, exact: '"5679"' }], 'text', key),
    hiddenLine(
      [
        { ...one, exact: other.exact },
        { ...other, exact: one.exact },
      ],
      'text',
      key,
    ),
    hiddenLine([one, other], 'texts', key),
    hiddenLine([one, other], 'text', key === null ? KEY : null),
  ];
  expect(new Set([line, ...others]).size).toBe(6);
});

test('without a key a guess costs what an honest run costs: not a plain hash', () => {
  expect(hiddenLine([one], 'text', null)).toMatch(/^hidden 1 "scrypt" "[0-9a-f]{64}"$/);
  const begun = performance.now();
  for (let i = 0; i < 3; i++) hiddenLine([one], 'text', null);
  expect(performance.now() - begun).toBeGreaterThan(30);
});
