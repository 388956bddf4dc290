import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches } from '../../src/production/pattern.ts';

test.each([
  ['prod', 'prod', true],
  ['prod', 'prod-1', false],
  ['prod*', 'prod-1', true],
  ['*prod', 'eu-prod', true],
  ['a*a', 'a', false],
  ['a*b*c', 'aXbYc', true],
  ['a*b*c', 'acb', false],
  ['*', '', true],
  ['module.shop["a.b"].*', 'module.shop["a.b"].aws_x.y', true],
  ['a.c', 'abc', false],
  ['*ab*ab', 'ab', false],
])('%j against %j: %s', (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});

test('what fills the stars does not matter', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 4 });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), fc.infiniteStream(part), (parts, fill) => {
      const text = parts.reduce((all, next) => `${all}${fill.next().value}${next}`);
      expect(matches(parts.join('*'), text)).toBe(true);
    }),
  );
});
