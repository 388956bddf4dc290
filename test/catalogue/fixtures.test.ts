import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documentRule } from '../../src/catalogue/document.ts';
import { findingsOfChange, findingsOfInvocation, findingsOfSet } from '../../src/catalogue/evaluate.ts';
import { EFFECTS, type Effect } from '../../src/model/change.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { JudgedChange } from '../../src/model/report.ts';
import { environmentOf } from '../../src/production/environment.ts';
import { readChangeSet } from '../../src/readers/read.ts';
import { catalogue } from './catalogue-under-test.ts';

const FIXTURES = new URL('../../fixtures/rules/', import.meta.url);
const NOWHERE = { environment: null, workspace: null };
const NO_MATCHERS = { accounts: [], workspaces: [], addresses: [], tags: new Map() };
const NO_POLICY = { production: NO_MATCHERS, nonProduction: NO_MATCHERS };
const NONE = new Map();

async function* bytesOf(file: URL): AsyncIterable<Uint8Array> {
  yield readFileSync(file);
}

const found = async (file: URL): Promise<readonly string[]> => (await findings(file)).map(({ rule }) => rule);

/** All that is found in the plan. */
async function findings(file: URL): Promise<readonly Finding[]> {
  const counts = Object.fromEntries(EFFECTS.map((effect) => [effect, 0])) as Record<Effect, number>;
  const changes: JudgedChange[] = [];
  const { rules } = catalogue;
  const facts = await readChangeSet(bytesOf(file), (change) => {
    counts[change.effect] += 1;
    const assessment = catalogue.assess(change);
    const environment = environmentOf(change, NOWHERE, NO_POLICY);
    const findings = findingsOfChange(rules, { change, assessment, environment }, NONE, 0);
    const location = { account: null, region: null };
    changes.push({ ...change, ...assessment, environment, findings, location, needsSignOff: false });
  });
  counts.none = facts.unchanged;
  expect(facts.problems).toEqual([]);
  return [
    ...changes.flatMap(({ findings }) => findings),
    ...facts.invocations.flatMap((invocation) => findingsOfInvocation(rules, invocation, NONE, 0)),
    ...findingsOfSet(rules, { facts, counts, changes }, NONE, 0),
  ];
}

const ids = catalogue.rules.map(({ id }) => id);

test('every rule has a folder of its own, and no folder is without a rule', () => {
  expect(readdirSync(FIXTURES).sort()).toEqual([...ids].sort());
});

test.each(ids)('%s fires', async (id) => {
  expect(await found(new URL(`${id}/fires.json`, FIXTURES))).toContain(id);
});

test.each(ids)('%s does not fire at its near miss', async (id) => {
  expect(await found(new URL(`${id}/near-miss.json`, FIXTURES))).not.toContain(id);
});

test('a nested stack is not of an unknown type: one rule speaks of it, let go of or destroyed', async () => {
  expect(await found(new URL('CP021/fires.json', FIXTURES))).toEqual(['CP021']);
  expect(await found(new URL('CP021/near-miss.json', FIXTURES))).toEqual(['CP008']);
});

test.each(catalogue.rules.map((rule) => [rule.id, rule] as const))(
  'docs/rules/%s.md is what the rule says',
  async (id, rule) => {
    const fires = (await findings(new URL(`${id}/fires.json`, FIXTURES)))
      .filter((one) => one.rule === id)
      .map(({ severity, message }) => `${severity}: ${message}`);
    const silent = [...new Set(await found(new URL(`${id}/near-miss.json`, FIXTURES)))].sort();
    await expect(documentRule(rule, { fires, silent })).toMatchFileSnapshot(`../../docs/rules/${id}.md`);
  },
);
