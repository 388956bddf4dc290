import * as v from 'valibot';

/**
 * An object of exactly these keys; its message lists them, for shape.ts. A list is no object here, though JavaScript
 * says it is.
 */
export const section = <Entries extends v.ObjectEntries>(entries: Entries, description: string) =>
  v.pipe(
    v.unknown(),
    v.check(isMapping, 'is not a mapping of keys to values'),
    v.strictObject(entries, Object.keys(entries).join(', ')),
    v.description(description),
  );

export const isMapping = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const line = (description: string) =>
  v.pipe(
    v.string(),
    v.regex(/^\S(?:[^\n\r]*\S)?$/, 'is empty, or has white space around it'),
    v.description(description),
  );

export const lines = (one: string, description: string) =>
  v.pipe(v.array(line(one)), v.description(description));

export const moment = (description: string) =>
  v.pipe(
    v.string(),
    v.regex(
      /^\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2}))?$/,
      'is neither a date like 2026-12-31 nor a time with its zone like 2026-12-31T18:00:00Z',
    ),
    v.description(`${description} A date means its first moment in UTC.`),
  );
