import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCatalogue } from '../../src/adapters/catalogue.ts';
import { findingsOfChange, findingsOfSet } from '../../src/catalogue/evaluate.ts';
import { type Change, EFFECTS, FATES } from '../../src/model/change.ts';
import type { ChangeSetFacts } from '../../src/model/changeset.ts';
import { isArray, isObject, type Json } from '../../src/model/json.ts';
import type { Counts, JudgedChange } from '../../src/model/report.ts';
import { DEFAULT_POLICY } from '../../src/policy/defaults.ts';
import { readChangeSet } from '../../src/readers/read.ts';
import { subjectOf } from './sample.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);
const CORPUS = new URL('../../../shared/corpus/tf-plan/', import.meta.url);

async function changesOf(file: URL): Promise<readonly Change[]> {
  const changes: Change[] = [];
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield readFileSync(file);
  }
  try {
    await readChangeSet(bytes(), (change) => {
      if (changes.length < 200) changes.push(change);
    });
  } catch {
    // What is no plan is refused, and of no interest here.
  }
  return changes;
}

const plansIn = (folder: URL): readonly URL[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.json') && !name.endsWith('case.json'))
        .map((name) => new URL(name.replaceAll('\\', '/'), folder))
        .filter((file) => readFileSync(file).length < 400_000)
    : [];

const changes = (await Promise.all([...plansIn(FIXTURES), ...plansIn(CORPUS)].map(changesOf))).flat();

const rule = (id: string, scope: string, cel: string) => ({
  id,
  scope,
  name: 'x',
  title: 'x',
  severity: 'high',
  when: [{ cel }],
  message: scope === 'set' ? '{destroyed}' : '{address}',
  means: 'x',
  matters: 'x',
  instead: ['x'],
});

/** The shipped rules, and rules of a policy that ask for what may not be there. */
const { catalogue } = await openCatalogue(
  {
    ...DEFAULT_POLICY,
    own: {
      rules: [
        rule('ACME001', 'change', 'before.?tags.?team.orValue("") == "payments" || has(after.size)'),
        rule(
          'ACME002',
          'change',
          'change.causes.exists(c, c.startsWith("engine")) && "backup" in change.disarms',
        ),
        rule('ACME003', 'set', 'changes.filter(c, c.effect == "delete" && c.holds == "data").size() > 3'),
        rule(
          'ACME004',
          'set',
          'counts.delete > 0 && production.share > 50 && changes.exists(c, "CP001" in c.findings)',
        ),
      ],
      types: [{ type: 'acme_*', holds: 'data', severity: 'critical', why: 'x' }],
      protections: [{ type: '*', path: 'guard.on', kind: 'deletion_protection', safe: true, unsafe: false }],
      disruptions: [{ type: 'aws_*', path: 'engine', effect: 'reboot' }],
    },
  },
  0,
);

/** All rules and tables on one change. */
const judge = (change: Change) => {
  const subject = { ...subjectOf(change), assessment: catalogue.assess(change) };
  return findingsOfChange(catalogue.rules, subject, new Map(), 0);
};

/** All rules about the whole on changes that stand together. */
function judgeSet(all: readonly Change[], facts: Partial<ChangeSetFacts>) {
  const changes = all.map((change): JudgedChange => {
    const assessment = catalogue.assess(change);
    const { environment } = subjectOf(change);
    const rest = { location: { account: null, region: null }, needsSignOff: false };
    return { ...change, ...assessment, environment, findings: judge(change), ...rest };
  });
  const counted = (effect: string): number => all.filter((change) => change.effect === effect).length;
  const counts = Object.fromEntries(EFFECTS.map((effect) => [effect, counted(effect)])) as Counts;
  const subject = { changes, counts, facts: { kind: 'terraform', vanished: [], ...facts } as ChangeSetFacts };
  return findingsOfSet(catalogue.rules, subject, new Map(), 0);
}

/** Values of other places of other plans, put where the seed says. */
function mutated(value: Json, random: () => number, depth = 0): Json {
  const roll = random();
  if (roll < 0.04) return STRANGE[Math.floor(random() * STRANGE.length)] ?? null;
  if (depth > 6) return value;
  if (isArray(value)) {
    const list = value.map((one) => mutated(one, random, depth + 1));
    return roll < 0.1 ? [...list, ...list] : roll < 0.15 ? list.slice(1) : list;
  }
  if (!isObject(value)) return value;
  const members = [...value].flatMap(([key, one]): [string, Json][] =>
    random() < 0.05 ? [] : [[key, mutated(one, random, depth + 1)]],
  );
  return new Map(members);
}

const STRANGE: readonly Json[] = [
  null,
  true,
  false,
  '',
  '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  '{"a":'.repeat(200),
  '__proto__',
  '99999999999999999999999999999999',
  'P30D',
  [],
  [[[]]],
  [null, [true], new Map([['x', null]])],
  new Map(),
  new Map<string, Json>([['__proto__', new Map<string, Json>([['polluted', true]])]]),
  { kind: 'number', text: '-0' },
  { kind: 'number', text: '1e400' },
];

/** A stream of numbers in [0, 1) out of a seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test('there are changes to mutate', () => {
  expect(changes.length).toBeGreaterThan(100);
});

test('no rule throws on any plan there is', () => {
  for (const change of changes) judge(change);
});

test('every rule about the whole was asked of changes that stand together, and none throws', () => {
  const many = fc.array(fc.nat(changes.length - 1), { minLength: 1, maxLength: 25 });
  const found = new Set<string>();
  fc.assert(
    fc.property(
      many,
      fc.integer(),
      fc.constantFrom(...EFFECTS),
      fc.option(fc.constantFrom([], ['a', 'shop'])),
      fc.boolean(),
      (indexes, seed, effect, moduleCalls, isMutated) => {
        const random = randomOf(seed);
        const all = indexes.flatMap((index): Change[] => {
          const change = changes[index];
          if (change === undefined) return [];
          const does = random() < 0.5 ? effect : change.effect;
          const module =
            random() < 0.3 ? STRANGE_MODULES[Math.floor(random() * STRANGE_MODULES.length)] : undefined;
          const before = isMutated ? mutated(change.before, random) : change.before;
          return [{ ...change, effect: does, before, module: module ?? change.module }];
        });
        for (const { rule } of judgeSet(all, { moduleCalls, hadState: random() < 0.5 })) found.add(rule);
      },
    ),
    { numRuns: 300, seed: 7 },
  );
  expect([...found].sort()).toEqual(expect.arrayContaining(['ACME004', 'CP015']));
}, 60_000);

const STRANGE_MODULES = ['module.a', 'module.a["x.module.y"]', 'module.shop[0].module.b', 'module.', 'x'];

test('nor on one that is mutated, whatever it then does', () => {
  fc.assert(
    fc.property(
      fc.nat(changes.length - 1),
      fc.integer(),
      fc.constantFrom(...EFFECTS),
      fc.constantFrom(...FATES),
      (index, seed, effect, fate) => {
        const change = changes[index];
        if (change === undefined) return;
        const random = randomOf(seed);
        const findings = judge({
          ...change,
          effect,
          fate,
          before: mutated(change.before, random),
          after: mutated(random() < 0.3 ? change.before : change.after, random),
          afterUnknown: mutated(random() < 0.3 ? change.after : change.afterUnknown, random),
          beforeSensitive: mutated(change.beforeSensitive, random),
          afterSensitive: mutated(change.afterSensitive, random),
        });
        // More may be found, never less than that something of production goes.
        const isGone =
          effect === 'delete' && change.mode === 'managed' && (fate === 'destroyed' || fate === 'unknown');
        if (isGone) expect(findings).not.toEqual([]);
      },
    ),
    { numRuns: 1000, seed: 42 },
  );
});
