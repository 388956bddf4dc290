import { canonical, isArray, isObject, type Json, type JsonObject } from '../../model/json.ts';
import { listOf, statementsOf, wordsIn } from './document.ts';
import { isLooser, isSameTest, limits, limitsOf } from './limits.ts';

/** Grants to everybody, or of everything, that `after` has and `before` has not, and limits that are gone; for people. */
export function opened(before: Json | undefined, after: Json | undefined): readonly string[] {
  const known = new Set(openings(before));
  const fresh = openings(after).filter((one) => !known.has(one));
  return [...new Set([...fresh, ...unlimited(before, after)])];
}

const openings = (document: Json | undefined): readonly string[] =>
  isObject(document)
    ? [
        ...statementsOf(document, 'Allow').flatMap(openStatement),
        ...listOf(document.get('bindings')).flatMap(openBinding),
      ]
    : [];

/** A statement with a condition that leaves somebody out opens less than it says, so it is not told. */
function openStatement(statement: JsonObject): readonly string[] {
  if (limitsOf(statement).some(limits)) return [];
  const to = has(statement.get('Principal'), '*') || statement.has('NotPrincipal');
  const actions = listOf(statement.get('Action'));
  const all = ['*', '*:*'].some((one) => actions.includes(one)) || statement.has('NotAction');
  if (to) return [all ? 'every action for everybody' : `${actionsOf(statement)} for everybody`];
  if (!has(statement.get('Resource'), '*')) return [];
  if (all) return ['every action on everything'];
  return MASTERS.filter((service) => actions.includes(`${service}:*`)).map(
    (service) => `every action of ${service} on everything`,
  );
}

/** Whoever may do all that these can may give themselves everything else. */
const MASTERS = ['iam', 'organizations'];

function openBinding(binding: Json): readonly string[] {
  if (!isObject(binding)) return [];
  const role = binding.get('role');
  return EVERYBODY.filter((who) => has(binding.get('members'), who)).map(
    (who) => `${typeof role === 'string' ? role : 'a role'} for ${who}`,
  );
}

const EVERYBODY = ['allUsers', 'allAuthenticatedUsers'];

/** Tests that a statement had, and that it or the one in its place has no longer or asks less of. */
function unlimited(before: Json | undefined, after: Json | undefined): readonly string[] {
  const now = statementsOf(after, 'Allow');
  return statementsOf(before, 'Allow').flatMap((was) => {
    const heir = now.find((one) => isHeir(was, one));
    if (heir === undefined) return [];
    const kept = limitsOf(heir).filter(limits);
    return limitsOf(was).flatMap((test) => {
      if (!limits(test)) return [];
      const still = kept.find((one) => isSameTest(one, test));
      if (still === undefined) return [`${actionsOf(was)} without the condition ${test.key}`];
      return isLooser(test, still) ? [`${actionsOf(was)} under a wider condition ${test.key}`] : [];
    });
  });
}

/** The same statement later: by its name, else by what it grants. */
function isHeir(was: JsonObject, now: JsonObject): boolean {
  const [sid, other] = [was.get('Sid'), now.get('Sid')];
  if (typeof sid === 'string' && sid !== '' && typeof other === 'string' && other !== '')
    return sid === other;
  return ['Action', 'NotAction', 'Resource', 'NotResource'].every(
    (key) => sorted(was.get(key)) === sorted(now.get(key)),
  );
}

const sorted = (value: Json | undefined): string => listOf(value).map(canonical).sort().join();

/** Whether a text, a list, or a member of an object is this word. */
const has = (value: Json | undefined, word: string): boolean =>
  value === word ||
  (isArray(value) && value.includes(word)) ||
  (isObject(value) && [...value.values()].some((member) => has(member, word)));

const actionsOf = (statement: JsonObject): string =>
  wordsIn(
    listOf(statement.get('Action')).map((one) => (typeof one === 'string' ? one : canonical(one))),
    'actions',
  );
