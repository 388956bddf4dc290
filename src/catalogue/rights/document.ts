import { isArray, isObject, type Json, type JsonObject } from '../../model/json.ts';

/** Deeper than any policy is written; what is deeper stays a text. */
const DEEPEST = 40;

/** The document that a text holds (policies are written as JSON in a text), or the value as it is. */
export function documentIn(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return jsonOf(JSON.parse(value), 0);
  } catch {
    return value;
  }
}

function jsonOf(value: unknown, depth: number): Json {
  if (depth > DEEPEST) throw new RangeError('too deep');
  if (typeof value === 'number') return { kind: 'number', text: String(value) };
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) return value.map((one) => jsonOf(one, depth + 1));
  return new Map(Object.entries(value).map(([key, member]) => [key, jsonOf(member, depth + 1)]));
}

/** One value stands for a list of one in every policy language of AWS. */
export const listOf = (value: Json | undefined): readonly Json[] =>
  isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** The statements of a document in the language of IAM that have this effect; none of any other document. */
export const statementsOf = (document: Json | undefined, effect: 'Allow' | 'Deny'): readonly JsonObject[] =>
  isObject(document)
    ? listOf(document.get('Statement')).filter(
        (one): one is JsonObject => isObject(one) && one.get('Effect') === effect,
      )
    : [];

/** `s3:GetObject`, or how many there are. */
export function wordsIn(words: readonly string[], what: string): string {
  return words.length === 0 || words.length > 3 ? `${words.length} ${what}` : words.join(', ');
}
