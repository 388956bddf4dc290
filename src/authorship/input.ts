import type { Hand } from '../model/authorship.ts';

/** All that is known about where a change comes from. Every text in it is untrusted and kept raw. */
export interface AuthorshipInput {
  /** What the caller says with `--author`. */
  readonly declared: 'ai' | 'human' | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Null where there is no git work tree. */
  readonly history: History | null;
  readonly pullRequest: PullRequest | null;
  /** Whoever started this run. */
  readonly actors: readonly Hand[];
}

/** The commits that make up the change. */
export interface History {
  /** `origin/main..HEAD`, for people. */
  readonly range: string;
  /** False where commits of the range may be missing; then nobody can declare the change as a person's own. */
  readonly complete: boolean;
  /** What is missing and how to get it; null where complete. */
  readonly incompleteBecause: string | null;
  /** What the change may hold besides these commits: uncommitted files, commits before a guessed range. */
  readonly uncovered: readonly string[];
  /** Null when HEAD is detached. */
  readonly branch: string | null;
  readonly commits: readonly Commit[];
}

export interface Commit {
  readonly sha: string;
  readonly author: Identity;
  readonly committer: Identity;
  readonly message: string;
  /** Paths from the root of the repository; empty for a merge. */
  readonly files: readonly string[];
  readonly notes: readonly Note[];
}

/** As written in the commit, without a mailmap. */
export interface Identity {
  readonly name: string;
  readonly mail: string;
}

export interface Note {
  /** `refs/notes/ai` */
  readonly ref: string;
  readonly text: string;
}

export interface PullRequest {
  readonly host: 'github' | 'gitlab' | 'other';
  readonly author: Account | null;
  readonly labels: readonly string[];
  readonly body: string;
  /** False where the host cut the body: what it no longer says may contradict what it says. */
  readonly bodyIsWhole: boolean;
  /** Branch name without `refs/heads/`. */
  readonly headRef: string | null;
  /** Persons who had an agent open it. */
  readonly requesters: readonly Account[];
}

export interface Account {
  readonly login: string;
  /** Numeric, as text. */
  readonly id: string | null;
  /** GitHub's word: `User`, `Bot`, `Organization`. */
  readonly type: string | null;
}
