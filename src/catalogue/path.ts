import { canonical, isArray, isObject, type Json, type Path } from '../model/json.ts';
import { marksAny } from '../model/mask.ts';

/** Attribute names from the root, through every element of the blocks on the way: `root_block_device.encrypted`. */
export type Names = readonly string[];

/** `a.b[c.d]` as `a`, `b`, `c.d`: brackets hold a map key that has dots in it. */
export const namesOf = (dotted: string): Names =>
  [...dotted.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, key, name]) => key ?? name ?? '');

/** The names of a path, without the indexes: how the tables write it. */
export const dottedOf = (path: Path): string => path.filter((step) => typeof step === 'string').join('.');

/** A path for people: `ingress[0].cidr_blocks`. */
export const written = (path: Path): string =>
  path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');

export interface Leaf {
  readonly path: Path;
  /** Undefined where the block is there and does not set the attribute. */
  readonly value: Json | undefined;
}

/** Every place that the names lead to: none where a block on the way is absent. */
export function leavesAt(root: Json | undefined, names: Names): readonly Leaf[] {
  let places: Leaf[] = [{ path: [], value: root }];
  for (const name of names) {
    places = places.flatMap(opened).flatMap(({ path, value }) => {
      return isObject(value) ? [{ path: [...path, name], value: value.get(name) }] : [];
    });
  }
  return places;
}

/** A list of blocks as its blocks. */
function opened(place: Leaf): Leaf[] {
  if (!isArray(place.value)) return [place];
  return place.value.flatMap((value, index) => opened({ path: [...place.path, index], value }));
}

/** Whether a mask such as `after_unknown` marks any of the places that the names lead to. */
export function isMarkedAlong(mask: Json | undefined, names: Names): boolean {
  if (isArray(mask)) return mask.some((one) => isMarkedAlong(one, names));
  const [name, ...rest] = names;
  if (mask === true || name === undefined) return marksAny(mask);
  return isObject(mask) && isMarkedAlong(mask.get(name), rest);
}

/** Null, an empty text, list or block: what a provider writes for an attribute that is not set. */
export const isEmpty = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (isArray(value) && value.every(isEmpty)) ||
  (isObject(value) && [...value.values()].every(isEmpty));

/** The text of a single value; null for lists and blocks. */
export function scalarText(value: Json | undefined): string | null {
  if (value === undefined || value === null || isArray(value) || isObject(value)) return null;
  return typeof value === 'string' ? value : canonical(value);
}

/** Every single value inside, however deep. */
export function scalarsIn(value: Json | undefined): readonly string[] {
  if (isArray(value)) return value.flatMap(scalarsIn);
  if (isObject(value)) return [...value.values()].flatMap(scalarsIn);
  const text = scalarText(value);
  return text === null ? [] : [text];
}
