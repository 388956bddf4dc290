import type { AuthorshipIs } from './authorship.ts';
import type { Severity } from './finding.ts';

/** A policy, complete: what the file does not say is filled with the defaults of design section 4.5. */
export interface Policy {
  /** Where it was read: `check-plan.yaml`, `git:origin/main:check-plan.yaml`, or `built-in defaults`. */
  readonly source: string;
  /** sha256 (hex) of the bytes it was read from; null for the defaults. */
  readonly digest: string | null;
  readonly production: Matchers;
  readonly nonProduction: Matchers;
  readonly roster: Roster;
  readonly signOff: SignOffPolicy;
  readonly rules: ReadonlyMap<string, RuleOverride>;
}

/** What counts as (non-)production. Patterns: `*` stands for any run of characters, nothing else is special. */
export interface Matchers {
  /** AWS accounts, GCP projects, Azure subscriptions: exact. */
  readonly accounts: readonly string[];
  readonly workspaces: readonly string[];
  readonly addresses: readonly string[];
  /** Tag or label key → values. Keys compare without case, `-`, `_`; values as patterns without case. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
}

export interface Roster {
  /** Lowest first: `junior, mid, senior, principal`. */
  readonly levels: readonly string[];
  readonly persons: readonly Person[];
}

export interface Person {
  readonly id: string;
  readonly level: string;
  readonly keys: readonly RosterKey[];
  /** As in Hand.identity: `mail:…`, `github:…`, `github-id:…`, `gitlab:…`. */
  readonly identities: readonly string[];
}

export interface RosterKey {
  /** OpenSSH public key without comment: `ssh-ed25519 AAAA…`. */
  readonly publicKey: string;
  /** Milliseconds since 1970, else null. */
  readonly validAfter: number | null;
  readonly validBefore: number | null;
  readonly revoked: boolean;
}

/** What a signature must prove about the person at the key. Only `sk-` keys can prove more than `none`. */
export type Presence = 'none' | 'touch' | 'verified';

export type Requirement =
  /** Told, not stopped. */
  | { readonly kind: 'none' }
  /** So many different persons of at least this level must sign. */
  | { readonly kind: 'sign-off'; readonly persons: number; readonly level: string }
  /** Nobody can sign it. */
  | { readonly kind: 'blocked' };

export interface SignOffPolicy {
  /** Longest validity of a record, in hours. */
  readonly maxHours: number;
  readonly presence: Presence;
  /** `destruction`: the digest of exactly the dangerous changes. `plan-file`: also the bytes of the input. */
  readonly binding: 'destruction' | 'plan-file';
  readonly required: Readonly<Record<Severity, Readonly<Record<AuthorshipIs, Requirement>>>>;
}

export interface RuleOverride {
  /** `off` takes the rule out; it is still reported as overridden. */
  readonly severity: Severity | 'off';
  readonly reason: string;
  /** Milliseconds since 1970; from then on the override no longer counts. */
  readonly expires: number;
}
