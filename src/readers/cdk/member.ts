import { CheckError } from '../../model/error.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { parseJson } from '../json/parse.ts';
import type { Folder } from './folder.ts';

/** A part of an assembly that has the wrong shape. */
export const malformed = (where: string, says: string): CheckError =>
  new CheckError('malformed-plan', `${where} ${says}`, AGAIN);

const AGAIN = 'synthesise the app again with `cdk synth`, and change nothing in cdk.out';

export function requiredObject(value: Json | undefined, where: string): JsonObject {
  if (!isObject(value)) throw malformed(where, value === undefined ? 'is absent' : 'is not an object');
  return value;
}

/** A member that is an object where it is there; absent is the empty object. */
export const optionalObject = (owner: JsonObject, key: string, where: string): JsonObject =>
  owner.get(key) === undefined ? EMPTY : requiredObject(owner.get(key), `${key} of ${where}`);

export const EMPTY: JsonObject = new Map();

/** A file of the folder as a JSON object. Throws `malformed-plan` where it is missing or something else. */
export function readObject(folder: Folder, path: string, where: string): JsonObject {
  const bytes = folder.read(path);
  if (bytes === null) throw malformed(`${folder.name}/${path}`, `is missing, and ${where} needs it`);
  return requiredObject(parseJson(bytes, `${folder.name}/${path}`), `${folder.name}/${path}`);
}
