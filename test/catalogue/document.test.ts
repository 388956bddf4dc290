import { expect, test } from 'vitest';
import { documentCatalogue, explainRule, listRules } from '../../src/catalogue/document.ts';
import { catalogue } from './catalogue-under-test.ts';

test('rules/README.md is what the rules say', async () => {
  await expect(documentCatalogue(catalogue)).toMatchFileSnapshot('../../rules/README.md');
});

test('the list has a line for every rule', () => {
  expect(listRules(catalogue.rules).trimEnd().split('\n')).toHaveLength(catalogue.rules.length);
});

test.each(catalogue.rules.map((rule) => [rule.id, rule] as const))('%s is explained whole', (id, rule) => {
  const text = explainRule(rule);
  const advice = rule.instead.map((one) => one.text);
  for (const part of [id, rule.means, rule.matters, ...advice]) expect(text).toContain(part);
});
