import { CheckError } from '../../model/error.ts';
import {
  canonical,
  isArray,
  isObject,
  type Json,
  type JsonArray,
  type JsonObject,
} from '../../model/json.ts';

/** How to get a description that can be judged. */
export const DESCRIBE =
  '`aws cloudformation describe-change-set --change-set-name ARN --output json > change-set.json`';

/** A part of a change set that has the wrong shape. `where` is its place: `Changes[3]`. */
export function malformed(where: string, says: string): CheckError {
  return new CheckError(
    'malformed-plan',
    `${where} ${says}`,
    `write it again with ${DESCRIBE}, and change nothing in it`,
  );
}

export function requiredObject(value: Json | undefined, where: string): JsonObject {
  if (!isObject(value))
    throw malformed(where, value === undefined || value === null ? 'is absent' : 'is not an object');
  return value;
}

/** A member that has to be a text with something in it. */
export function requiredText(owner: JsonObject, key: string, where: string): string {
  const value = optionalText(owner, key, where);
  if (value === null) throw malformed(where, `has no ${key}`);
  return value;
}

/** A member that is a text where it is there. The command line writes null for every scalar that AWS left out. */
export function optionalText(owner: JsonObject, key: string, where: string): string | null {
  const value = owner.get(key) ?? null;
  if (value !== null && typeof value !== 'string')
    throw malformed(where, `has the ${key} ${canonical(value).slice(0, 60)}, which is not a text`);
  return value === '' ? null : value;
}

/** A member that is a list where it is there; absent and null are the empty list. */
export function optionalList(owner: JsonObject, key: string, where: string): JsonArray {
  const value = owner.get(key) ?? [];
  if (!isArray(value)) throw malformed(where, `has ${key} that are not a list`);
  return value;
}
