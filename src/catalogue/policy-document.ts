import { canonical, isArray, isObject, type Json } from '../model/json.ts';

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

/** Grants to everybody, or of everything, that `after` has and `before` has not, for people. */
export function opened(before: Json | undefined, after: Json | undefined): readonly string[] {
  const known = new Set(openings(before));
  return [...new Set(openings(after))].filter((one) => !known.has(one));
}

const openings = (document: Json | undefined): readonly string[] =>
  isObject(document)
    ? [
        ...listOf(document.get('Statement')).flatMap(openStatement),
        ...listOf(document.get('bindings')).flatMap(openBinding),
      ]
    : [];

const listOf = (value: Json | undefined): readonly Json[] =>
  isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** A statement with a condition opens less than it says, so only one without is told. */
function openStatement(statement: Json): readonly string[] {
  if (!isObject(statement) || statement.get('Effect') !== 'Allow' || statement.has('Condition')) return [];
  const to = has(statement.get('Principal'), '*') || statement.has('NotPrincipal');
  const all =
    has(statement.get('Action'), '*') || has(statement.get('Action'), '*:*') || statement.has('NotAction');
  if (to) return [all ? 'every action for everybody' : `${wordsIn(statement.get('Action'))} for everybody`];
  return all && has(statement.get('Resource'), '*') ? ['every action on everything'] : [];
}

function openBinding(binding: Json): readonly string[] {
  if (!isObject(binding)) return [];
  const role = binding.get('role');
  return EVERYBODY.filter((who) => has(binding.get('members'), who)).map(
    (who) => `${typeof role === 'string' ? role : 'a role'} for ${who}`,
  );
}

const EVERYBODY = ['allUsers', 'allAuthenticatedUsers'];

/** Whether a text, a list, or a member of an object is this word. */
const has = (value: Json | undefined, word: string): boolean =>
  value === word ||
  (isArray(value) && value.includes(word)) ||
  (isObject(value) && [...value.values()].some((member) => has(member, word)));

function wordsIn(value: Json | undefined): string {
  const words = listOf(value).map((one) => (typeof one === 'string' ? one : canonical(one)));
  return words.length === 0 || words.length > 3 ? `${words.length} actions` : words.join(', ');
}
