import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDetacher, ownText } from '../../src/model/detached.ts';
import { anyReport } from '../reporters/report-arbitraries.ts';

test('a copy says the same', () => {
  const detached = createDetacher();
  fc.assert(
    fc.property(anyReport(fc.string({ unit: 'binary', maxLength: 40 })), (report) => {
      expect(detached(report)).toEqual(report);
    }),
    { numRuns: 50 },
  );
});

test('what comes again is there once', () => {
  const detached = createDetacher();
  const change = () => ({
    loses: ['every object', 'in the bucket'].join(' '),
    environment: { is: 'production', evidence: [{ where: 'tag', value: 'prod' }] },
  });
  const [one, other] = [detached(change()), detached(change())];
  expect(other).toEqual(one);
  expect(other.environment).toBe(one.environment);
});

test('a text is the same text, of any letters', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => ownText(text) === text));
});
