import type { Signal } from '../model/authorship.ts';
import { BRANCHES } from './signals/branches.ts';
import { FOOTERS } from './signals/footers.ts';
import { IDENTITIES } from './signals/identities.ts';
import { LABELS } from './signals/labels.ts';
import { TRAILERS } from './signals/trailers.ts';
import { VARIABLES } from './signals/variables.ts';

/** Every trace of an AI tool that counts, each with where the fact is from. Display names and words never count. */
export const SIGNALS: readonly SignalRow[] = [
  ...IDENTITIES,
  ...TRAILERS,
  ...FOOTERS,
  ...BRANCHES,
  ...VARIABLES,
  ...LABELS,
];

export interface SignalRow {
  readonly id: string;
  /** Null where the trace does not say which tool. */
  readonly tool: string | null;
  readonly strength: Signal['strength'];
  readonly match: Match;
  /** URL, package or document that the fact was read in. */
  readonly source: string;
  /** `source`: the tool's own source or documentation. `corroborated`: several independent public repositories. */
  readonly verified: 'source' | 'corroborated';
}

export type Match =
  /** Exact address of an author, committer or co-author; lower case. */
  | { readonly by: 'mail'; readonly mail: string }
  /** GitHub account; the number is stable, the login (lower case) is what is left where a mail lacks the number. */
  | { readonly by: 'github'; readonly id: string | null; readonly login: string }
  /** How an author's or committer's name ends. */
  | { readonly by: 'name-suffix'; readonly suffix: string }
  /** Trailer keys in lower case; `value` null: whatever it says. */
  | { readonly by: 'trailer'; readonly keys: readonly string[]; readonly value: RegExp | null }
  /** A line of a commit message or pull-request body, without the white space around it. */
  | { readonly by: 'line'; readonly line: RegExp }
  | { readonly by: 'branch'; readonly prefix: string }
  /** `value` null: anything but what switches it off. */
  | { readonly by: 'variable'; readonly name: string; readonly value: RegExp | null }
  | { readonly by: 'variable-prefix'; readonly prefix: string }
  | { readonly by: 'label'; readonly label: string };

/** The rows of one way to match, with that way's fields known. */
export function rowsBy<By extends Match['by']>(by: By): readonly RowBy<By>[] {
  return SIGNALS.filter((row): row is RowBy<By> => row.match.by === by);
}

export type RowBy<By extends Match['by']> = SignalRow & { readonly match: Extract<Match, { by: By }> };
