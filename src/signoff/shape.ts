import { isArray, isObject, type Json, type JsonArray, type JsonObject } from '../model/json.ts';
import { malformed } from './malformed.ts';

/** The members of an object that has exactly the named ones: what is unknown might change the meaning of the rest. */
export function members(value: Json | undefined, what: string, names: readonly string[]): JsonObject {
  if (!isObject(value)) throw malformed(`${what} is not an object`);
  const unknown = [...value.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw malformed(`${what} has a member ${JSON.stringify(unknown)} that is not known`);
  const missing = names.find((name) => !value.has(name));
  if (missing !== undefined) throw malformed(`${what} has no member "${missing}"`);
  return value;
}

export function list(value: Json | undefined, what: string): JsonArray {
  if (!isArray(value)) throw malformed(`${what} is not a list`);
  return value;
}

export function string(value: Json | undefined, what: string): string {
  if (typeof value !== 'string') throw malformed(`${what} is not a string`);
  return value;
}

export const stringOrNull = (value: Json | undefined, what: string): string | null =>
  value === null ? null : string(value, what);

export const strings = (value: Json | undefined, what: string): readonly string[] =>
  list(value, what).map((item) => string(item, `an item of ${what}`));

export function word(value: Json | undefined, what: string, expected: string): void {
  if (value !== expected) throw malformed(`${what} is ${shortly(value)}, not "${expected}"`);
}

/** A sha256 in hex, lower case. */
export function sha256Hex(value: Json | undefined, what: string): string {
  const hex = string(value, what);
  if (!/^[0-9a-f]{64}$/.test(hex)) throw malformed(`${what} is not 64 lower-case hex digits`);
  return hex;
}

const shortly = (value: Json | undefined): string =>
  typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : 'not a string';
