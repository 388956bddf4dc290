import { toJsonSchema } from '@valibot/to-json-schema';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { firstPolicy } from '../../src/policy/init.ts';
import { policySchema } from '../../src/policy/schema.ts';
import { publicKeySample } from './public-key-samples.ts';

const ID = 'https://check-plan.dev/schemas/policy.schema.json';

/** `check` stands for what JSON Schema says by `type: object`. */
const published = () => {
  const { $schema, ...schema } = toJsonSchema(policySchema, { typeMode: 'output', ignoreActions: ['check'] });
  return { $schema, $id: ID, ...schema };
};

/** As the formatter wants it: lists of words on one line. */
const formatted = (schema: object): string =>
  `${JSON.stringify(schema, null, 2).replace(/\[\s+("[^\]]*")\s+\]/g, (_, words: string) => `[${words.replace(/,\s+/g, ', ')}]`)}\n`;

test('the published schema is the one that the program reads by', async () => {
  await expect(formatted(published())).toMatchFileSnapshot('../../schemas/policy.schema.json');
});

test('every property is described', () => {
  const bare: string[] = [];
  const look = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties')
        for (const [name, property] of Object.entries(value as Record<string, { description?: string }>))
          if (property.description === undefined) bare.push(`${path}.${name}`);
      look(value, key === 'properties' ? path : `${path}.${key}`);
    }
  };
  look(published(), '');
  expect(bare).toEqual([]);
});

const { $schema: _, ...schema } = published();
const validate = new Ajv({ strict: false }).compile<unknown>(schema as object);

test('the schema accepts a first policy, and refuses what the program refuses', () => {
  const found = { accounts: ['012345678901'], workspaces: [], environments: [], signers: [] };
  const signers = [{ id: 'alice', email: 'alice@example.dev', key: publicKeySample(1) }];
  expect(validate(parse(firstPolicy({ ...found, signers })))).toBe(true);
});

test.each([
  'production: {}',
  '{ version: 2 }',
  '{ version: 1, production: [] }',
  '{ version: 1, productoin: {} }',
  '{ version: 1, production: { accounts: [12345] } }',
  '{ version: 1, production: { tags: { env: prod } } }',
  '{ version: 1, rules: { CP1: { severity: off, reason: because we can, expires: 2026-01-01 } } }',
  '{ version: 1, rules: { CP001: { severity: off, expires: 2026-01-01 } } }',
  '{ version: 1, signOff: { required: { high: { ai: maybe } } } }',
])('the schema refuses %s', (yaml) => {
  expect(validate(parse(yaml))).toBe(false);
});
