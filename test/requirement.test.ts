import { describe, expect, test } from 'vitest';
import type { Policy } from '../src/model/policy.ts';
import { parsePolicy } from '../src/policy/parse.ts';
import { type Place, requirementOf } from '../src/requirement.ts';

const POLICY = parsePolicy(
  `version: 1
signOff:
  required:
    critical: { ai: { persons: 1, level: senior } }
  environments:
    - when: { accounts: ["111122223333"] }
      required:
        critical: { ai: { persons: 2, level: senior, teams: 2, presence: verified } }
    - when: { workspaces: ["prod-*"], is: [unknown] }
      required:
        critical: { ai: blocked }
    - when: { names: [sandbox] }
      required:
        critical: { ai: none }
`,
  'check-plan.yaml',
);

const nowhere: Place = { is: 'production', account: null, workspace: null, environment: null };
const asked = (place: Partial<Place>, policy: Policy = POLICY) =>
  requirementOf('critical', 'ai', policy.signOff, { ...nowhere, ...place });

describe('the first rule that matches holds', () => {
  test.each<[string, Partial<Place>, object]>([
    ['nothing known', {}, { kind: 'sign-off', persons: 1 }],
    ['another account', { account: '444455556666' }, { kind: 'sign-off', persons: 1 }],
    [
      'the account',
      { account: '111122223333' },
      { kind: 'sign-off', persons: 2, teams: 2, presence: 'verified' },
    ],
    ['all that is asked', { workspace: 'prod-eu', is: 'unknown' }, { kind: 'blocked' }],
    ['half of what is asked', { workspace: 'prod-eu' }, { kind: 'sign-off', persons: 1 }],
    ['a name', { environment: 'sandbox' }, { kind: 'none' }],
    ['the account comes first', { account: '111122223333', environment: 'sandbox' }, { persons: 2 }],
  ])('%s', (_, place, expected) => {
    expect(asked(place)).toMatchObject(expected);
  });
});

test('what a rule does not say is as everywhere', () => {
  const place = { ...nowhere, account: '111122223333' };
  expect(requirementOf('critical', 'unknown', POLICY.signOff, place)).toEqual(
    requirementOf('critical', 'unknown', POLICY.signOff, nowhere),
  );
});

test.each([
  ['a rule for everywhere', '{ when: {}, required: {} }', 'when asks nothing'],
  ['no accounts', '{ when: { accounts: [] }, required: {} }', 'accounts is a list, which is an empty list'],
  ['a misspelt matcher', '{ when: { account: ["1"] }, required: {} }', 'account is a key that nobody reads'],
])('%s is refused', (_, rule, says) => {
  expect(() => parsePolicy(`version: 1\nsignOff: { environments: [${rule}] }\n`, 'p')).toThrowError(
    expect.objectContaining({
      code: 'policy-invalid',
      message: expect.stringContaining(says),
    }),
  );
});

test('more teams than persons are refused', () => {
  const yaml =
    'version: 1\nsignOff: { required: { high: { ai: { persons: 1, level: senior, teams: 2 } } } }\n';
  expect(() => parsePolicy(yaml, 'p')).toThrowError(/1 persons cannot be from more teams/);
});
