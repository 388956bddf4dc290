import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Case, decide } from '../src/decide.ts';
import type { Authorship, AuthorshipIs } from '../src/model/authorship.ts';
import { EFFECTS } from '../src/model/change.ts';
import { DECISIONS, EXIT } from '../src/model/decision.ts';
import { type Finding, SEVERITIES, type Severity } from '../src/model/finding.ts';
import type { Policy, Requirement } from '../src/model/policy.ts';
import type { Counts, JudgedChangeSet } from '../src/model/report.ts';
import type { SignOff } from '../src/model/signoff.ts';
import { DEFAULT_POLICY } from '../src/policy/defaults.ts';
import { requirementOfAll } from '../src/requirement.ts';

const finding = (severity: Severity): Finding => ({
  rule: 'CP001',
  severity,
  message: 'm',
  title: 'Data destroyed',
  instead: [],
  override: null,
});

const changeSet = (...severities: Severity[]): JudgedChangeSet => ({
  source: 'plan.json',
  kind: 'terraform',
  tool: 'terraform 1.11.4',
  complete: true,
  plannedAt: null,
  inputDigest: '00',
  signOffDigest: 'sha256:00',
  target: { accounts: [], regions: [], workspace: null, environment: null, backend: null, lineage: null },
  savedPlan: null,
  counts: Object.fromEntries(EFFECTS.map((effect) => [effect, 0])) as Counts,
  changes: [],
  invocations: [],
  deferred: [],
  findings: severities.map(finding),
  needsSignOff: false,
});

const authorship = (is: AuthorshipIs): Authorship => ({
  is,
  signals: [],
  hands: [],
  handsHidden: null,
  because: 'a test says so',
});

const signedBy = (person: string, accepted = true): SignOff => ({
  source: `${person}.json`,
  accepted,
  person,
  level: 'senior',
  expiresAt: null,
  comment: null,
  selfSignOff: false,
  hardware: 'none',
  kind: 'sign-off',
  recordDigest: null,
  steps: [],
});

const policyWith = (critical: Requirement): Policy => ({
  ...DEFAULT_POLICY,
  signOff: {
    ...DEFAULT_POLICY.signOff,
    required: {
      ...DEFAULT_POLICY.signOff.required,
      critical: { ai: critical, unknown: critical, 'declared-human': critical },
    },
  },
});

const verdict = (cases: readonly Case[], is: AuthorshipIs = 'ai', policy: Policy = DEFAULT_POLICY) =>
  decide(cases, authorship(is), policy, []);

describe('without a policy file', () => {
  test.each<[Severity[], AuthorshipIs, number]>([
    [[], 'ai', EXIT.allowed],
    [['low'], 'ai', EXIT.allowed],
    [['medium'], 'unknown', EXIT.allowed],
    [['high'], 'ai', EXIT.signOffRequired],
    [['high'], 'unknown', EXIT.signOffRequired],
    [['critical'], 'unknown', EXIT.signOffRequired],
    [['critical', 'high'], 'declared-human', EXIT.allowed],
  ])('findings %j of an %s author end in %i', (severities, is, exitCode) => {
    expect(verdict([{ changeSet: changeSet(...severities), signOffs: [] }], is).exitCode).toBe(exitCode);
  });
});

test('nothing to judge is not a pass, and neither is anything beside an error', () => {
  expect(verdict([])).toMatchObject({ is: 'blocked', exitCode: EXIT.cannotJudge });
  const problem = { code: 'not-json', message: 'cut', mend: null, source: 'b.json' } as const;
  const cases = [{ changeSet: changeSet(), signOffs: [] }];
  expect(decide(cases, authorship('declared-human'), DEFAULT_POLICY, [problem])).toMatchObject({
    is: 'blocked',
    exitCode: EXIT.cannotJudge,
  });
});

describe('persons are counted, not records', () => {
  const two = policyWith({ kind: 'sign-off', persons: 2, level: 'senior', teams: 0, presence: 'none' });
  test.each<[string, SignOff[], number]>([
    ['nobody', [], EXIT.signOffRequired],
    ['one of two', [signedBy('alice')], EXIT.signOffRequired],
    ['one person with two keys', [signedBy('alice'), signedBy('alice')], EXIT.signOffRequired],
    ['two, one refused', [signedBy('alice'), signedBy('bob', false)], EXIT.signOffRequired],
    ['two', [signedBy('alice'), signedBy('bob')], EXIT.allowed],
  ])('%s', (_, signOffs, exitCode) => {
    expect(verdict([{ changeSet: changeSet('critical'), signOffs }], 'ai', two).exitCode).toBe(exitCode);
  });
});

test('what the policy blocks, nobody can sign', () => {
  const signOffs = [signedBy('alice'), signedBy('bob')];
  expect(
    verdict([{ changeSet: changeSet('critical'), signOffs }], 'ai', policyWith({ kind: 'blocked' })).exitCode,
  ).toBe(EXIT.blocked);
});

test('a level that the roster does not know lets nobody through', () => {
  const policy = policyWith({ kind: 'sign-off', persons: 1, level: 'archmage', teams: 0, presence: 'none' });
  const cases = [{ changeSet: changeSet('critical'), signOffs: [signedBy('alice')] }];
  expect(verdict(cases, 'ai', policy).exitCode).toBe(EXIT.blocked);
});

test('a requirement takes the most persons and the highest level of all findings', () => {
  const policy = policyWith({ kind: 'sign-off', persons: 2, level: 'mid', teams: 0, presence: 'none' });
  expect(requirementOfAll(changeSet('critical', 'high'), 'ai', policy)).toEqual({
    kind: 'sign-off',
    persons: 2,
    level: 'senior',
    teams: 0,
    presence: 'none',
  });
});

test('every reason says what was seen, also when all is well', () => {
  const { reasons } = verdict([{ changeSet: changeSet('high'), signOffs: [signedBy('alice')] }]);
  expect(reasons[0]).toMatchObject({
    is: 'allowed',
    seen: '1 signed: alice',
    required: '1 of level senior or above',
  });
});

test('law: one more finding, or one more change set, never makes the decision milder', () => {
  const severity = fc.constantFrom(...SEVERITIES);
  const caseOf = fc.record({
    severities: fc.array(severity, { maxLength: 4 }),
    signers: fc.subarray(['alice', 'bob']),
  });
  const is = fc.constantFrom<AuthorshipIs>('ai', 'unknown', 'declared-human');
  const rank = (cases: readonly Case[], who: AuthorshipIs) => DECISIONS.indexOf(verdict(cases, who).is);
  fc.assert(
    fc.property(fc.array(caseOf, { minLength: 1, maxLength: 3 }), severity, is, (all, more, who) => {
      const cases = all.map(({ severities, signers }) => ({
        changeSet: changeSet(...severities),
        signOffs: signers.map((person) => signedBy(person)),
      }));
      const [first, ...rest] = cases;
      const worse = first && { ...first, changeSet: changeSet(...(all[0]?.severities ?? []), more) };
      expect(rank([...cases, { changeSet: changeSet(more), signOffs: [] }], who)).toBeGreaterThanOrEqual(
        rank(cases, who),
      );
      expect(rank(worse ? [worse, ...rest] : [], who)).toBeGreaterThanOrEqual(rank(cases, who));
    }),
  );
});
