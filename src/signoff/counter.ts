import { parseEnvelope, preAuthentication } from './envelope.ts';
import type { Gate } from './gate.ts';
import { fingerprint } from './public-key.ts';
import { NAMESPACE, parseSshSignature, verifySshSignature } from './sshsig.ts';
import { parseStatement } from './statement.ts';

/** What a security key said of itself in an earlier record: it counts its signatures, and a copy of it counts anew. */
export interface SeenCounter {
  /** The fingerprint of the key. */
  readonly key: string;
  readonly counter: number;
  /** As the signer said. */
  readonly approvedAt: string;
}

/** What the record says of the counter of its key; null where it says nothing, or is not to be believed. */
export function counterOf(record: Uint8Array, parse: Gate['parse']): SeenCounter | null {
  try {
    const envelope = parseEnvelope(parse(record, 'the record'));
    const signature = parseSshSignature(envelope.signature);
    const { device, key } = signature;
    if (device === null || signature.namespace !== NAMESPACE) return null;
    if (!verifySshSignature(signature, preAuthentication(envelope.payload))) return null;
    const { approvedAt } = parseStatement(parse(envelope.payload, 'the statement'));
    return { key: fingerprint(key), counter: device.counter, approvedAt };
  } catch {
    return null;
  }
}

/**
 * The record that this one contradicts, or null: of two records of one key the later must have the higher counter. Keys
 * that do not count say 0 every time.
 */
export const contradicted = (here: SeenCounter, seen: readonly SeenCounter[]): SeenCounter | null =>
  seen.find((other) => {
    if (other.key !== here.key || other.approvedAt === here.approvedAt) return false;
    if (other.counter === here.counter) return here.counter !== 0;
    const isLater = Date.parse(here.approvedAt) > Date.parse(other.approvedAt);
    return isLater !== here.counter > other.counter;
  }) ?? null;
