import { expect, test } from 'vitest';
import { hiddenLine } from '../../src/signoff/hidden.ts';

const one = { at: ['a', 'before'], exact: '"1234"' };
const other = { at: ['a', 'after'], exact: '"5678"' };
const KEY = 'k'.repeat(32);

test('where nothing is hidden there is no line', () => {
  expect(hiddenLine([], 'text', null)).toBeNull();
});

test('the line does not depend on the order, and on everything else', () => {
  const line = hiddenLine([one, other], 'text', KEY);
  expect(hiddenLine([other, one], 'text', KEY)).toBe(line);
  const others = [
    hiddenLine([one], 'text', KEY),
    hiddenLine([one, { ...other, exact: '"5679"' }], 'text', KEY),
    hiddenLine(
      [
        { ...one, exact: other.exact },
        { ...other, exact: one.exact },
      ],
      'text',
      KEY,
    ),
    hiddenLine([one, other], 'texts', KEY),
    hiddenLine([one, other], 'text', KEY.toUpperCase()),
  ];
  expect(new Set([line, ...others]).size).toBe(6);
});

test('without a key a guess costs what an honest run costs: not a plain hash', () => {
  const begun = performance.now();
  const line = hiddenLine([one], 'text', null);
  expect(performance.now() - begun).toBeGreaterThan(10);
  expect(line).toMatch(/^hidden 1 "scrypt" "[0-9a-f]{64}"$/);
  expect(hiddenLine([one], 'another text', null)).not.toBe(line);
});
