import type { Change, Effect } from '../model/change.ts';
import { isArray, isObject, type Json } from '../model/json.ts';
import { rootsOf } from './roots.ts';
import { tagKey } from './tag-keys.ts';
import { TAG_ATTRIBUTE } from './tags.ts';

/**
 * The change with what it makes of the object as what exists: what the next plan will be judged by. Null where no
 * object lives on.
 */
export function afterwards(change: Change): Change | null {
  if (!LIVES_ON.has(change.effect) || !isObject(change.before) || !isObject(change.after)) return null;
  return {
    ...change,
    previousAddress: null,
    physicalId: null,
    before: change.after,
    after: null,
    afterUnknown: false,
    beforeSensitive: change.afterSensitive,
    afterSensitive: false,
  };
}

const LIVES_ON: ReadonlySet<Effect> = new Set(['update', 'move', 'import']);

/** Whether tags that are known only while applying may yet say any environment. */
export const mayBeTaggedAnew = ({ afterUnknown }: Change): boolean =>
  afterUnknown === true ||
  rootsOf(afterUnknown).some(([root]) =>
    [...root].some(([attribute, mask]) => TAG_ATTRIBUTE.test(attribute) && hidesEnvironment(mask)),
  );

function hidesEnvironment(mask: Json): boolean {
  if (isArray(mask)) return mask.some(hidesEnvironment);
  if (!isObject(mask)) return mask === true;
  return [...mask].some(([key, value]) => value === true && mayRuleOut(key));
}

/** `key` and `value` are those of a tag block, where any key may be meant. */
function mayRuleOut(key: string): boolean {
  const known = tagKey(key);
  return (
    key === 'key' || key === 'value' || (known !== null && !known.raisesOnly && known.strength !== 'weak')
  );
}
