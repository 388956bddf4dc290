import fc from 'fast-check';
import type { Cause, Value } from '../../src/model/change.ts';
import { EFFECTS, FATES } from '../../src/model/change.ts';
import { DECISIONS } from '../../src/model/decision.ts';
import type { Environment } from '../../src/model/environment.ts';
import { type Finding, HOLDS, SEVERITIES } from '../../src/model/finding.ts';
import { PLAN_MODES } from '../../src/model/plan-context.ts';
import type { JudgedChange, JudgedChangeSet, Report } from '../../src/model/report.ts';
import { KEY_HARDWARE, STEPS } from '../../src/model/signoff.ts';
import { countsOf } from './report-parts.ts';

/** Any report of the model's shape. `text` makes every free text in it; `hidden` the exact text of hidden values. */
export function anyReport(
  text: fc.Arbitrary<string>,
  hidden: fc.Arbitrary<string> = text,
): fc.Arbitrary<Report> {
  const maybe = fc.option(text);
  const few = <T>(items: fc.Arbitrary<T>) => fc.array(items, { maxLength: 3 });
  const hex = fc.constant('0a'.repeat(32));

  const value: fc.Arbitrary<Value> = fc.oneof(
    fc.record({
      exact: text.map((plain) => JSON.stringify(plain)),
      visibility: fc.constant('shown' as const),
    }),
    fc.record({ exact: hidden, visibility: fc.constantFrom('private', 'sensitive', 'unknown', 'absent') }),
  );
  const path = few(fc.oneof(text, fc.nat(9)));
  const cause: fc.Arbitrary<Cause> = fc.oneof(
    fc.record({ kind: fc.constant('attribute' as const), path, before: value, after: value }),
    fc.record({ kind: fc.constant('reason' as const), reason: text, says: text }),
  );
  const finding: fc.Arbitrary<Finding> = fc.record({
    rule: text,
    severity: fc.constantFrom(...SEVERITIES),
    message: text,
    title: text,
    instead: few(text),
    override: maybe,
  });
  const environment: fc.Arbitrary<Environment> = fc.record({
    is: fc.constantFrom('production', 'non-production', 'unknown'),
    treatedAsProduction: fc.boolean(),
    because: text,
    evidence: few(
      fc.record({
        where: text,
        value: text,
        says: fc.constantFrom('production', 'non-production'),
        strength: fc.constantFrom('decisive', 'strong', 'medium', 'weak'),
      }),
    ),
    relabelled: fc.boolean(),
  });
  const bare: fc.Arbitrary<JudgedChange> = fc.record({
    address: text,
    deposed: maybe,
    previousAddress: maybe,
    module: maybe,
    type: text,
    provider: maybe,
    mode: fc.constantFrom('managed', 'data', 'ephemeral'),
    effect: fc.constantFrom(...EFFECTS),
    order: fc.constantFrom('delete-first', 'create-first', null),
    certainty: fc.constantFrom('planned', 'possible'),
    fate: fc.constantFrom(...FATES),
    fateBecause: text,
    physicalId: maybe,
    importing: fc.boolean(),
    holds: fc.constantFrom(...HOLDS),
    loses: text,
    location: fc.record({ account: maybe, region: maybe }),
    causes: few(cause),
    disarmed: few(fc.record({ path, kind: text, before: value, after: value, says: text })),
    standing: few(text),
    environment,
    findings: few(finding),
    needsSignOff: fc.boolean(),
  });
  const source = fc.option(
    fc.oneof(
      text,
      text.map((file) => `${file}:1:2`),
    ),
  );
  const construct = fc.option(fc.record({ path: text, source }));
  const change = fc
    .tuple(bare, construct)
    .map(([one, built]): JudgedChange => ({ ...one, construct: built }));
  const changeSet: fc.Arbitrary<JudgedChangeSet> = fc.record({
    source: text,
    kind: fc.constantFrom('terraform', 'cloudformation', 'cdk'),
    tool: text,
    complete: fc.option(fc.boolean()),
    plannedAt: maybe,
    inputDigest: hex,
    signOffDigest: fc.option(hex.map((digest) => `sha256:${digest}`)),
    target: fc.record({
      accounts: few(text),
      regions: few(text),
      workspace: maybe,
      environment: maybe,
      backend: maybe,
      lineage: maybe,
    }),
    savedPlan: fc.option(
      fc.record({
        workspace: maybe,
        backend: fc.option(fc.record({ type: text, address: maybe })),
        mode: fc.constantFrom(...PLAN_MODES),
        targets: few(text),
        forceReplaced: few(text),
        variables: few(text),
        applyTimeVariables: few(text),
        madeBy: text,
        madeAt: maybe,
        state: fc.record({ lineage: maybe, serial: maybe }),
      }),
    ),
    counts: fc
      .record({ create: fc.nat(), none: fc.nat(), replace: fc.nat({ max: 9 }).map((n) => n + 9) })
      .map(countsOf),
    changes: few(change),
    invocations: few(
      fc.record({
        address: text,
        type: text,
        trigger: text,
        deferred: fc.boolean(),
        findings: few(finding),
        needsSignOff: fc.boolean(),
      }),
    ),
    deferred: few(
      fc.record({ address: text, type: text, effect: fc.constantFrom(...EFFECTS), reason: text }),
    ),
    findings: few(finding),
    needsSignOff: fc.boolean(),
  });
  const reason = fc.letrec((tie) => ({
    reason: fc.record({
      is: fc.constantFrom(...DECISIONS),
      says: text,
      seen: maybe,
      required: maybe,
      because: fc.oneof({ maxDepth: 2 }, fc.constant([]), fc.array(tie('reason'), { maxLength: 2 })),
    }),
  })).reason as fc.Arbitrary<Report['reasons'][number]>;

  return fc.record({
    schema: fc.constant('check-plan/report/1' as const),
    decision: fc.constantFrom(...DECISIONS),
    exitCode: fc.constantFrom(0, 1, 2, 3, 64),
    advisory: fc.boolean(),
    worst: fc.constantFrom(...SEVERITIES, null),
    changeSets: fc.array(changeSet, { maxLength: 2 }),
    authorship: fc.record({
      is: fc.constantFrom('ai', 'declared-human', 'unknown'),
      signals: few(
        fc.record({
          kind: fc.constantFrom('trailer', 'branch', 'history', 'note'),
          tool: maybe,
          strength: fc.constantFrom('strong', 'medium', 'weak'),
          says: fc.constantFrom('ai', 'human', 'unknown'),
          where: text,
          value: text,
        }),
      ),
      handsHidden: fc.option(text),
      hands: few(
        fc.record({ role: fc.constantFrom('author', 'pull-request author', 'actor'), identity: text }),
      ),
      because: text,
    }),
    signOffs: few(
      fc.record({
        source: text,
        accepted: fc.boolean(),
        person: maybe,
        level: maybe,
        expiresAt: maybe,
        comment: maybe,
        selfSignOff: fc.boolean(),
        kind: fc.constantFrom('sign-off', 'break-glass'),
        recordDigest: fc.option(hex),
        hardware: fc.option(fc.constantFrom(...KEY_HARDWARE)),
        steps: few(fc.record({ step: fc.constantFrom(...STEPS), holds: fc.boolean(), says: text })),
      }),
    ),
    reasons: few(reason),
    notes: few(text),
    policy: fc.record({ source: text, digest: fc.option(hex) }),
    signWith: few(text),
    errors: few(
      fc.record({ code: fc.constantFrom('not-json', 'internal'), message: text, mend: maybe, source: maybe }),
    ),
  });
}

/** Texts that act on terminals and build logs. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '::',
        ':',
        '##[',
        '#',
        '##vso[',
        '\n',
        '\r',
        '\t',
        '\u001b[31m',
        '\u009b',
        '\u007f',
        ' ',
        '"',
        '\\',
      ),
      fc.constantFrom(
        '\u202e',
        '\u200b',
        '\u2028',
        '\ufeff',
        '\u{e0041}',
        '\ud800',
        '\u00a0',
        '\u3164',
        '\u00ad',
        'é',
        '日',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

/** Sentences of short words, so that wrapping can always hold the width. */
export const plainText: fc.Arbitrary<string> = fc
  .array(fc.string({ unit: fc.constantFrom(...'abcxyz_-'), minLength: 1, maxLength: 9 }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((words) => words.join(' '));
