import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cause, Value } from '../../src/model/change.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { JudgedChange, JudgedInvocation } from '../../src/model/report.ts';
import type { Target } from '../../src/model/signoff.ts';
import { type Permitted, signOffDigest, signOffText } from '../../src/signoff/digest.ts';
import { permittedLines } from '../../src/signoff/permit.ts';
import { linesOf } from '../../src/signoff/statement.ts';
import { change, target } from './sample.ts';

const value = (exact: string, visibility: Value['visibility'] = 'shown'): Value => ({ exact, visibility });
const invocation: JudgedInvocation = {
  address: 'action.aws_lambda_invoke.purge',
  type: 'aws_lambda_invoke',
  trigger: 'invoked by hand',
  deferred: false,
  findings: [],
  needsSignOff: true,
};
const finding: Finding = {
  rule: 'CP015',
  severity: 'critical',
  message: '40 of 50 resources are destroyed',
  title: 'Data destroyed',
  instead: [],
  override: null,
};
const reason: Cause = { kind: 'reason', reason: 'replace_because_tainted', says: 'it is tainted' };
/** With a key, so that no test waits for the slow hash of hidden values. */
const KEY = 'k'.repeat(32);
const text = (permitted: Partial<Permitted>): string =>
  signOffText({ target, changes: [], invocations: [], setFindings: [], hiddenKey: KEY, ...permitted });
const whole = { invocations: [invocation], setFindings: [finding] };
const textOf = (more: Partial<JudgedChange> = {}, to: Target = target): string =>
  text({ target: to, changes: [change(more)], ...whole });
const permitted = (changes: readonly JudgedChange[]): readonly string[] =>
  permittedLines(linesOf(text({ changes })));

test('the text is one that a person can read', () => {
  expect(text({ changes: [change({ causes: [...change().causes, reason] })], ...whole })).toBe(
    `check-plan/sign-off/2
target accounts "111122223333"
target regions "eu-west-1"
target workspace "prod"
target environment "production"
target backend null
target lineage null
change "aws_db_instance.main" null
  previous address null
  type "aws_db_instance"
  provider "registry.terraform.io/hashicorp/aws"
  physical id "db-ABC"
  effect "replace" "delete-first" "planned"
  fate "destroyed"
  importing false
  holds "data"
  because "replace_because_tainted"
  because of ["engine"] "shown" "\\"mysql\\"" "shown" "\\"postgres\\""
  disarms "deletion_protection" ["deletion_protection"] "shown" "true" "shown" "false"
invocation "action.aws_lambda_invoke.purge" "aws_lambda_invoke" "invoked by hand"
finding "CP015"
`,
  );
});

