import { isArray, isObject, type Json } from '../model/json.ts';
import { decodeBase64 } from './base64.ts';
import { malformed } from './malformed.ts';

/** One part of a document: how it is read, and how the published schema says the same. Both are made from one table. */
export interface Field<T> {
  /** `what` names the part in messages. Throws `record-unreadable`. */
  readonly read: (value: Json | undefined, what: string) => T;
  readonly schema: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, Field<unknown>>>;
type ReadOf<F extends Fields> = { readonly [Name in keyof F]: ReturnType<F[Name]['read']> };

/** An object that has exactly the named members: what is unknown might change the meaning of the rest. */
export const object = <F extends Fields>(fields: F, description: string): Field<ReadOf<F>> => ({
  read: (value, what) => {
    if (!isObject(value)) throw malformed(`${what} is not an object`);
    const names = Object.keys(fields);
    const unknown = [...value.keys()].find((name) => !names.includes(name));
    if (unknown !== undefined)
      throw malformed(`${what} has a member ${JSON.stringify(unknown)} that is not known`);
    const missing = names.find((name) => !value.has(name));
    if (missing !== undefined) throw malformed(`${what} has no member "${missing}"`);
    const read = Object.entries(fields).map(([name, field]) => [
      name,
      field.read(value.get(name), `the ${name} of ${what}`),
    ]);
    return Object.fromEntries(read) as ReadOf<F>;
  },
  schema: {
    type: 'object',
    description,
    additionalProperties: false,
    required: Object.keys(fields),
    properties: Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema])),
  },
});

/** A list of exactly one: in-toto and DSSE know longer ones, and there any item may stand for the whole. */
export const single = <T>(item: Field<T>, description: string): Field<T> => ({
  read: (value, what) => {
    if (!isArray(value)) throw malformed(`${what} is not a list`);
    if (value.length !== 1) throw malformed(`${what} has ${value.length} items, not one`);
    return item.read(value[0], what);
  },
  schema: { type: 'array', description, minItems: 1, maxItems: 1, items: item.schema },
});

export const constant = <Word extends string>(word: Word, description: string): Field<Word> => ({
  read: (value, what) => {
    if (value !== word) throw malformed(`${what} is ${shortly(value)}, not "${word}"`);
    return word;
  },
  schema: { const: word, description },
});

export const text = (description: string): Field<string> => ({
  read: (value, what) => {
    if (typeof value !== 'string') throw malformed(`${what} is not a string`);
    return value;
  },
  schema: { type: 'string', description },
});

/** Text of one line each. */
export const lines = (description: string): Field<readonly string[]> => ({
  read: (value, what) => {
    if (!isArray(value) || value.length === 0) throw malformed(`${what} is not a list of lines`);
    return value.map((item) => {
      if (typeof item !== 'string' || !ONE_LINE.test(item))
        throw malformed(`an item of ${what} is not one line`);
      return item;
    });
  },
  schema: {
    type: 'array',
    description,
    minItems: 1,
    items: { type: 'string', pattern: ONE_LINE.source, description: 'One line.' },
  },
});

const ONE_LINE = /^[^\n\r]+$/;

export const yesOrNo = (description: string): Field<boolean> => ({
  read: (value, what) => {
    if (typeof value !== 'boolean') throw malformed(`${what} is neither true nor false`);
    return value;
  },
  schema: { type: 'boolean', description },
});

/** A sha256 in hex, lower case. */
export const sha256 = (description: string): Field<string> => ({
  read: (value, what) => {
    if (typeof value !== 'string' || !SHA256.test(value))
      throw malformed(`${what} is not 64 lower-case hex digits`);
    return value;
  },
  schema: { type: 'string', pattern: SHA256.source, description },
});

const SHA256 = /^[0-9a-f]{64}$/;

export const sha256OrNull = (description: string): Field<string | null> => ({
  read: (value, what) => (value === null ? null : sha256(description).read(value, what)),
  schema: { type: ['string', 'null'], pattern: SHA256.source, description },
});

/** RFC 3339 in UTC, to the second or the millisecond, of a day that exists. */
export const instant = (description: string): Field<string> => ({
  read: (value, what) => {
    if (typeof value !== 'string') throw malformed(`${what} is not a string`);
    const parsed = Date.parse(value);
    const iso = Number.isNaN(parsed) ? null : new Date(parsed).toISOString();
    if (iso === null || (value !== iso && value !== iso.replace('.000Z', 'Z')))
      throw malformed(`${what} is ${shortly(value)}, not a time like 2026-11-22T07:30:00Z`);
    return value;
  },
  schema: {
    type: 'string',
    pattern: String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$`,
    description,
  },
});

/** Base64 in its one canonical form, of at least one byte. */
export const base64 = (description: string): Field<Buffer> => ({
  read: (value, what) => {
    const bytes = typeof value === 'string' ? decodeBase64(value) : null;
    if (bytes === null || bytes.length === 0) throw malformed(`${what} is not canonical base64 of anything`);
    return bytes;
  },
  schema: { type: 'string', contentEncoding: 'base64', minLength: 4, description },
});

const shortly = (value: Json | undefined): string =>
  typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : 'not a string';
