import type { Link } from './blast-radius.ts';
import type { JudgedChange, JudgedChangeSet } from './report.ts';

/** Something to write or to run instead, that fits the case. */
export interface Mend {
  /** Names the kind of it, for programs: `moved`, `prevent-destroy`. */
  readonly id: string;
  /** What it does, and what to mind: a sentence. */
  readonly says: string;
  /** Ready to paste; null where there is nothing to paste. */
  readonly code: string | null;
  readonly language: Language;
}
export type Language = 'hcl' | 'yaml' | 'shell' | 'typescript' | 'none';

/** From what was changed to what is lost by it. */
export interface Explanation {
  readonly set: JudgedChangeSet;
  readonly change: JudgedChange;
  /** The changes that this one follows from, the first cause first; empty where its own causes are the first. */
  readonly follows: readonly JudgedChange[];
  /** All that hangs on it, the nearest first; null where that is not known, and `untold` says why. */
  readonly hanging: readonly Link[] | null;
  /** The resources that it leans on itself. */
  readonly leansOn: readonly string[];
  readonly mends: readonly Mend[];
  /** What the document cannot tell of dependencies. */
  readonly untold: readonly string[];
}
