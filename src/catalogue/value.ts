import type { Value } from '../model/change.ts';
import { canonical, type Json } from '../model/json.ts';
import { masked } from '../model/mask.ts';
import type { Leaf } from './path.ts';

/** The values at these places of one side of a change as one value, with what may be shown of it. */
export function valueSeen(
  leaves: readonly Leaf[],
  sensitive: Json,
  isShown: (value: Json) => boolean,
): Value {
  const value = leaves.length > 1 ? leaves.map((leaf) => leaf.value ?? null) : leaves[0]?.value;
  const exact = canonical(value);
  if (value === undefined) return { exact, visibility: 'absent' };
  if (leaves.some(({ path }) => masked(sensitive, path))) return { exact, visibility: 'sensitive' };
  return { exact, visibility: isShown(value) ? 'shown' : 'private' };
}
