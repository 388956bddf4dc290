import { expect, test } from 'vitest';
import { readCatalogueFile } from '../../src/adapters/catalogue-files.ts';
import { createCatalogue } from '../../src/catalogue/catalogue.ts';
import { check, type World } from '../../src/check.ts';
import { DEFAULT_POLICY } from '../../src/policy/defaults.ts';

const world: World = {
  catalogue: createCatalogue(readCatalogueFile),
  policy: DEFAULT_POLICY,
  authorship: { is: 'unknown', signals: [], hands: [], handsHidden: null, because: 'a test says so' },
  caller: { environment: 'production', workspace: null },
  now: 0,
  records: async () => [],
  notes: [],
  signWith: [],
};

/** A plan with so many changes of a type that holds next to nothing. */
async function rulesOf(
  count: number,
  actions: readonly string[],
  unchanged = 0,
  type = 'null_resource',
): Promise<readonly string[]> {
  const change = (words: readonly string[], index: number): object => ({
    address: `${type}.it[${index}]`,
    mode: 'managed',
    type,
    name: 'it',
    change: {
      actions: words,
      before: { id: String(index) },
      after: words.at(-1) === 'delete' ? null : { id: String(index) },
    },
  });
  const plan = JSON.stringify({
    format_version: '1.2',
    planned_values: {},
    configuration: {},
    resource_changes: Array.from({ length: count + unchanged }, (_, index) =>
      change(index < count ? actions : ['no-op'], index),
    ),
  });
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(plan);
  };
  const open = async () => ({ name: 'plan.json', bytes: bytes(), digest: () => '00' });
  const { report } = await check([{ name: 'plan.json', open }], world);
  expect(report.errors).toEqual([]);
  return (report.changeSets[0]?.findings ?? []).map(({ rule }) => rule);
}

test.each<[string, number, number, boolean]>([
  ['all of a whole environment', 3, 0, true],
  ['all but one', 3, 1, false],
  ['a pair', 2, 0, false],
])('of databases %s: mass destruction %#', async (_, count, unchanged, fires) => {
  expect((await rulesOf(count, ['delete'], unchanged, 'aws_db_instance')).includes('CP015')).toBe(fires);
});

test.each<[string, number, string[], number, boolean]>([
  ['twenty deletions', 20, ['delete'], 1000, true],
  ['nineteen of very many', 19, ['delete'], 1000, false],
  ['five of nine', 5, ['delete'], 4, true],
  ['five of eleven', 5, ['delete'], 6, false],
  ['four of four', 4, ['delete'], 0, false],
  ['things of no worth that run anew', 30, ['delete', 'create'], 0, false],
])('%s: mass destruction %#', async (_, count, actions, unchanged, fires) => {
  expect((await rulesOf(count, actions, unchanged)).includes('CP015')).toBe(fires);
});
