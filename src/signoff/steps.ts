import type { Json } from '../model/json.ts';
import type { Person, Presence, Roster, RosterKey, SignOffPolicy } from '../model/policy.ts';
import type { KeyHardware, RecordKind, Statement } from '../model/signoff.ts';
import { contradicted, type SeenCounter } from './counter.ts';
import { differences } from './differences.ts';
import { RECORD_LIMIT } from './envelope.ts';
import type { Gate } from './gate.ts';
import { handOf } from './hands.ts';
import { PROTOCOLS } from './kind.ts';
import { malformed } from './malformed.ts';
import { fingerprint, isSecurityKey } from './public-key.ts';
import { holderOf, type KeyHolder } from './roster.ts';
import { selfSignOffRefusal } from './self.ts';
import { type SshSignature, verifySshSignature } from './sshsig.ts';
import { held, heldIf, type Outcome, reading, refused } from './trail.ts';

/** Clocks of the signer and of the gate may differ by this much. */
const CLOCK_SKEW = 2 * 60_000;
const HOUR = 3_600_000;

export const recordReadable = (bytes: Uint8Array, parse: Gate['parse']): Outcome<Json> =>
  reading('it is JSON', () => {
    if (bytes.length > RECORD_LIMIT)
      throw malformed(`the record has ${bytes.length} bytes, and ${RECORD_LIMIT} are allowed`);
    return parse(bytes, 'the record');
  });

export function namespace({ namespace }: SshSignature, kind: RecordKind): Outcome {
  const due = PROTOCOLS[kind].namespace;
  return heldIf(
    namespace === due,
    namespace === due
      ? `it is made for ${due}`
      : `it is made for ${JSON.stringify(namespace)}, and not for ${due}`,
  );
}

export function signature(signature: SshSignature, message: Uint8Array): Outcome {
  const key = `the key ${fingerprint(signature.key)}`;
  return verifySshSignature(signature, message)
    ? held(`${key} signed exactly this statement`, null)
    : refused(`${key} did not sign this statement`);
}

export function rosterKey(signature: SshSignature, holders: readonly KeyHolder[]): Outcome<KeyHolder> {
  const holder = holderOf(holders, signature.key);
  const key = `the key ${fingerprint(signature.key)}`;
  return holder === null
    ? refused(`${key} is not in the roster of ${holders.length} keys`)
    : held(`${key} is ${holder.person.id}'s`, holder);
}

export function keyValid({ revoked, validAfter, validBefore }: RosterKey, now: number): Outcome {
  if (revoked) return refused('the key is revoked');
  if (validAfter !== null && !(now >= validAfter))
    return refused(`the key is valid from ${time(validAfter)}, and it is ${time(now)}`);
  if (validBefore !== null && !(now < validBefore))
    return refused(`the key was valid until ${time(validBefore)}, and it is ${time(now)}`);
  return held('the key is valid now', null);
}

/** A software key can claim everything that a security key says: only its maker's attestation tells them apart. */
export const hardwareOf = ({ key }: SshSignature, { hardware }: RosterKey): KeyHardware =>
  hardware !== null ? 'attested' : isSecurityKey(key) ? 'claimed' : 'none';

export function hardware(is: KeyHardware, asked: SignOffPolicy['hardware']): Outcome {
  const refuses = is !== 'attested' && ATTESTATION_MUST_BE[asked];
  return heldIf(!refuses, `${HARDWARE[is]}${refuses ? '; the policy asks for one that was attested' : ''}`);
}

const HARDWARE: Readonly<Record<KeyHardware, string>> = {
  attested: 'the key was made in a security key, as its maker attested at enrolment',
  claimed: 'the key says that it is on a security key, and no attestation was checked at enrolment',
  none: 'the key is on no security key',
};

const ATTESTATION_MUST_BE: Readonly<Record<SignOffPolicy['hardware'], boolean>> = {
  preferred: false,
  required: true,
};

const TOUCHED = 1;
const VERIFIED = 4;
const DEMANDS: Readonly<Record<Presence, { readonly flags: number; readonly says: string }>> = {
  none: { flags: 0, says: 'nothing' },
  touch: { flags: TOUCHED, says: 'a touch of a security key' },
  verified: {
    flags: TOUCHED | VERIFIED,
    says: 'a touch of a security key that asks for a PIN or a fingerprint',
  },
};

export function presence({ device, key }: SshSignature, required: Presence): Outcome {
  const { flags, says } = DEMANDS[required];
  const seen =
    device === null
      ? `a key of type ${key.type} proves no presence`
      : `the security key says ${device.flags & TOUCHED ? 'touched' : 'not touched'}, ${device.flags & VERIFIED ? 'person verified' : 'person not verified'}`;
  return heldIf(flags === ((device?.flags ?? 0) & flags), `${seen}; the policy asks for ${says}`);
}

