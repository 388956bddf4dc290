import { isObject, type Json, type Path } from '../model/json.ts';
import type { Says } from './lexicon.ts';

/** A text in a side of a change that may speak of the environment. */
export interface Carried {
  /** Its name, without the side: `tag env`, `name`. The same on both sides of a change. */
  readonly carrier: string;
  /** The value seen; in a mark a stand-in where it must not be shown. */
  readonly value: string;
  readonly path: Path;
}

/** What one attribute, tag or name says of the environment. */
export interface Mark extends Carried {
  readonly says: Says;
  readonly strength: 'strong' | 'medium' | 'weak';
}

/** One side of a change: its values, and the parts of them that must not be shown or are not known yet. */
export interface Side {
  readonly values: Json;
  readonly sensitive: Json;
  readonly unknown: Json;
}

/** Whether the mask is true at the path or above it. */
export function masks(mask: Json, path: Path): boolean {
  let here: Json | undefined = mask;
  for (const step of path) {
    if (here === true) return true;
    if (isObject(here)) here = here.get(String(step));
    else if (Array.isArray(here) && typeof step === 'number') here = here[step];
    else return false;
  }
  return here === true;
}

const HIDDEN = '(sensitive)';

/**
 * The mark as it may be told. A value that must not be shown still says that this is production, without its text; it
 * never says the opposite, for nobody could check that.
 */
export function told(mark: Mark, side: Side): Mark | null {
  if (masks(side.unknown, mark.path)) return null;
  if (!masks(side.sensitive, mark.path)) return mark;
  return mark.says === 'production' ? { ...mark, value: HIDDEN } : null;
}