test('the digest is the sha256 of the text', () => {
  expect(signOffDigest('abc')).toBe(
    'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

const [cause] = change().causes;
const [disarmed] = change().disarmed;
if (cause?.kind !== 'attribute' || disarmed === undefined)
  throw new Error('the sample change lost its cause');

test.each<[string, Partial<JudgedChange>]>([
  ['address', { address: 'aws_db_instance.main2' }],
  ['deposed key', { deposed: '1a2b3c4d' }],
  ['previous address', { previousAddress: 'aws_db_instance.old' }],
  ['type', { type: 'aws_rds_cluster' }],
  ['provider', { provider: 'registry.terraform.io/hashicorp/awscc' }],
  ['no provider', { provider: null }],
  ['physical id', { physicalId: 'db-ABD' }],
  ['no physical id', { physicalId: null }],
  ['effect', { effect: 'delete' }],
  ['order', { order: 'create-first' }],
  ['certainty', { certainty: 'possible' }],
  ['fate', { fate: 'unknown' }],
  ['importing', { importing: true }],
  ['what it holds', { holds: 'compute' }],
  ['no cause', { causes: [] }],
  ['one cause more', { causes: [cause, reason] }],
  ['path of a cause', { causes: [{ ...cause, path: ['engine', 0] }] }],
  ['a step that is text', { causes: [{ ...cause, path: ['engine', '0'] }] }],
  ['before of a cause', { causes: [{ ...cause, before: value('"mysq1"') }] }],
  ['after of a cause', { causes: [{ ...cause, after: value('"postgres" ') }] }],
  ['visibility of a cause', { causes: [{ ...cause, after: value('"postgres"', 'private') }] }],
  ['hidden value of a cause', { causes: [{ ...cause, after: value('"postgreS"', 'private') }] }],
  ['sensitive value of a cause', { causes: [{ ...cause, after: value('"postgres"', 'sensitive') }] }],
  ['no disarmed protection', { disarmed: [] }],
  ['kind of a protection', { disarmed: [{ ...disarmed, kind: 'backup' }] }],
  ['path of a protection', { disarmed: [{ ...disarmed, path: ['backup'] }] }],
  ['before of a protection', { disarmed: [{ ...disarmed, before: value('1') }] }],
  ['after of a protection', { disarmed: [{ ...disarmed, after: value('null') }] }],
])('%s changes the digest', (_, more) => {
  expect(signOffDigest(textOf(more))).not.toBe(signOffDigest(textOf()));
});

test.each<[string, Partial<Target>]>([
  ['accounts', { accounts: ['111122223334'] }],
  ['more accounts', { accounts: ['111122223333', '1'] }],
  ['regions', { regions: [] }],
  ['workspace', { workspace: 'prod2' }],
  ['no workspace', { workspace: null }],
  ['a workspace called null', { workspace: 'null' }],
  ['environment', { environment: null }],
])('%s of the target changes the digest', (_, more) => {
  expect(textOf({}, { ...target, ...more })).not.toBe(textOf());
});

test('accounts and regions do not run together', () => {
  const swapped = { ...target, accounts: ['a', 'b'], regions: ['c'] };
  expect(textOf({}, swapped)).not.toBe(textOf({}, { ...target, accounts: ['a'], regions: ['b', 'c'] }));
});

test.each<[string, Partial<JudgedChange>]>([
  ['what a rule says', { findings: [finding] }],
  ['words for people', { fateBecause: 'x', loses: 'x', standing: ['x'] }],
  ['a reason told in other words', { causes: [{ ...reason, says: 'somebody tainted it' }] }],
])('%s does not change the digest', (_, more) => {
  const { causes = change().causes } = more;
  expect(textOf({ ...more, causes })).toBe(
    textOf({ causes: causes.map((c) => (c.kind === 'reason' ? reason : c)) }),
  );
});

test('what needs no sign-off is not in the text', () => {
  const harmless = { ...change({ address: 'aws_ssm_parameter.x' }), needsSignOff: false };
  const invocations = [{ ...invocation, needsSignOff: false }];
  expect(text({ changes: [change(), harmless], invocations })).toBe(text({ changes: [change()] }));
});

test.each<[string, readonly JudgedInvocation[], readonly Finding[]]>([
  ['an invocation less', [], [finding]],
  ['another trigger', [{ ...invocation, trigger: 'before destroy' }], [finding]],
  ['an invocation twice', [invocation, invocation], [finding]],
  ['a finding less', [invocation], []],
  ['another rule', [invocation], [{ ...finding, rule: 'CP016' }]],
])('%s changes the text', (_, invocations, findings) => {
  expect(text({ changes: [change()], invocations, setFindings: findings })).not.toBe(textOf());
});

test('what else is in the plan does not change what a finding about the whole stands for', () => {
  const other = { ...finding, message: '40 of 5,000 resources are destroyed' };
  expect(text({ changes: [change()], ...whole, setFindings: [other] })).toBe(textOf());
});

test('a finding about the whole binds every destruction that it may have counted', () => {
  const small = { needsSignOff: false, findings: [] };
  const changes = [
    change({ ...small, effect: 'delete' }),
    change({ ...small, effect: 'update', address: 'x' }),
  ];
  expect(permittedLines(linesOf(text({ changes, setFindings: [finding] })))).toHaveLength(1);
  expect(permittedLines(linesOf(text({ changes })))).toEqual([]);
});

test('a value that may not be shown is not in the text', () => {
  for (const visibility of ['private', 'sensitive', 'unknown'] as const)
    expect(textOf({ causes: [{ ...cause, before: value('"hunter2"', visibility) }] })).not.toContain(
      'hunter2',
    );
});

const anyText = fc.string({ unit: 'binary', maxLength: 12 });
const anyValue = fc.record({
  exact: anyText,
  visibility: fc.constantFrom('shown', 'private', 'sensitive', 'unknown', 'absent'),
}) satisfies fc.Arbitrary<Value>;
const anyCause: fc.Arbitrary<Cause> = fc.oneof(
  fc.record({
    kind: fc.constant('attribute' as const),
    path: fc.array(fc.oneof(anyText, fc.nat()), { maxLength: 3 }),
    before: anyValue,
    after: anyValue,
  }),
  anyText.map((word): Cause => ({ kind: 'reason', reason: word, says: word })),
);
const anyChange: fc.Arbitrary<JudgedChange> = fc
  .record({
    address: anyText,
    deposed: fc.option(anyText),
    physicalId: fc.option(anyText),
    type: anyText,
    causes: fc.array(anyCause, { maxLength: 3 }),
  })
  .map(change);

test('the order of the input does not matter', () => {
  const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });
  fc.assert(
    fc.property(
      fc
        .array(anyChange, { maxLength: 4 })
        .chain((changes) => fc.tuple(fc.constant(changes), shuffled(changes))),
      fc.array(anyText, { maxLength: 4 }).chain((texts) => fc.tuple(fc.constant(texts), shuffled(texts))),
      ([changes, others], [accounts, otherAccounts]) => {
        const turned = others.map((one) => ({ ...one, causes: one.causes.toReversed() }));
        const here = { ...target, accounts, regions: accounts };
        const there = { ...here, accounts: otherAccounts, regions: otherAccounts };
        expect(text({ target: there, changes: turned })).toBe(text({ target: here, changes }));
      },
    ),
  );
});

test('no value can fake a line', () => {
  fc.assert(
    fc.property(anyChange, (odd) => {
      const written = text({ changes: [odd] });
      const hidden = written.includes('\nhidden ') ? 1 : 0;
      expect(written.split(/[\n\r]/)).toHaveLength(17 + odd.causes.length + odd.disarmed.length + hidden);
      expect(permitted([odd])).toHaveLength(1);
      expect(permitted([odd]).every((line) => /^[^\p{C}\u2028\u2029]*$/u.test(line))).toBe(true);
    }),
  );
});

test('different addresses give different texts', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, anyText, (a, b, c, d) => {
      fc.pre(a !== c || b !== d);
      expect(textOf({ address: a, physicalId: b })).not.toBe(textOf({ address: c, physicalId: d }));
      expect(permitted([change({ address: a, physicalId: b })])).not.toEqual(
        permitted([change({ address: c, physicalId: d })]),
      );
    }),
  );
});

