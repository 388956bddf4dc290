import type { Person, Roster } from '../model/policy.ts';
import type { Statement } from '../model/signoff.ts';
import type { Gate } from './gate.ts';
import { handOf } from './hands.ts';

const HOUR = 3_600_000;

/**
 * Why the sign-off of one's own change does not count, to be read after "cannot approve their own change"; null where it
 * does: the policy allows it, the person said what it is, too few others could sign, and the waiting time is over. The
 * time is counted from what the signer's clock said, so it guards against haste, not against a person who lies about it.
 */
export function selfSignOffRefusal(person: Person, statement: Statement, gate: Gate): string | null {
  const { roster, policy, requirement, now, handsHidden } = gate;
  if (policy.selfSignOffHours === null) return '';
  if (handsHidden !== null) return `, for it cannot be seen who else had a hand in it: ${handsHidden}`;
  if (!statement.selfSignOff) return ': it was not signed as that (sign --self)';
  const others = roster.persons.filter(
    (other) => other.id !== person.id && couldSign(other, roster, requirement.level, gate),
  );
  if (others.length >= requirement.persons) return `: ${others.map(({ id }) => id).join(', ')} could sign it`;
  const from = Date.parse(statement.approvedAt) + policy.selfSignOffHours * HOUR;
  return now >= from ? null : `: that counts from ${new Date(from).toISOString()}`;
}

const couldSign = (
  { level, keys, identities }: Person,
  { levels }: Roster,
  required: string,
  { hands, now }: Gate,
): boolean =>
  levels.indexOf(level) >= levels.indexOf(required) &&
  keys.some(
    ({ revoked, validAfter, validBefore }) =>
      !revoked && (validAfter ?? now) <= now && now < (validBefore ?? Number.POSITIVE_INFINITY),
  ) &&
  handOf(identities, hands) === null;
