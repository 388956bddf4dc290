import type { Hand } from '../model/authorship.ts';
import type { Json } from '../model/json.ts';
import type { Roster, SignOffPolicy, SignOffRequirement } from '../model/policy.ts';
import type { RecordKind } from '../model/signoff.ts';
import type { SeenCounter } from './counter.ts';

/** What a record is held against: all of it computed here or read from the protected policy, never from the record. */
export interface Gate {
  /** What the record has to be. */
  readonly kind: RecordKind;
  /** A strict JSON reader: duplicate keys, trailing bytes, bad UTF-8 and great depth must throw a CheckError. */
  readonly parse: (bytes: Uint8Array, what: string) => Json;
  /** The sign-off digest of the change set, `sha256:…`. */
  readonly digest: string;
  /** sha256 (hex) of the bytes that were judged. */
  readonly inputDigest: string;
  /** The sign-off text that hashes to the digest, line by line. */
  readonly permits: readonly string[];
  /** The lowest level whose sign-off counts, how many persons of it must sign, and what each must prove. */
  readonly requirement: Pick<SignOffRequirement, 'level' | 'persons' | 'presence'>;
  readonly roster: Roster;
  readonly policy: Pick<
    SignOffPolicy,
    'maxHours' | 'binding' | 'hardware' | 'selfSignOffHours' | 'singleUse'
  >;
  /** Who used this record up, as the store has it; null where nobody did. */
  readonly usedBy: string | null;
  /** What the store remembers of security keys; empty where it remembers nothing. */
  readonly counters: readonly SeenCounter[];
  readonly hands: readonly Hand[];
  /** Why some of the hands may be missing; null where all are known. */
  readonly handsHidden: string | null;
  /** The gate's clock, milliseconds since 1970. */
  readonly now: number;
}