export function digest(statement: Statement, gate: Gate): Outcome {
  if (statement.digest === gate.digest) return held(`it permits ${short(gate.digest)}`, null);
  return refused(
    `it permits ${short(statement.digest)}, and this is ${short(gate.digest)}: ${few(differences(gate.permits, statement.permits))}`,
  );
}

export function inputBytes({ inputDigest }: Statement, gate: Gate): Outcome {
  if (inputDigest === gate.inputDigest) return held('the input is byte for byte the one signed', null);
  const says = `the input is ${short(gate.inputDigest)}, and ${short(inputDigest)} was signed`;
  return BYTES_MUST_MATCH[gate.policy.binding]
    ? refused(`${says}; the policy binds a sign-off to the bytes of the plan`)
    : held(`${says}; the policy binds a sign-off to the destruction, which is the same`, null);
}

const BYTES_MUST_MATCH: Readonly<Record<SignOffPolicy['binding'], boolean>> = {
  destruction: false,
  'plan-file': true,
};

export function validity(statement: Statement, { now, policy }: Gate): Outcome {
  const wait = statement.selfSignOff ? (policy.selfSignOffHours ?? 0) : 0;
  const from = Date.parse(statement.approvedAt);
  const until = Date.parse(statement.expiresAt);
  const says = `signed at ${statement.approvedAt} until ${statement.expiresAt}, and it is ${time(now)}`;
  if (!(from <= now + CLOCK_SKEW)) return refused(`${says}: it is signed in the future`);
  if (!(now < until)) return refused(`${says}: it has expired`);
  if (!(from < until && until - from <= (policy.maxHours + wait) * HOUR))
    return refused(`${says}: it may be valid for ${policy.maxHours + wait} hours`);
  return held(says, null);
}

/** A security key counts its signatures, so a copy of it is found out when both have signed. */
export function counter(
  { device, key }: SshSignature,
  { approvedAt }: Statement,
  seen: readonly SeenCounter[],
): Outcome {
  if (device === null) return held('the key does not count its signatures', null);
  const other = contradicted({ key: fingerprint(key), counter: device.counter, approvedAt }, seen);
  return other === null
    ? held(`the counter of the security key is ${device.counter}, and contradicts no other record`, null)
    : refused(
        `the counter of the security key is ${device.counter} at ${approvedAt}, and was ${other.counter} at ${other.approvedAt}: there may be a copy of it`,
      );
}

export const approver = (statement: Statement, person: Person): Outcome =>
  heldIf(
    statement.approver === person.id,
    `it names ${JSON.stringify(statement.approver)} as approver, and the key is ${person.id}'s`,
  );

export function level(person: Person, required: string, { levels }: Pick<Roster, 'levels'>): Outcome {
  const has = levels.indexOf(person.level);
  const needs = levels.indexOf(required);
  const says = `${person.id} is ${person.level}, and ${required} or above is required`;
  if (needs < 0) return refused(`${says}: the roster has no level ${required}`);
  return heldIf(has >= needs, says);
}

/** Hands over whether the change is the person's own, and counts all the same. */
export function notAHand(person: Person, statement: Statement, gate: Gate): Outcome<boolean> {
  const { hands, handsHidden } = gate;
  const hand = handOf(person.identities, hands);
  if (person.identities.length === 0)
    return refused(
      `the roster has no mail or account of ${person.id}, so it cannot be seen whether the change is theirs`,
    );
  if (hand === null && handsHidden !== null && gate.kind === 'break-glass')
    return held(
      `it cannot be seen whether ${person.id} had a hand in the change, which an emergency allows`,
      true,
    );
  if (hand === null && handsHidden !== null)
    return refused(`it cannot be seen whether ${person.id} had a hand in the change: ${handsHidden}`);
  if (hand === null) return held(`${person.id} is none of the ${hands.length} hands on the change`, false);
  const own = `${person.id} is the ${hand.role} (${hand.identity})`;
  if (gate.kind === 'break-glass') return held(`${own}, which an emergency allows`, true);
  const refusal = selfSignOffRefusal(person, statement, gate);
  return refusal === null
    ? held(`${own}; nobody else could sign, and the waiting time is over`, true)
    : refused(`${own} and cannot approve their own change${refusal}`);
}

export function unused({ usedBy, policy: { singleUse } }: Pick<Gate, 'usedBy' | 'policy'>): Outcome {
  if (usedBy === null) return held('nobody has used it', null);
  return singleUse
    ? refused(`it was used up, and the policy lets it be used once: ${usedBy}`)
    : held(`it was used, and the policy lets it be used again: ${usedBy}`, null);
}

const time = (milliseconds: number): string => new Date(milliseconds).toISOString();
const short = (digest: string): string => `${digest.replace(/^sha256:/, '').slice(0, 12)}…`;
const few = (items: readonly string[]): string =>
  items.length <= 3 ? items.join('; ') : `${items.slice(0, 3).join('; ')}; and ${items.length - 3} more`;
