import type { KnownFrom } from './dependency.ts';

/** What a change set destroys, replaces or may destroy, and everything known to hang on it. */
export interface BlastRadius {
  /** The lost first, in the order of the changes; then what hangs on them, the nearest first. */
  readonly resources: readonly Reached[];
  /** Who leans on whom among these. */
  readonly links: readonly Link[];
  /** How many more resources hang on the lost than are listed. */
  readonly more: number;
  /** What the document cannot tell of dependencies, a sentence each. */
  readonly untold: readonly string[];
}

export interface Reached {
  /** Its address without keys: all its instances are one. */
  readonly resource: string;
  /** How many steps away from the nearest that is lost; 0 is lost itself. */
  readonly distance: number;
  /** Of what is lost: the resources that it leans on itself, which do not hang on it. */
  readonly leansOn: readonly string[];
}

export interface Link {
  /** What leans. */
  readonly from: string;
  /** What it leans on. */
  readonly to: string;
  readonly known: KnownFrom;
  /** What hands the value on between the two: `output id of module.net`. */
  readonly through: readonly string[];
}

/** Why it is not known what hangs on what. */
export interface Untold {
  readonly why: string;
}
