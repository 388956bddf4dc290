import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64 } from '../../src/signoff/base64.ts';

test('bytes survive being written and read', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(Buffer.from(bytes));
    }),
  );
});

test.each([
  'aGk',
  'aGk==',
  'aGl=',
  'aGk=\n',
  ' aGk=',
  'aGk=!!@#',
  'aG.k',
  '-_-_',
  '=',
  'aGk=aGk=',
  'aGk\u0000',
  'äGk=',
])('%j is not base64', (text) => {
  expect(decodeBase64(text)).toBeNull();
});
