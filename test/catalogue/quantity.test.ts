import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareQuantities } from '../../src/catalogue/quantity.ts';

test.each([
  ['7', '30', -1],
  ['30', '7', 1],
  ['7', '7.0', 0],
  ['1e3', '1000', 0],
  ['-1', '0', -1],
  ['12345678901234567890', '12345678901234567891', -1],
  ['0.1', '0.10000000000000001', -1],
  ['604800s', '7d', 0],
  ['604800s', '86400s', 1],
  ['P30D', 'P7D', 1],
  ['PT1H', '3600s', 0],
  ['P1Y', 'P7D', 1],
  ['50%', '25%', 1],
  ['50%', '25', null],
  ['7d', '7', null],
  ['2024-01-01', '7', null],
  ['P', 'P1D', null],
  ['1e9999', '7', null],
  ['', '7', null],
  ['7constructor', '7', null],
])('%s against %s', (a, b, expected) => {
  expect(compareQuantities(a, b)).toBe(expected);
});

test('whole numbers of any size compare as they should, and either way round', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
      const expected = a < b ? -1 : a > b ? 1 : 0;
      expect(compareQuantities(String(a), String(b))).toBe(expected);
      expect(compareQuantities(String(b), String(a))).toBe(expected === 0 ? 0 : -expected);
    }),
  );
});
