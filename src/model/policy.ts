import type { AuthorshipIs } from './authorship.ts';
import type { EnvironmentIs } from './environment.ts';
import type { Severity } from './finding.ts';

/** A policy, complete: what the file does not say is filled with the defaults of design section 4.5. */
export interface Policy {
  /** Where it was read: `check-plan.yaml`, `git:origin/main:check-plan.yaml`, or `built-in defaults`. */
  readonly source: string;
  /**
   * sha256 (hex) of the bytes it was read from; with a folder of its own, of what `sha256sum` prints of the policy and the
   * files of the folder; null for the defaults.
   */
  readonly digest: string | null;
  readonly production: Matchers;
  readonly nonProduction: Matchers;
  readonly roster: Roster;
  readonly signOff: SignOffPolicy;
  readonly rules: ReadonlyMap<string, RuleOverride>;
  /** What it adds to the catalogue; absent where it adds nothing. */
  readonly own?: OwnPolicy;
}

/** Rules and rows of tables, as they are written; the catalogue says what is wrong with them. */
export interface OwnPolicy {
  readonly rules: readonly OwnDocument[];
  readonly types: readonly OwnDocument[];
  readonly protections: readonly OwnDocument[];
  readonly disruptions: readonly OwnDocument[];
  /** Where more of them lie, beside the policy; absent where it names no folder. */
  readonly folder?: OwnFolder;
}
export interface OwnFolder {
  /** From the folder that the policy is in: `guard/rules`. */
  readonly name: string;
  /** Texts by the names of the files, in the order of their bytes; null until they are read. */
  readonly files: ReadonlyMap<string, string> | null;
}
export type OwnDocument = Readonly<Record<string, unknown>>;

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
  /** Where several teams must sign, each person counts for one of theirs. */
  readonly teams: readonly string[];
}

export interface RosterKey {
  /** OpenSSH public key without comment: `ssh-ed25519 AAAA…`. */
  readonly publicKey: string;
  /** Milliseconds since 1970, else null. */
  readonly validAfter: number | null;
  readonly validBefore: number | null;
  readonly revoked: boolean;
  /** What the attestation of its security key said when it was enrolled; null where none was checked. */
  readonly hardware: Hardware | null;
}

/** A kind of security key whose maker vouched that this key was made in one, and cannot leave it. */
export interface Hardware {
  /** The maker's id of the model: 32 hex digits in the groups of a UUID. */
  readonly aaguid: string;
  /** Milliseconds since 1970. */
  readonly checked: number;
}

/** What a signature must prove about the person at the key. Only `sk-` keys can prove more than `none`. */
export type Presence = 'none' | 'touch' | 'verified';

export type Requirement =
  /** Told, not stopped. */
  | { readonly kind: 'none' }
  | SignOffRequirement
  /** Nobody can sign it. */
  | { readonly kind: 'blocked' };

/** So many different persons of at least this level must sign. */
export interface SignOffRequirement {
  readonly kind: 'sign-off';
  readonly persons: number;
  readonly level: string;
  /** From so many teams, each person counting for one; 0 where teams do not matter. */
  readonly teams: number;
  /** What each signature must prove, besides what the policy asks of all. */
  readonly presence: Presence;
}

/** What is asked of a change, by severity and by who wrote it. */
export type Required = Readonly<Record<Severity, Readonly<Record<AuthorshipIs, Requirement>>>>;

/** Another answer to the same for one environment. A list that is empty asks nothing; what is not known matches none. */
export interface EnvironmentRule {
  readonly is: readonly EnvironmentIs[];
  readonly accounts: readonly string[];
  /** Patterns, as in {@link Matchers}. */
  readonly workspaces: readonly string[];
  /** Patterns for the environment that the caller names. */
  readonly names: readonly string[];
  readonly required: Required;
}

export interface SignOffPolicy {
  /** Longest validity of a record, in hours. */
  readonly maxHours: number;
  readonly presence: Presence;
  /** Whether only keys may sign whose hardware was attested at enrolment. */
  readonly hardware: 'preferred' | 'required';
  /**
   * How many hours a sign-off of one's own change must wait before it counts, where nobody else could sign; null where
   * it never counts.
   */
  readonly selfSignOffHours: number | null;
  /** `destruction`: the digest of exactly the dangerous changes. `plan-file`: also the bytes of the input. */
  readonly binding: 'destruction' | 'plan-file';
  /** Where the records are; null for where the caller says. */
  readonly store: string | null;
  /** Whether an apply uses up the sign-offs that permit it. */
  readonly singleUse: boolean;
  /** Who may let it through in an emergency; null where nobody may. */
  readonly breakGlass: BreakGlass | null;
  readonly required: Required;
  /** The first that matches holds, else `required`. */
  readonly environments: readonly EnvironmentRule[];
}

/** An emergency: fewer persons, of a lower level, also for a change of their own; reviewed afterwards. */
export interface BreakGlass {
  readonly persons: number;
  readonly level: string;
  /** Longest validity of the record, in hours. */
  readonly maxHours: number;
  /** Until when another person must have reviewed it, in hours from the apply. */
  readonly reviewHours: number;
}

export interface RuleOverride {
  /** `off` takes the rule out; it is still reported as overridden. */
  readonly severity: Severity | 'off';
  readonly reason: string;
  /** Milliseconds since 1970; from then on the override no longer counts. */
  readonly expires: number;
}
