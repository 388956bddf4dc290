import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { KNOWN_FROM } from '../../src/model/dependency.ts';
import { runIn } from '../cli/memory-io.ts';

const schemaOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8'));
const explanation = schemaOf('explanation');
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true })
  .addSchema(schemaOf('report'))
  .compile(explanation);

const FIXTURES = new URL('../../fixtures/', import.meta.url);
const plans = readdirSync(FIXTURES).filter((name) => existsSync(new URL(`${name}/plan.json`, FIXTURES)));

const explained = async (name: string) => {
  const cwd = new URL(`${name}/`, FIXTURES).pathname;
  return JSON.parse((await runIn(['explain', 'plan.json', '--json'], { cwd })).stdout);
};

describe('every explanation is as the schema says', () => {
  test.each(plans)('of fixtures/%s', async (name) => {
    validate(await explained(name));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('and there are some, with what hangs on them and what to write', async () => {
    const { explanations } = await explained('incident');
    expect(explanations.length).toBeGreaterThan(1);
    expect(explanations.some(({ mends }: { mends: unknown[] }) => mends.length > 0)).toBe(true);
    expect(explanations.some(({ hanging }: { hanging: unknown[] }) => hanging.length > 0)).toBe(true);
  });
});

test.each([
  ['a field that nobody knows', (one: object) => ({ ...one, more: 1 })],
  ['a field that lacks', ({ untold, ...one }: { untold: unknown }) => one],
  [
    'a word that nobody knows',
    (one: object) => ({ ...one, mends: [{ id: 'x', says: 'x', code: null, language: 'cobol' }] }),
  ],
])('the schema refuses %s', async (_, spoil) => {
  const document = await explained('incident');
  expect(validate({ ...document, explanations: document.explanations.map(spoil) })).toBe(false);
});

test('its closed words are those of the model', () => {
  expect(explanation.$defs.link.properties.known.enum).toEqual([...KNOWN_FROM]);
});
