import { CheckError } from '../../model/error.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';

/** A part of a plan that has the wrong shape. `where` is its place: `resource_changes[3]`. */
export function malformed(where: string, says: string): CheckError {
  return new CheckError(
    'malformed-plan',
    `${where} ${says}`,
    'write the plan again with `terraform show -json PLANFILE`, and change nothing in it',
  );
}

export function requiredObject(value: Json | undefined, where: string): JsonObject {
  if (!isObject(value)) throw malformed(where, value === undefined ? 'is absent' : 'is not an object');
  return value;
}

/** A member that has to be a text with something in it. */
export function requiredText(owner: JsonObject, key: string, where: string): string {
  const value = owner.get(key);
  if (typeof value !== 'string' || value === '') throw malformed(where, `has no ${key}`);
  return value;
}

/** A member that is a text where it is there; null where it is absent or empty. */
export function optionalText(owner: JsonObject, key: string, where: string): string | null {
  const value = owner.get(key) ?? null;
  if (value !== null && typeof value !== 'string') throw malformed(where, `has a ${key} that is not a text`);
  return value === '' ? null : value;
}
