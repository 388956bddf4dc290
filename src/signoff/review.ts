import { isObject, type Json, text } from '../model/json.ts';
import type { Policy } from '../model/policy.ts';
import { parseEnvelope, preAuthentication } from './envelope.ts';
import { holderOf, keyHolders } from './roster.ts';
import { parseSshSignature, verifySshSignature } from './sshsig.ts';
import * as judge from './steps.ts';

/** What a review is signed for: it is no sign-off, and permits nothing. */
export const REVIEW_NAMESPACE = 'review@check-plan';
const PREDICATE_TYPE = 'https://check-plan.dev/attestations/review/v1';

/** The statement of a person who has looked at what was done under a broken glass. */
export const reviewStatement = (entryHash: string, reviewedAt: string, comment: string): Buffer =>
  Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'log entry', digest: { sha256: entryHash } }],
      predicateType: PREDICATE_TYPE,
      predicate: { reviewedAt, comment },
    }),
  );

export interface ReviewTerms {
  readonly parse: (bytes: Uint8Array, what: string) => Json;
  readonly policy: Policy;
  /** sha256 (hex) of the entry that is reviewed. */
  readonly entryHash: string;
  /** What the entry tells, those who broke the glass among it: `break-glass by alice (senior): …`. */
  readonly says: readonly string[];
}

/** Why a record is no review of that entry by a person who may; null where it is one. */
export function reviewRefusal(
  record: Uint8Array,
  { parse, policy, entryHash, says }: ReviewTerms,
): string | null {
  try {
    const envelope = parseEnvelope(parse(record, 'the review'));
    const signature = parseSshSignature(envelope.signature);
    if (signature.namespace !== REVIEW_NAMESPACE) return `it is signed for ${signature.namespace}`;
    if (!verifySshSignature(signature, preAuthentication(envelope.payload)))
      return 'its signature does not hold';
    const holder = holderOf(keyHolders(policy.roster), signature.key);
    if (holder === null) return 'its key is not in the roster';
    const statement = parse(envelope.payload, 'the review');
    const at = text(isObject(statement) ? statement.get('predicate') : undefined, 'reviewedAt') ?? '';
    const due = reviewStatement(entryHash, at, commentOf(statement));
    if (!due.equals(envelope.payload)) return 'it is a review of something else';
    const valid = judge.keyValid(holder.terms, Date.parse(at));
    if (!valid.holds) return valid.says;
    if (says.some((line) => line.startsWith(`break-glass by ${holder.person.id} (`)))
      return `${holder.person.id} broke the glass, and cannot review that`;
    const required = policy.signOff.breakGlass?.level ?? policy.roster.levels.at(-1) ?? '';
    const level = judge.level(holder.person, required, policy.roster);
    return level.holds ? null : level.says;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

const commentOf = (statement: Json): string =>
  text(isObject(statement) ? statement.get('predicate') : undefined, 'comment') ?? '';
