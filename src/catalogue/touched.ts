import type { Change } from '../model/change.ts';
import { isObject, type Json, same } from '../model/json.ts';
import { marksAny } from '../model/mask.ts';
import type { Protection } from './protection.ts';

/**
 * The update with only those attributes of both sides that differ, or may: most of an object stays as it is, and what
 * does is no loss, whatever it is. Where a side or a mask is no object, the change as it is.
 */
export function touchedBy(change: Change): Change {
  const { before, after, beforeUnknown = false, afterUnknown } = change;
  if (!isObject(before) || !isObject(after)) return change;
  if (!isPlainMask(beforeUnknown) || !isPlainMask(afterUnknown)) return change;
  const left = { before: new Map<string, Json>(), after: new Map<string, Json>() };
  for (const [name, was] of before)
    if (!same(was, after.get(name)) || isMarked(beforeUnknown, name) || isMarked(afterUnknown, name))
      left.before.set(name, was);
  for (const [name, is] of after) if (left.before.has(name) || !before.has(name)) left.after.set(name, is);
  return { ...change, ...left };
}

/** Those that are about what is left of it. */
export function ofTouched(
  { before, after, beforeUnknown = false, afterUnknown }: Change,
  protections: readonly Protection[],
): readonly Protection[] {
  const mayHave = (side: Json, name: string): boolean => !isObject(side) || side.has(name);
  const mayMark = (mask: Json, name: string): boolean => !isPlainMask(mask) || isMarked(mask, name);
  return protections.filter(
    ({ names: [name = ''] }) =>
      mayHave(before, name) ||
      mayHave(after, name) ||
      mayMark(beforeUnknown, name) ||
      mayMark(afterUnknown, name),
  );
}

const isPlainMask = (mask: Json): boolean => isObject(mask) || mask === false || mask === null;

const isMarked = (mask: Json, name: string): boolean => isObject(mask) && marksAny(mask.get(name));
