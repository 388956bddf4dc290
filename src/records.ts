import type { Ground, Judgement } from './judge.ts';
import type { Policy } from './model/policy.ts';
import type { RecordKind, SignOff } from './model/signoff.ts';
import { parseJson } from './readers/json/parse.ts';
import { requirementOfAll } from './requirement.ts';
import type { Gate } from './signoff/gate.ts';
import { linesOf } from './signoff/statement.ts';

/** A record as an adapter found it: its bytes, or why they could not be read. */
export type FoundRecord =
  | {
      readonly source: string;
      readonly bytes: Uint8Array;
      readonly kind: RecordKind;
      /** sha256 (hex) of the bytes. */
      readonly recordDigest: string;
      /** Who used it up, as the store has it; null where nobody did. */
      readonly usedBy: string | null;
    }
  | { readonly source: string; readonly problem: string };

/** Each record verified to its first failing step, on the terms that go for its kind. */
export async function verifyFound(
  records: readonly FoundRecord[],
  gate: Gate,
  policy: Policy,
): Promise<readonly SignOff[]> {
  const { unreadableRecord, verifyRecord } = await import('./signoff/verify.ts');
  return records.map((record) => {
    if (!('bytes' in record)) return unreadableRecord(record.source, record.problem);
    const { source, bytes, recordDigest, usedBy } = record;
    const terms = termsOf(record.kind, gate, policy);
    if (terms === null)
      return unreadableRecord(source, 'it breaks the glass, and the policy knows no emergency');
    return { ...verifyRecord(source, bytes, { ...terms, usedBy }), recordDigest };
  });
}

/** What a record of this kind is held against; null where the policy knows no such records. */
export const termsOf = (kind: RecordKind, gate: Gate, policy: Policy): Gate | null =>
  kind === 'sign-off' ? gate : glassGateOf(gate, policy);

/** All that a record is held against; null where nothing needs a sign-off, or no signature can help. */
export function gateOf({ changeSet, signOffText }: Judgement, ground: Ground): Gate | null {
  const requirement = requirementOfAll(changeSet, ground.authorship.is, ground.policy);
  if (changeSet.signOffDigest === null || signOffText === null) return null;
  if (requirement.kind !== 'sign-off') return null;
  return {
    kind: 'sign-off',
    parse: parseJson,
    digest: changeSet.signOffDigest,
    inputDigest: changeSet.inputDigest,
    permits: linesOf(signOffText),
    requirement,
    roster: ground.policy.roster,
    policy: ground.policy.signOff,
    hands: ground.authorship.hands,
    handsHidden: ground.authorship.handsHidden,
    counters: [],
    usedBy: null,
    now: ground.now,
  };
}

/** What a record that breaks the glass is held against; null where the policy knows no emergency. */
function glassGateOf(gate: Gate, { signOff }: Policy): Gate | null {
  const { breakGlass } = signOff;
  if (breakGlass === null) return null;
  const { persons, level, maxHours } = breakGlass;
  return {
    ...gate,
    kind: 'break-glass',
    requirement: { persons, level, presence: gate.requirement.presence },
    policy: { ...gate.policy, maxHours, selfSignOffHours: null, singleUse: true },
  };
}
