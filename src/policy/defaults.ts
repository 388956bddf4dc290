import type { Policy, Requirement } from '../model/policy.ts';

const NONE: Requirement = { kind: 'none' };
const ONE_SENIOR: Requirement = {
  kind: 'sign-off',
  persons: 1,
  level: 'senior',
  teams: 0,
  presence: 'none',
};
const SIGNED = { ai: ONE_SENIOR, unknown: ONE_SENIOR, 'declared-human': NONE } as const;
const TOLD = { ai: NONE, unknown: NONE, 'declared-human': NONE } as const;

/** What holds without a policy file, and for whatever a policy file does not say. */
export const DEFAULT_POLICY: Policy = {
  source: 'built-in defaults',
  digest: null,
  production: { accounts: [], workspaces: [], addresses: [], tags: new Map() },
  nonProduction: { accounts: [], workspaces: [], addresses: [], tags: new Map() },
  roster: { levels: ['junior', 'mid', 'senior', 'principal'], persons: [] },
  signOff: {
    maxHours: 24,
    presence: 'none',
    hardware: 'preferred',
    selfSignOffHours: null,
    binding: 'destruction',
    store: null,
    singleUse: false,
    breakGlass: null,
    required: { critical: SIGNED, high: SIGNED, medium: TOLD, low: TOLD },
    environments: [],
  },
  rules: new Map(),
};
