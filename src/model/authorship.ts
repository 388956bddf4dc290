/** Who is thought to have written the change. There is no plain `human`: the absence of a marker proves nothing. */
export type AuthorshipIs = 'ai' | 'declared-human' | 'unknown';

export type SignalKind =
  | 'trailer'
  | 'author'
  | 'committer'
  | 'pull-request'
  | 'branch'
  | 'note'
  | 'environment'
  | 'label'
  | 'declaration'
  | 'history';

export interface Signal {
  readonly kind: SignalKind;
  /** `Claude Code`, `GitHub Copilot` …; null where the signal names none (a declaration, a shallow clone). */
  readonly tool: string | null;
  readonly strength: 'strong' | 'medium' | 'weak';
  readonly says: 'ai' | 'human' | 'unknown';
  /** `commit 9a04d1ee`, `CLAUDECODE`, `branch`. */
  readonly where: string;
  /** The text that matched, unescaped. */
  readonly value: string;
}

/** Everybody whose hand was on the change: none of them may approve it. */
export interface Hand {
  readonly role: 'author' | 'committer' | 'co-author' | 'pull-request author' | 'requester' | 'actor';
  /** `mail:alice@example.dev`, `github:alice`, `github-id:1234`. Lower case. */
  readonly identity: string;
}

export interface Authorship {
  readonly is: AuthorshipIs;
  readonly signals: readonly Signal[];
  readonly hands: readonly Hand[];
  /** Why commits of the change could not be looked at, so that hands may be missing; null where all were. */
  readonly handsHidden: string | null;
  /** One sentence that says how the signals were weighed. */
  readonly because: string;
}
