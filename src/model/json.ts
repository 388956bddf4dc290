/**
 * JSON as the program holds it. Objects are maps, so a key called `__proto__` is a key like any other; numbers keep
 * the text they were written with, so no digit is lost and a digest covers the exact bytes.
 */
export type Json = null | boolean | string | JsonNumber | JsonArray | JsonObject;
export type JsonArray = readonly Json[];
export type JsonObject = ReadonlyMap<string, Json>;
export interface JsonNumber {
  readonly kind: 'number';
  /** The number as the document writes it: `1e400`, `12345678901234567890`, `-0`. */
  readonly text: string;
}

/** One step of a path into a value: an attribute name, or an index into a list. */
export type Step = string | number;
export type Path = readonly Step[];

export const isObject = (value: Json | undefined): value is JsonObject => value instanceof Map;
export const isArray = (value: Json | undefined): value is JsonArray => Array.isArray(value);
export const isNumber = (value: Json | undefined): value is JsonNumber =>
  typeof value === 'object' && value !== null && !isObject(value) && !isArray(value);

/** The value at the path, or undefined where the document has none. */
export function at(value: Json | undefined, path: Path): Json | undefined {
  let here = value;
  for (const step of path) {
    if (isObject(here)) here = here.get(String(step));
    else if (isArray(here) && typeof step === 'number') here = here[step];
    else return undefined;
  }
  return here;
}

/** A string member of an object, or null where it is absent or not a string. */
export function text(value: Json | undefined, key: string): string | null {
  const member = isObject(value) ? value.get(key) : undefined;
  return typeof member === 'string' ? member : null;
}

/** Whether two values are equal: as equal as their `canonical` texts, and told without writing those. */
export function same(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (isObject(one)) {
    if (!isObject(other) || one.size !== other.size) return false;
    for (const key of one.keys()) if (!other.has(key) || !same(one.get(key), other.get(key))) return false;
    return true;
  }
  if (isArray(one))
    return (
      isArray(other) && one.length === other.length && one.every((item, index) => same(item, other[index]))
    );
  return isNumber(other) && one.text === other.text;
}

/**
 * The value written so that equal values have equal text: keys in code-unit order, no white space, numbers as they were
 * written. For digests, and for telling values; never for handing a document on.
 */
export function canonical(value: Json | undefined): string {
  if (value === undefined) return 'absent';
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (isObject(value)) {
    const members = [...value].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
  }
  if (isArray(value)) return `[${value.map(canonical).join(',')}]`;
  return value.text;
}
