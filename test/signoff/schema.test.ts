import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from '../../src/readers/json/parse.ts';
import { ENVELOPE, parseEnvelope } from '../../src/signoff/envelope.ts';
import { parseRequest, REQUEST, requestOf, writeRequest } from '../../src/signoff/request.ts';
import { parseStatement, STATEMENT, textOf, writeStatement } from '../../src/signoff/statement.ts';
import { gateOf, recordOf, statementFor } from './sample.ts';
import { createSigner } from './signer.ts';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
const published = {
  $schema: DRAFT,
  $id: 'https://check-plan.dev/schemas/sign-off.schema.json',
  title: 'check-plan sign-off',
  description:
    'The record of a sign-off, the statement in its payload, and the request for one. docs/sign-off.md says how they are verified.',
  oneOf: ['record', 'statement', 'request'].map((name) => ({ $ref: `#/$defs/${name}` })),
  $defs: { record: ENVELOPE.schema, statement: STATEMENT.schema, request: REQUEST.schema },
};

/** As the formatter wants it: lists of words on one line, where it is not too long. */
const formatted = `${JSON.stringify(published, null, 2)}\n`.replace(
  /^( *"\w+": )\[\s+("[^\]{}]*")\s+\]/gm,
  (all, key: string, words: string) => {
    const one = `${key}[${words.replace(/,\s+/g, ', ')}]`;
    return one.length < 110 ? one : all;
  },
);

test('the published schema is the one that the program reads by', async () => {
  await expect(formatted).toMatchFileSnapshot('../../schemas/sign-off.schema.json');
});

const signer = createSigner('ed25519', 'schema');
const gate = gateOf([signer]);
const statement = statementFor(gate);
const documents = {
  record: [recordOf(signer, statement), parseEnvelope],
  statement: [writeStatement(statement), parseStatement],
  request: [
    Buffer.from(
      writeRequest(requestOf({ source: 'p', inputDigest: gate.inputDigest }, textOf(gate.permits))),
    ),
    parseRequest,
  ],
} as const;

const ajv = new Ajv({ strict: false, logger: false });
const { $schema: _, ...schema } = published;
ajv.addSchema(schema, 'sign-off');

const accepts = (read: (json: ReturnType<typeof parseJson>) => unknown, value: unknown): boolean => {
  try {
    read(parseJson(Buffer.from(JSON.stringify(value)), 'it'));
    return true;
  } catch {
    return false;
  }
};

test.each(Object.entries(documents))(
  'what the schema refuses of a %s, the program refuses',
  (name, [bytes, read]) => {
    const validate = ajv.compile({ $ref: `sign-off#/$defs/${name}` });
    const right = JSON.parse(bytes.toString());
    expect(validate(right)).toBe(true);
    expect(accepts(read, right)).toBe(true);
    const places = pathsIn(right);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), fc.boolean(), (path, value, isTakenOut) => {
        const wrong = JSON.parse(JSON.stringify(edited(right, path, isTakenOut ? undefined : value)));
        if (!validate(wrong)) expect(accepts(read, wrong)).toBe(false);
      }),
      { numRuns: 300 },
    );
  },
);

type Place = readonly (string | number)[];

/** Every place in a value, the whole of it left out, and beside each object one that does not exist. */
function pathsIn(value: unknown, path: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [path];
  const more = Object.entries(value).flatMap(([key, item]) =>
    pathsIn(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [
    ...(path.length > 0 ? [path] : []),
    [...path, Array.isArray(value) ? value.length : 'more'],
    ...more,
  ];
}

function edited(value: unknown, [step, ...rest]: Place, to: unknown): unknown {
  if (step === undefined) return to;
  if (Array.isArray(value)) {
    const copy = [...value];
    copy[Number(step)] = edited(copy[Number(step)], rest, to);
    return copy.filter((item) => item !== undefined);
  }
  const object = value as Record<string, unknown>;
  return { ...object, [step]: edited(object[String(step)], rest, to) };
}
