import type { Deferred } from '../../model/change.ts';
import type { Json } from '../../model/json.ts';
import { readChange } from './change.ts';
import { optionalText, requiredObject } from './member.ts';

/** One element of `deferred_changes`. Throws CheckError `malformed-plan`. */
export function readDeferred(value: Json, where: string): Deferred {
  const element = requiredObject(value, where);
  const { address, type, effect } = readChange(
    element.get('resource_change') ?? null,
    `${where}.resource_change`,
  );
  return { address, type, effect, reason: optionalText(element, 'reason', where) ?? 'unknown' };
}
