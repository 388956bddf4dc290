import { describe, expect, test } from 'vitest';
import type { Assessment } from '../../src/catalogue/catalogue.ts';
import { findingsOfChange, findingsOfInvocation } from '../../src/catalogue/evaluate.ts';
import type { Rule } from '../../src/catalogue/rule.ts';
import { FATES } from '../../src/model/change.ts';
import { CheckError } from '../../src/model/error.ts';
import { HOLDS } from '../../src/model/finding.ts';
import type { RuleOverride } from '../../src/model/policy.ts';
import { catalogue } from './catalogue-under-test.ts';
import { changeOf, deletionOf, subjectOf } from './sample.ts';

const { rules } = catalogue;
const NONE = new Map<string, RuleOverride>();
const database = subjectOf(deletionOf('aws_db_instance', { skip_final_snapshot: true }));
const NOW = 1000;

describe('no destruction in production goes without a finding', () => {
  const types = ['aws_db_instance', 'AWS::RDS::DBInstance', 'AWS::CloudFormation::Stack'];
  const cases = types.flatMap((type) =>
    (['delete', 'replace'] as const).flatMap((effect) =>
      FATES.flatMap((fate) =>
        HOLDS.flatMap((holds) =>
          [null, 'a1b2c3d4'].map((deposed) => [type, effect, fate, holds, deposed] as const),
        ),
      ),
    ),
  );

  test.each(cases)('%s, %s, %s, %s, deposed %s', (type, effect, fate, holds, deposed) => {
    const change = deletionOf(type, {}, { effect, deposed });
    const assessment: Assessment = { ...catalogue.assess(change), fate, holds };
    const subject = { ...database, change, assessment };
    expect(findingsOfChange(rules, subject, NONE, NOW)).not.toEqual([]);
  });

  test('nor where it is not known whether it is production', () => {
    const subject = subjectOf(database.change, 'unknown');
    expect(findingsOfChange(rules, subject, NONE, NOW).map(({ rule }) => rule)).toEqual(['CP001']);
  });
});

test('outside of production a destruction is no finding', () => {
  expect(findingsOfChange(rules, subjectOf(database.change, 'non-production'), NONE, NOW)).toEqual([]);
});

test('an effect that is not known is critical everywhere', () => {
  const subject = subjectOf(
    changeOf('random_id', {}, { effect: 'unknown', fate: 'unknown' }),
    'non-production',
  );
  expect(findingsOfChange(rules, subject, NONE, NOW)).toMatchObject([
    { rule: 'CP010', severity: 'critical' },
  ]);
});

test('a finding says what, and what to do', () => {
  const [finding] = findingsOfChange(rules, database, NONE, NOW);
  expect(finding).toMatchObject({ rule: 'CP001', severity: 'critical', override: null });
  expect(finding?.message).toContain('aws_db_instance.main');
  expect(finding?.message).toContain('destroyed');
  expect(finding?.instead.length).toBeGreaterThan(2);
});

test('an address that looks like a word of a template is told as it is', () => {
  const change = deletionOf('aws_db_instance', {}, { address: 'aws_db_instance.main["{loses} $& $1"]' });
  const [finding] = findingsOfChange(rules, subjectOf(change), NONE, NOW);
  expect(finding?.message).toContain('aws_db_instance.main["{loses} $& $1"]');
});

describe('a policy that overrides a rule', () => {
  const override = (severity: RuleOverride['severity'], expires: number) =>
    new Map([['CP001', { severity, reason: 'a copy stands by', expires }]]);

  test('changes the severity, and says why', () => {
    expect(findingsOfChange(rules, database, override('low', NOW + 1), NOW)).toMatchObject([
      { rule: 'CP001', severity: 'low', override: 'a copy stands by' },
    ]);
  });

  test('takes the rule out', () => {
    expect(findingsOfChange(rules, database, override('off', NOW + 1), NOW)).toEqual([]);
  });

  test.each(['low', 'off'] as const)('is over from the moment it expires: %s', (severity) => {
    expect(findingsOfChange(rules, database, override(severity, NOW), NOW)).toMatchObject([
      { rule: 'CP001', severity: 'critical', override: null },
    ]);
  });

  test('says nothing of other rules', () => {
    const other = new Map([['CP002', { severity: 'off', reason: 'other', expires: NOW + 1 } as const]]);
    expect(findingsOfChange(rules, database, other, NOW)).toHaveLength(1);
  });
});

test('every action that is invoked is a finding', () => {
  const action = {
    address: 'action.aws_lambda_invoke.x',
    type: 'aws_lambda_invoke',
    trigger: 'invoked by hand',
  };
  for (const deferred of [true, false])
    expect(findingsOfInvocation(rules, { ...action, deferred }, NONE, NOW)).toMatchObject([
      { rule: 'CP014', severity: 'high' },
    ]);
});

test('a rule that throws is a failure to judge, not a pass', () => {
  const [rule] = rules;
  if (rule?.scope !== 'change') throw new Error('the first rule judges changes');
  const broken: Rule = {
    ...rule,
    when: rule.when.map((one) => ({
      ...one,
      test: () => {
        throw new TypeError('nothing there');
      },
    })),
  };
  const judge = () => findingsOfChange([broken], database, NONE, NOW);
  expect(judge).toThrow(CheckError);
  expect(judge).toThrow(expect.objectContaining({ code: 'rule-failed' }));
});
