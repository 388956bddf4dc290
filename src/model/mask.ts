import { isArray, isObject, type Json, type Path } from './json.ts';

/**
 * Whether a mask (`after_unknown`, `before_sensitive` …) marks the value at the path, all that it stands in, or any
 * part of it. Masks have the shape of the value with `true` in some places; the rest is noise.
 */
export function masked(mask: Json | undefined, path: Path): boolean {
  let here = mask;
  for (const step of path) {
    if (here === true) return true;
    if (isObject(here)) here = here.get(String(step));
    else if (isArray(here) && typeof step === 'number') here = here[step];
    // A mask of another shape than its value: the mark may be meant for this.
    else return isArray(here) && marksAny(here);
  }
  return marksAny(here);
}

/** Whether the mask marks anything at all. */
export function marksAny(mask: Json | undefined): boolean {
  if (isObject(mask)) return [...mask.values()].some(marksAny);
  return isArray(mask) ? mask.some(marksAny) : mask === true;
}
