/** What a sign-off permits, and for how long: the part of a record that the signature covers. */
export interface Statement {
  /** `sha256:` + 64 hex digits: the sign-off digest of the change set. */
  readonly digest: string;
  /** sha256 (hex) of the input's own bytes. */
  readonly inputDigest: string;
  /** The name of the input as the signer saw it; for people only. */
  readonly inputName: string;
  /** The sign-off text that hashes to the digest, line by line: what the signer saw. */
  readonly permits: readonly string[];
  /** The signer's id in the roster, as claimed; the key decides. */
  readonly approver: string;
  /** sha256 (hex) of the policy that the signer had; null for the defaults. For people only. */
  readonly policyDigest: string | null;
  /** RFC 3339, UTC. */
  readonly approvedAt: string;
  readonly expiresAt: string;
  /** The signer had a hand in the change, and says so. */
  readonly selfSignOff: boolean;
  readonly comment: string;
}

/** What the destruction happens to. */
export interface Target {
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** The Terraform workspace as the caller names it, else null. */
  readonly workspace: string | null;
  /** The environment as the caller names it, else null. */
  readonly environment: string | null;
  /** Where the state is kept, without anything secret: `s3://bucket/key`. Null where the input does not say. */
  readonly backend: string | null;
  /** The lineage of the state, which a copy or another state does not have. Null where the input does not say. */
  readonly lineage: string | null;
}

/** The steps of verification in their order; a record fails at the first that does not hold. */
export const STEPS = [
  'record-readable',
  'envelope',
  'signature-format',
  'namespace',
  'signature',
  'roster-key',
  'key-valid',
  'hardware',
  'presence',
  'statement',
  'digest',
  'input-bytes',
  'time',
  'counter',
  'approver',
  'level',
  'not-a-hand',
  'unused',
] as const;
export type Step = (typeof STEPS)[number];

export interface StepResult {
  readonly step: Step;
  readonly holds: boolean;
  /** What was seen and what was required. */
  readonly says: string;
}

/** `attested`: checked at enrolment. `claimed`: the key says that it is on a security key. `none`: it does not even say so. */
export const KEY_HARDWARE = ['attested', 'claimed', 'none'] as const;
export type KeyHardware = (typeof KEY_HARDWARE)[number];

/** `break-glass`: an emergency, without the persons that the policy asks for; it must be reviewed afterwards. */
export type RecordKind = 'sign-off' | 'break-glass';

/** One record, with what became of it. */
export interface SignOff {
  /** The path of the record. */
  readonly source: string;
  /** sha256 (hex) of its bytes; null where they could not be read. */
  readonly recordDigest: string | null;
  readonly kind: RecordKind;
  readonly accepted: boolean;
  /** The person by the key, where the key is in the roster. */
  readonly person: string | null;
  readonly level: string | null;
  readonly expiresAt: string | null;
  readonly comment: string | null;
  /** Accepted though the person had a hand in the change: nobody else could sign, and the waiting time is over. */
  readonly selfSignOff: boolean;
  /** What is known of where the key lives; null where the key is not in the roster. */
  readonly hardware: KeyHardware | null;
  /** Steps taken, the failed one last. */
  readonly steps: readonly StepResult[];
}
