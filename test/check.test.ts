import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCatalogueFile } from '../src/adapters/catalogue-files.ts';
import { createCatalogue } from '../src/catalogue/catalogue.ts';
import { check, type Input, type World } from '../src/check.ts';
import { DECISIONS, EXIT } from '../src/model/decision.ts';
import { DEFAULT_POLICY } from '../src/policy/defaults.ts';

const world: World = {
  catalogue: createCatalogue(readCatalogueFile),
  policy: DEFAULT_POLICY,
  authorship: { is: 'ai', signals: [], hands: [], handsHidden: null, because: 'a test says so' },
  caller: { environment: null, workspace: null },
  now: Date.parse('2026-11-22T12:00:00Z'),
  records: async () => [],
  notes: [],
  signWith: [],
};

const inputOf = (text: string, name = 'plan.json'): Input => ({
  name,
  open: async () => ({
    name,
    bytes: (async function* () {
      yield new TextEncoder().encode(text);
    })(),
    digest: () => '00',
  }),
});

const reportOf = async (...texts: readonly string[]) =>
  (
    await check(
      texts.map((text) => inputOf(text)),
      world,
    )
  ).report;

/** Changes of every kind, as a plan writes them. */
const TYPES = ['aws_db_instance', 'aws_s3_bucket', 'aws_iam_role', 'null_resource', 'acme_thing'] as const;
const ACTIONS = [
  ['no-op'],
  ['create'],
  ['update'],
  ['delete'],
  ['delete', 'create'],
  ['create', 'delete'],
  ['forget'],
  ['renew'],
];
const ENVIRONMENTS = ['production', 'dev', undefined] as const;

const planChange = fc
  .record({
    type: fc.constantFrom(...TYPES),
    actions: fc.constantFrom(...ACTIONS),
    environment: fc.constantFrom(...ENVIRONMENTS),
    protectedBefore: fc.boolean(),
    protectedAfter: fc.boolean(),
  })
  .map(({ type, actions, environment, protectedBefore, protectedAfter }) => {
    const values = (deletion_protection: boolean) => ({
      id: 'x-1',
      deletion_protection,
      tags: environment === undefined ? {} : { environment },
    });
    const [only] = actions;
    return {
      mode: 'managed',
      type,
      name: 'it',
      provider_name: 'registry.terraform.io/hashicorp/aws',
      change: {
        actions,
        before: actions.length === 1 && only === 'create' ? null : values(protectedBefore),
        after:
          actions.length === 1 && (only === 'delete' || only === 'forget') ? null : values(protectedAfter),
        after_unknown: {},
        before_sensitive: false,
        after_sensitive: false,
      },
    };
  });
type PlanChange = typeof planChange extends fc.Arbitrary<infer Change> ? Change : never;

const planOf = (
  changes: readonly PlanChange[],
  order: readonly number[] = changes.map((_, index) => index),
): string =>
  JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    resource_changes: order.flatMap((index) => {
      const change = changes[index];
      return change === undefined ? [] : [{ address: `${change.type}.it[${index}]`, index, ...change }];
    }),
    configuration: { root_module: {} },
    complete: true,
    errored: false,
  });

const rank = (decision: (typeof DECISIONS)[number]): number => DECISIONS.indexOf(decision);

describe('laws', () => {
  const some = fc.array(planChange, { minLength: 1, maxLength: 8 });

  test('the order of changes alters neither the decision nor what a sign-off binds', async () => {
    await fc.assert(
      fc.asyncProperty(some, fc.infiniteStream(fc.nat()), async (changes, random) => {
        const order = changes
          .map((_, index) => index)
          .sort(() => ((random.next().value ?? 0) % 2 === 0 ? -1 : 1));
        const [one, other] = [await reportOf(planOf(changes)), await reportOf(planOf(changes, order))];
        expect(other.decision).toBe(one.decision);
        expect(other.changeSets[0]?.signOffDigest).toBe(one.changeSets[0]?.signOffDigest);
      }),
      { numRuns: 60 },
    );
  });

  test('one more change, whatever it is, never makes the decision milder', async () => {
    await fc.assert(
      fc.asyncProperty(some, planChange, async (changes, more) => {
        const [before, after] = [await reportOf(planOf(changes)), await reportOf(planOf([...changes, more]))];
        expect(rank(after.decision)).toBeGreaterThanOrEqual(rank(before.decision));
      }),
      { numRuns: 60 },
    );
  });

  test('one more destruction in production voids the digest', async () => {
    const database = {
      ...fc.sample(planChange, 1)[0],
      type: 'aws_db_instance' as const,
      change: {
        actions: ['delete'],
        before: { id: 'db-1', tags: { environment: 'production' } },
        after: null,
      },
    } as unknown as PlanChange;
    await fc.assert(
      fc.asyncProperty(some, async (changes) => {
        const [before, after] = [
          await reportOf(planOf(changes)),
          await reportOf(planOf([...changes, database])),
        ];
        expect(after.changeSets[0]?.signOffDigest).not.toBe(before.changeSets[0]?.signOffDigest ?? null);
        expect(after.exitCode).toBe(EXIT.signOffRequired);
      }),
      { numRuns: 30 },
    );
  });
});

test('a plan cut anywhere is never a pass', async () => {
  const text = readFileSync(new URL('../fixtures/harmless/plan.json', import.meta.url), 'utf8').trimEnd();
  expect((await reportOf(text)).exitCode).toBe(EXIT.allowed);
  const step = 97;
  for (let end = 0; end < text.length; end += step) {
    expect((await reportOf(text.slice(0, end))).exitCode).toBe(EXIT.cannotJudge);
  }
});

test('one input that cannot be judged does not hide the others, and the run is not a pass', async () => {
  const good = planOf([]);
  const report = await reportOf(good, '{', good);
  expect(report.exitCode).toBe(EXIT.cannotJudge);
  expect(report.changeSets).toHaveLength(2);
  expect(report.errors).toMatchObject([{ code: 'not-json' }]);
});

test('an errored plan shows what it lists, and is not judged', async () => {
  const report = await reportOf(planOf([]).replace('"errored":false', '"errored":true'));
  expect(report).toMatchObject({
    decision: 'blocked',
    exitCode: EXIT.cannotJudge,
    errors: [{ code: 'errored-plan' }],
  });
  expect(report.changeSets).toHaveLength(1);
});
