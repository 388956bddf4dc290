import { canonical, isObject, type Json, type JsonObject } from '../../model/json.ts';
import { isWideRange } from '../range.ts';
import { listOf } from './document.ts';
import { covers } from './pattern.ts';

/** One test of a condition: `StringLike` of `aws:PrincipalArn`. All tests of a statement must hold for it to count. */
export interface Limit {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** The tests under which a statement counts. What is no condition is none. */
export function limitsOf(statement: JsonObject): readonly Limit[] {
  const condition = statement.get('Condition');
  if (!isObject(condition)) return [];
  return [...condition].flatMap(([operator, tests]) =>
    isObject(tests)
      ? [...tests].map(([key, value]) => ({ operator, key, values: listOf(value).map(textOf) }))
      : [],
  );
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : canonical(value));

/** Whether a test leaves out anybody: `StringLike: *` does not, nor does a list of those who are left out. */
export function limits({ operator, key, values }: Limit): boolean {
  if (/^ForAllValues:/i.test(operator) || isExcluding(operator) || OPEN_KEYS.has(key.toLowerCase()))
    return false;
  return !values.some((value) => /^[*?]*\*[*?]*$/.test(value) || isWideRange(value));
}

/** What everybody can do, or say of themselves. */
const OPEN_KEYS: ReadonlySet<string> = new Set([
  'aws:securetransport',
  'aws:currenttime',
  'aws:epochtime',
  'aws:referer',
  'aws:useragent',
  's3:tlsversion',
  's3:signatureversion',
  's3:authtype',
]);

/** `StringNotEquals`, `NotIpAddress`: it counts for all but those. */
export const isExcluding = (operator: string): boolean => /Not[A-Z]/.test(operator);

export const isSameTest = (a: Limit, b: Limit): boolean =>
  a.operator.toLowerCase() === b.operator.toLowerCase() && a.key.toLowerCase() === b.key.toLowerCase();

/** Whether the test lets by what it did not before: another value that covers one that stood there. */
export const isLooser = (before: Limit, after: Limit): boolean =>
  after.values.some(
    (value) => !before.values.includes(value) && before.values.some((earlier) => covers(value, earlier)),
  );
