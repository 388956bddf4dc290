import { at, canonical, isNumber, isObject, type Json, type JsonObject } from '../../model/json.ts';
import { masked } from '../../model/mask.ts';

/**
 * The name of the object that exists, by the first of: `arn`, `self_link` and `id` of `before`, which a person can
 * look up; `before_identity`; the id or identity that is being imported. Null where nothing exists, or where the only
 * name is sensitive. Never taken from `after`, which is what the writer of the change wants to be true.
 */
export function physicalIdOf(change: JsonObject, type: string): string | null {
  if (ID_IS_THE_SECRET.has(type)) return null;
  const before = change.get('before');
  const mask = change.get('before_sensitive');
  for (const name of NAMES) {
    const id = masked(mask, [name]) ? null : nameOf(at(before, [name]));
    if (id !== null) return id;
  }
  return (
    nameOf(change.get('before_identity')) ??
    nameOf(at(change.get('importing'), ['id'])) ??
    nameOf(at(change.get('importing'), ['identity']))
  );
}

/** Types whose id is the very text that they generate, which others use as a password. */
const ID_IS_THE_SECRET: ReadonlySet<string> = new Set(['random_string', 'random_password']);

const NAMES = ['arn', 'self_link', 'id'];

function nameOf(value: Json | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (isNumber(value)) return value.text;
  return isObject(value) && value.size > 0 ? canonical(value) : null;
}
