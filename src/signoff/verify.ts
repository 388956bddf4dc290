import { CheckError } from '../model/error.ts';
import type { RecordKind, SignOff } from '../model/signoff.ts';
import { parseEnvelope, preAuthentication } from './envelope.ts';
import type { Gate } from './gate.ts';
import { PROTOCOLS } from './kind.ts';
import { keyHolders } from './roster.ts';
import { parseSshSignature } from './sshsig.ts';
import { parseStatement } from './statement.ts';
import * as judge from './steps.ts';
import { reading, refused, walk } from './trail.ts';

/**
 * Whether the record permits what the gate is about to let through. Nothing inside of it is believed, or even parsed,
 * before the signature over it holds. Throws only where the roster itself cannot be used (`policy-invalid`).
 */
export function verifyRecord(source: string, bytes: Uint8Array, gate: Gate): SignOff {
  const holders = keyHolders(gate.roster);
  return walk(source, ({ take, know }) => {
    know({ kind: gate.kind });
    const json = take('record-readable', judge.recordReadable(bytes, gate.parse));
    const envelope = take(
      'envelope',
      reading('it is a DSSE envelope', () => parseEnvelope(json)),
    );
    const signature = take(
      'signature-format',
      reading('it is an SSH signature', () => parseSshSignature(envelope.signature)),
    );
    take('namespace', judge.namespace(signature, gate.kind));
    take('signature', judge.signature(signature, preAuthentication(envelope.payload)));

    const { person, terms } = take('roster-key', judge.rosterKey(signature, holders));
    know({ person: person.id, level: person.level });
    take('key-valid', judge.keyValid(terms, gate.now));
    const hardware = judge.hardwareOf(signature, terms);
    know({ hardware });
    take('hardware', judge.hardware(hardware, gate.policy.hardware));
    take('presence', judge.presence(signature, gate.requirement.presence));

    const payload = () => parseStatement(gate.parse(envelope.payload, 'the statement'), gate.kind);
    const statement = take('statement', reading('it is a sign-off statement', payload));
    know({ expiresAt: statement.expiresAt, comment: statement.comment });
    take('digest', judge.digest(statement, gate));
    take('input-bytes', judge.inputBytes(statement, gate));
    take('time', judge.validity(statement, gate));
    take('counter', judge.counter(signature, statement, gate.counters));

    take('approver', judge.approver(statement, person));
    take('level', judge.level(person, gate.requirement.level, gate.roster));
    const isOwn = take('not-a-hand', judge.notAHand(person, statement, gate));
    know({ selfSignOff: isOwn && gate.kind === 'sign-off' });
    take('unused', judge.unused(gate));
  });
}

/** A record that could not even be read: refused, and said so, where skipping it would hide an attack or a fault. */
export const unreadableRecord = (source: string, says: string): SignOff =>
  walk(source, ({ take }) => take('record-readable', refused(says)));

/** What a record says it is, for choosing what to hold it against: nothing is believed of it, and each kind verifies it anew. */
export function claimedKind(bytes: Uint8Array, parse: Gate['parse']): RecordKind {
  try {
    const { namespace } = parseSshSignature(parseEnvelope(parse(bytes, 'the record')).signature);
    return namespace === PROTOCOLS['break-glass'].namespace ? 'break-glass' : 'sign-off';
  } catch (thrown) {
    if (thrown instanceof CheckError) return 'sign-off';
    throw thrown;
  }
}
