import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../src/policy/defaults.ts';
import { parsePolicy } from '../../src/policy/parse.ts';

test('without a file, one senior signs critical and high destruction that no person has declared', () => {
  const senior = { kind: 'sign-off', persons: 1, level: 'senior', teams: 0, presence: 'none' };
  const none = { kind: 'none' };
  expect(DEFAULT_POLICY.signOff).toEqual({
    maxHours: 24,
    presence: 'none',
    hardware: 'preferred',
    selfSignOffHours: null,
    store: null,
    singleUse: false,
    breakGlass: null,
    binding: 'destruction',
    environments: [],
    required: {
      critical: { ai: senior, unknown: senior, 'declared-human': none },
      high: { ai: senior, unknown: senior, 'declared-human': none },
      medium: { ai: none, unknown: none, 'declared-human': none },
      low: { ai: none, unknown: none, 'declared-human': none },
    },
  });
  expect(DEFAULT_POLICY.roster).toEqual({ levels: ['junior', 'mid', 'senior', 'principal'], persons: [] });
});

test('a file that says nothing but its version is the defaults', () => {
  const { source, digest, ...parsed } = parsePolicy('version: 1\n', 'check-plan.yaml');
  const { source: _, digest: none, ...defaults } = DEFAULT_POLICY;
  expect(parsed).toEqual(defaults);
  expect(none).toBeNull();
  expect(source).toBe('check-plan.yaml');
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
});
