import { expect, test } from 'vitest';
import { globOf } from '../../src/adapters/glob.ts';

test.each<[string, string, boolean]>([
  ['*.json', 'a.json', true],
  ['*.json', '.json', true],
  ['*.json', 'a.jsonl', false],
  ['*.json', 'a/b.json', false],
  ['plans/*/tfplan.json', 'plans/shop/tfplan.json', true],
  ['plans/*/tfplan.json', 'plans/tfplan.json', false],
  ['plans/**/*.json', 'plans/a.json', true],
  ['plans/**/*.json', 'plans/eu/shop/a.json', true],
  ['plans/**/*.json', 'plansa.json', false],
  ['**/tfplan.json', 'tfplan.json', true],
  ['**/tfplan.json', 'a/b/tfplan.json', true],
  ['**/tfplan.json', 'a/xtfplan.json', false],
  ['plans/**', 'plans/a/b', true],
  ['a?.json', 'ab.json', true],
  ['a?.json', 'a.json', false],
  ['a?.json', 'a/.json', false],
  ['*.[ab]{c}+(1)', 'x.[ab]{c}+(1)', true],
  ['*.json', 'axjson', false],
  ['*.json', 'a\n.json', true],
])('%j and %j: %s', (pattern, path, matches) => {
  expect(globOf(pattern)?.matches(path)).toBe(matches);
});

test.each(['plan.json', '-', 'plan[1].json', 'plans/', ''])('%j is a name, not a pattern', (text) => {
  expect(globOf(text)).toBeNull();
});

test.each([
  ['*.json', ''],
  ['plans/eu/*.json', 'plans/eu'],
  ['/srv/**/x', '/srv'],
  ['/*.json', '/'],
])('%j begins in %j', (pattern, root) => {
  expect(globOf(pattern)?.root).toBe(root);
});

test.each<[string, string, boolean]>([
  ['*.json', 'a', false],
  ['plans/*/x.json', 'plans/a', true],
  ['plans/*/x.json', 'plans/a/b', false],
  ['plans/*/x.json', 'other', false],
  ['plans/**/x.json', 'plans/a/b/c', true],
  ['plans/**/x.json', 'other/a', false],
  ['**/x.json', 'a/b', true],
  ['e?/**', 'eu', true],
  ['e?/**', 'us', false],
])('%j looks into %j: %s', (pattern, folder, enters) => {
  expect(globOf(pattern)?.enters(folder)).toBe(enters);
});
