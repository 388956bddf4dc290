import { expect, test } from 'vitest';
import { checkFormatVersion } from '../../../src/readers/terraform/version.ts';

test.each(['0.1', '0.2', '1.0', '1.2', '1.10', '1.99'])('takes %s', (version) => {
  expect(() => checkFormatVersion(version)).not.toThrow();
});

test.each([
  '0.0',
  '2.0',
  '10.1',
  '1',
  '1.',
  '.1',
  '1.2.3',
  ' 1.2',
  '1.2x',
  '-1.2',
  '',
  'v1.2',
  null,
  undefined,
  true,
])('refuses %j', (version) => {
  expect(() => checkFormatVersion(version)).toThrow(expect.objectContaining({ code: 'unsupported-version' }));
});

test('refuses a number, since 1.10 would be 1.1', () => {
  expect(() => checkFormatVersion({ kind: 'number', text: '1.2' })).toThrow();
});