test.each<[string, Partial<JudgedChange>]>([
  ['replace aws_db_instance.main [db-ABC] data destroyed', {}],
  [
    'delete aws_db_instance.main (deposed 1a2b) [db-ABC] data destroyed',
    { effect: 'delete', deposed: '1a2b' },
  ],
  ['replace aws_db_instance.main data unknown', { physicalId: null, fate: 'unknown' }],
  ['replace module.a["k"].x.y [db-ABC] data destroyed', { address: 'module.a["k"].x.y' }],
  ['replace "x.y[\\"a b\\"]" [db-ABC] data destroyed', { address: 'x.y["a b"]' }],
  ['replace "a\\nb" [db-ABC] data destroyed', { address: 'a\nb' }],
  ['replace "a\\u202eb\\u200b" [db-ABC] data destroyed', { address: 'a\u202eb\u200b' }],
  ['replace "\\"a" [db-ABC] data destroyed', { address: '"a' }],
  ['replace "" [db-ABC] data destroyed', { address: '' }],
  ['replace "größe" [db-ABC] data destroyed', { address: 'größe' }],
])('a line for people: %s', (expected, more) => {
  expect(permitted([change(more)])).toEqual([expected]);
});

test('the lines for people are sorted, and only of what needs a sign-off', () => {
  const changes = [
    change({ address: 'b.b' }),
    change({ address: 'a.a' }),
    change({ address: 'c.c', needsSignOff: false }),
  ];
  expect(permitted(changes).map((line) => line.split(' ')[1])).toEqual(['a.a', 'b.b']);
});
