import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findingsOfChange } from '../../src/catalogue/evaluate.ts';
import { dottedOf } from '../../src/catalogue/path.ts';
import { parseTable } from '../../src/catalogue/table.ts';
import { readChangeSet } from '../../src/readers/read.ts';
import { catalogue } from './catalogue-under-test.ts';
import { subjectOf } from './sample.ts';

const PLAN = new URL('../../fixtures/aws-types/plan.json', import.meta.url);

const EXPECTED = new URL('../../fixtures/aws-types/expected.tsv', import.meta.url);

/**
 * What the documentation of AWS and of the provider says of each change of the plan, which the real provider made:
 * what is held, what becomes of it, which protection goes (`takes`), was off before (`off`) or is in the way (`stands`).
 */
const COLUMNS = ['address', 'holds', 'fate', 'takes', 'off', 'stands', 'rules', 'source', 'why'] as const;
const expected = parseTable(() => readFileSync(EXPECTED, 'utf8'), 'expected.tsv', COLUMNS);

test('fifty types, planned by the real provider, are judged as their documentation says', async () => {
  const found: object[] = [];
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield readFileSync(PLAN);
  }
  await readChangeSet(bytes(), (change) => {
    const assessment = catalogue.assess(change);
    const { holds, fate, disarmed, bare, standing } = assessment;
    const findings = findingsOfChange(catalogue.rules, { ...subjectOf(change), assessment }, new Map(), 0);
    found.push({
      address: change.address,
      holds,
      fate,
      takes: listed(disarmed.map(({ path }) => dottedOf(path))),
      off: listed(bare.map(attributeIn)),
      stands: listed(standing.map(attributeIn)),
      rules: listed(findings.map(({ rule }) => rule)),
    });
  });
  expect(found).toEqual(expected.map(({ source, why, ...row }) => row));
  expect(new Set(expected.map(({ address }) => address.split('.')[0])).size).toBe(50);
});

test('each expectation says where it is from, and why', () => {
  expect(expected.filter(({ source, why }) => source === '' || why === '')).toEqual([]);
});

const listed = (words: readonly string[]): string => [...new Set(words)].sort().join(' ');

/** `force_destroy is false: …` is of `force_destroy`. */
const attributeIn = (says: string): string => says.split(' ')[0] ?? '';
