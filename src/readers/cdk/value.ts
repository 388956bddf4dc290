import { isArray, isNumber, isObject, type Json, type JsonObject, type Path } from '../../model/json.ts';
import { isIntrinsic } from '../cloudformation/intrinsic.ts';

/** One place in which two values differ. A side is undefined where it has nothing there. */
export interface Leaf {
  readonly path: Path;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Where two values differ, each place on its own. What CloudFormation takes for the same is the same. */
export function differences(
  before: Json | undefined,
  after: Json | undefined,
  path: Path = [],
): readonly Leaf[] {
  if (isIdentical(before, after)) return [];
  const [a, b] = [isNoValue(before) ? undefined : before, isNoValue(after) ? undefined : after];
  if (sameText(a) === sameText(b)) return [];
  const [objectA, objectB] = [plainObject(a), plainObject(b)];
  const both = objectA !== null && objectB !== null;
  const oneSided = (a === undefined && objectB !== null) || (b === undefined && objectA !== null);
  if (both || oneSided) {
    const keys = new Set([...(objectA?.keys() ?? []), ...(objectB?.keys() ?? [])]);
    const inside = [...keys].flatMap((key) =>
      differences(objectA?.get(key), objectB?.get(key), [...path, key]),
    );
    if (inside.length > 0) return inside;
  }
  if (isArray(a) && isArray(b)) {
    return Array.from({ length: Math.max(a.length, b.length) }, (_, at) =>
      differences(a[at], b[at], [...path, at]),
    ).flat();
  }
  return [{ path, before: a, after: b }];
}

/** Written the same, which nearly everything is: to see that is far less work than to see where two values differ. */
function isIdentical(a: Json | undefined, b: Json | undefined): boolean {
  if (isObject(a)) {
    if (!isObject(b) || a.size !== b.size) return false;
    for (const [key, member] of a) if (!b.has(key) || !isIdentical(member, b.get(key))) return false;
    return true;
  }
  if (isArray(a))
    return isArray(b) && a.length === b.length && a.every((item, at) => isIdentical(item, b[at]));
  return isNumber(a) && isNumber(b) ? a.text === b.text : a === b;
}

/** An object that is no intrinsic function. */
const plainObject = (value: Json | undefined): JsonObject | null =>
  isObject(value) && !isIntrinsic(value) ? value : null;

/** Whether the value, or a part of it, is decided only while deploying. */
export function isUnresolved(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.includes('{{resolve:');
  if (isArray(value)) return value.some(isUnresolved);
  return isIntrinsic(value) || (isObject(value) && [...value.values()].some(isUnresolved));
}

/** `{ "Ref": "AWS::NoValue" }` takes the member away that it stands for. */
const isNoValue = (value: Json | undefined): boolean =>
  isObject(value) && value.size === 1 && value.get('Ref') === 'AWS::NoValue';

/** Equal for values that CloudFormation takes for equal: `true` and `"true"`, `5` and `"5"`, absent and NoValue. */
export function sameText(value: Json | undefined): string {
  if (value === undefined || isNoValue(value)) return 'absent';
  if (isArray(value))
    return `[${value
      .filter((item) => !isNoValue(item))
      .map(sameText)
      .join(',')}]`;
  if (isObject(value)) {
    const members = [...value].filter(([, member]) => !isNoValue(member));
    members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${sameText(member)}`).join(',')}}`;
  }
  return value === null ? 'null' : JSON.stringify(isNumber(value) ? value.text : String(value));
}
