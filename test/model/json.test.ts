import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, type Json, same } from '../../src/model/json.ts';

/** Few texts and numbers, so that equal values are met often. */
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, true, false, '', '1', 'a', []),
    fc.constantFrom('1', '1.0', '1e0').map((text): Json => ({ kind: 'number', text })),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'text'), tie('value')), {
        maxLength: 3,
        selector: ([key]) => key,
      })
      .map((members): Json => new Map(members)),
  ),
})).value;

test('values are the same exactly where their canonical texts are', () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      expect(same(one, other)).toBe(canonical(one) === canonical(other));
      expect(same(one, structuredClone(one))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('what is absent is not null', () => {
  expect(same(undefined, undefined)).toBe(true);
  expect(same(undefined, null)).toBe(false);
});
