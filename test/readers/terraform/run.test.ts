import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change } from '../../../src/model/change.ts';
import { type Engine, plainEngine } from '../../../src/readers/json/engine.ts';
import { scanDocument } from '../../../src/readers/json/scan.ts';
import { loadSimd } from '../../../src/readers/json/simd/engine.ts';
import { collectPlan } from '../../../src/readers/terraform/collect.ts';
import { streamOf, utf8 } from '../bytes.ts';

const simdEngine = loadSimd()?.() ?? null;
if (simdEngine === null) throw new Error('this machine has no SIMD, so nothing can be compared');
const simd = simdEngine;

/** What a scan with the engine finds, and how many elements were passed over in runs. */
async function collected(text: string, cuts: readonly number[], engine: Engine) {
  const changes: Change[] = [];
  const plan = collectPlan((change) => changes.push(change), engine);
  let passed = 0;
  const plain = {
    ...plan.plain,
    passed: (run: Parameters<typeof plan.plain.passed>[0]) => {
      passed += run.count;
      plan.plain.passed(run);
    },
  };
  let failure: unknown = null;
  try {
    await scanDocument(streamOf(utf8(text), cuts), plan.scanned, engine.createSkipper(plain));
  } catch (thrown) {
    failure = String(thrown);
  }
  const { broken, ...found } = plan.collected();
  return { passed, says: { ...found, changes, failure, broken: broken?.message } };
}

const ELEMENT = {
  address: 'a.b["k"]',
  mode: 'managed',
  type: 'a',
  name: 'b',
  provider_name: 'registry.terraform.io/x/a',
  change: { actions: ['no-op'], before: { id: 'a' }, after: { id: 'a' }, after_unknown: {} },
};
const planOf = (elements: readonly unknown[], indent = 0): string =>
  JSON.stringify({ format_version: '1.2', resource_changes: elements, complete: true }, null, indent);
const numbered = (count: number): readonly object[] =>
  Array.from({ length: count }, (_, nth) => ({ ...ELEMENT, address: `a.b["${nth}"]` }));

test('elements that change nothing are passed over together, however many they are', async () => {
  for (const count of [1, 2, 100, 2047, 2048, 2049, 5000]) {
    const text = planOf(numbered(count));
    const { passed, says } = await collected(text, [], simd);
    // The window has room for 256 KiB of them at once, and what lies across its end is looked at alone.
    expect(passed).toBeGreaterThanOrEqual(count - Math.ceil(text.length / 262_144));
    expect(says).toEqual((await collected(text, [], plainEngine)).says);
    expect(says).toMatchObject({ elements: count, unchanged: count, existed: true, repeated: [] });
  }
});

test('an object that is there twice is told, wherever its second place is', async () => {
  const text = planOf([...numbered(50), { ...ELEMENT, address: 'a.b["7"]' }, ...numbered(3)]);
  const { says } = await collected(text, [], simd);
  expect(says.repeated).toEqual(['a.b["7"]', 'a.b["0"]', 'a.b["1"]', 'a.b["2"]']);
});

const odd = <T>(usual: T, ...others: unknown[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant<unknown>(usual) }, fc.constantFrom<unknown>(...others));
const element = fc.record({
  address: odd('a.b', 'a.b["k\\"]', 'a.é', 'a.b[0]', '', 1, 'x'.repeat(40), 'a\n', '\u007f', 'a.b["1"]'),
  previous_address: odd(undefined, null, 'a.b', 'a.c', 'a.b["k\\"]'),
  mode: odd('managed', 'data', 'ephemeral', 'new', 'epheme', 'managex', undefined, null, 7, 'datum'),
  deposed: odd(undefined, null, '', 'ab12'),
  provider_name: odd(
    'registry.terraform.io/x/a',
    'registry.opentofu.org/x/a',
    'registry.opentofu.org',
    'registry.opentofu.or/x',
    'é',
    'a"b',
    null,
    undefined,
  ),
  later: odd(undefined, 1),
  change: fc.record({
    actions: odd(['no-op'], ['update'], [], ['no-op', 'no-op'], undefined, ['delete']),
    before: odd({ x: 1 }, null, undefined, 'text', 'null', []),
    after: odd({ x: 1 }, null, undefined, 'null'),
    importing: odd(undefined, null, { id: 'x' }),
  }),
});

test('what is passed over is counted as what is looked at is, in chunks of any size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(element, { maxLength: 12 }),
      fc.constantFrom(0, 1),
      fc.array(fc.nat(8000), { maxLength: 4 }),
      fc.nat(5),
      async (elements, indent, places, spoil) => {
        const whole = planOf(elements, indent);
        // Cut off, or with something else between or after its elements.
        const text =
          spoil === 1
            ? whole.slice(0, whole.length >> 1)
            : spoil === 2
              ? whole.replace(/\},(\s*)\{/, '},$1,{')
              : spoil === 3
                ? whole.replace(/\}(\s*),\s*\{/, '}$1{')
                : whole;
        const cuts = places.filter((place) => place <= utf8(text).length);
        const expected = await collected(text, [], plainEngine);
        expect((await collected(text, cuts, simd)).says).toEqual(expected.says);
      },
    ),
    { numRuns: 400 },
  );
});
