import { canonical, isObject, type Json, type JsonObject } from '../../model/json.ts';
import { listOf, statementsOf, wordsIn } from './document.ts';
import { isExcluding, isSameTest, type Limit, limitsOf } from './limits.ts';
import { covers } from './pattern.ts';

/** What `before` denies and no statement of `after` denies as widely any more, for people: `s3:DeleteObject`. */
export function undenied(before: Json | undefined, after: Json | undefined): readonly string[] {
  const now = statementsOf(after, 'Deny');
  const lost = statementsOf(before, 'Deny').flatMap((was) => {
    const others = now.filter(
      (one) => coversAll(one, was, 'Resource') && reachesAll(one, was) && isNoTighter(one, was),
    );
    if (was.has('NotAction')) return others.some((one) => coversAll(one, was, 'Action')) ? [] : [NEARLY_ALL];
    const gone = texts(was.get('Action')).filter((action) => !others.some((one) => denies(one, action)));
    return gone.length === 0 ? [] : [wordsIn(gone, 'actions')];
  });
  return [...new Set(lost)];
}

/** What a document denies, for people. */
export const denied = (document: Json | undefined): readonly string[] => undenied(document, null);

const NEARLY_ALL = 'all but some actions';

const denies = (statement: JsonObject, action: string): boolean =>
  statement.has('NotAction')
    ? !texts(statement.get('NotAction')).some((one) => covers(one, action) || covers(action, one))
    : texts(statement.get('Action')).some((one) => covers(one, action));

type Scope = 'Action' | 'Resource';

/** Whether one names all that the other named: a list covers a list, and a shorter list of exceptions a longer one. */
function coversAll(now: JsonObject, was: JsonObject, scope: Scope): boolean {
  const excepted = `Not${scope}`;
  if (now.has(excepted)) {
    const left = texts(now.get(excepted));
    return was.has(excepted)
      ? left.every((one) => texts(was.get(excepted)).some((wider) => covers(wider, one)))
      : texts(was.get(scope)).every((one) => !left.some((out) => covers(out, one) || covers(one, out)));
  }
  const named = texts(now.get(scope));
  if (was.has(excepted)) return named.includes('*');
  return texts(was.get(scope)).every((one) => named.some((wider) => covers(wider, one)));
}

/** Whether it holds for all whom the other held for. A document of an identity names nobody. */
function reachesAll(now: JsonObject, was: JsonObject): boolean {
  if (now.has('NotPrincipal') || was.has('NotPrincipal'))
    return canonical(now.get('NotPrincipal')) === canonical(was.get('NotPrincipal'));
  const names = namesIn(now.get('Principal'));
  return names.includes('*') || namesIn(was.get('Principal')).every((one) => names.includes(one));
}

/** `*` and `{ "AWS": "*" }` are everybody. */
const namesIn = (principal: Json | undefined): readonly string[] =>
  isObject(principal)
    ? [...principal].flatMap(([kind, value]) =>
        texts(value).map((one) => (one === '*' && kind === 'AWS' ? '*' : `${kind}:${one}`)),
      )
    : texts(principal);

/** Whether it has no test that the other did not have, and lets nobody more by. */
const isNoTighter = (now: JsonObject, was: JsonObject): boolean =>
  limitsOf(now).every((test) => {
    const earlier = limitsOf(was).find((one) => isSameTest(one, test));
    return earlier !== undefined && isAsWide(test, earlier);
  });

const isAsWide = (now: Limit, was: Limit): boolean =>
  isExcluding(now.operator)
    ? now.values.every((value) => was.values.includes(value))
    : was.values.every((value) => now.values.includes(value));

const texts = (value: Json | undefined): readonly string[] =>
  listOf(value).map((one) => (typeof one === 'string' ? one : canonical(one)));
