import type { Json } from '../model/json.ts';
import type { RecordKind, Statement } from '../model/signoff.ts';
import { signOffDigest } from './digest.ts';
import { constant, instant, lines, object, sha256, sha256OrNull, single, text, yesOrNo } from './field.ts';
import { PROTOCOLS } from './kind.ts';
import { malformed } from './malformed.ts';

const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
/** What the subject of the statement is called; its digest is the sign-off digest. */
const SUBJECT = 'destruction';

export const PERMITS = lines(
  'The sign-off text, line by line: the target, and all that needs the sign-off. Joined by line feeds, with one at the end, it hashes to the digest of the subject.',
);
export const INPUT = object(
  {
    name: text('What the signer called it; for people only.'),
    sha256: sha256('sha256 of its bytes. Binds only where the policy says `binding: plan-file`.'),
  },
  'The plan or change set that was judged.',
);

/**
 * The signed part of a record. Closed: a member more or less is refused, so that a field whose absence must refuse is a
 * new version.
 */
const statementFor = (kind: RecordKind) =>
  object(
    {
      _type: constant(STATEMENT_TYPE, 'An in-toto Statement, version 1.'),
      subject: single(
        object(
          {
            name: constant(SUBJECT, 'What is permitted.'),
            digest: object({ sha256: sha256('sha256 of the sign-off text.') }, 'One digest only.'),
          },
          'What the statement is about.',
        ),
        'One subject: in-toto lets any of several stand for the statement.',
      ),
      predicateType: constant(
        PROTOCOLS[kind].predicateType,
        'A sign-off of check-plan; the last part is its version.',
      ),
      predicate: object(
        {
          permits: PERMITS,
          input: INPUT,
          approver: text('The id of the signer in the roster, as claimed: the key decides.'),
          policy: object(
            { sha256: sha256OrNull('sha256 of its bytes; null where there was none.') },
            'The policy that the signer had; for people only.',
          ),
          approvedAt: instant("When it was signed, by the signer's clock."),
          expiresAt: instant('From then on it permits nothing.'),
          selfSignOff: yesOrNo(
            'True: the signer had a hand in the change. It counts only where the policy allows that, and only after the waiting time.',
          ),
          comment: text('Why, in the words of the signer.'),
        },
        'What a person permits, and for how long.',
      ),
    },
    'A sign-off of check-plan, as an in-toto Statement.',
  );
export const STATEMENT = statementFor('sign-off');
const BREAK_GLASS = statementFor('break-glass');

/** Reads a statement; its bytes must have been verified before. Throws `record-unreadable`. */
export function parseStatement(json: Json, kind: RecordKind = 'sign-off'): Statement {
  const of = kind === 'sign-off' ? STATEMENT : BREAK_GLASS;
  const { subject, predicate } = of.read(json, 'the statement');
  const { permits, input, policy, ...rest } = predicate;
  const digest = `sha256:${subject.digest.sha256}`;
  if (signOffDigest(textOf(permits)) !== digest)
    throw malformed('the subject of the statement is not the digest of what the statement permits');
  if (kind === 'break-glass' && predicate.comment.trim().length < SHORTEST_REASON)
    throw malformed(`the reason for breaking the glass has less than ${SHORTEST_REASON} characters`);
  return {
    ...rest,
    digest,
    permits,
    inputName: input.name,
    inputDigest: input.sha256,
    policyDigest: policy.sha256,
  };
}

/** The statement as the bytes that are signed. */
export function writeStatement(statement: Statement, kind: RecordKind = 'sign-off'): Buffer {
  const { permits, approver, approvedAt, expiresAt, selfSignOff, comment } = statement;
  return Buffer.from(
    JSON.stringify({
      _type: STATEMENT_TYPE,
      subject: [{ name: SUBJECT, digest: { sha256: statement.digest.replace(/^sha256:/, '') } }],
      predicateType: PROTOCOLS[kind].predicateType,
      predicate: {
        permits,
        input: { name: statement.inputName, sha256: statement.inputDigest },
        approver,
        policy: { sha256: statement.policyDigest },
        approvedAt,
        expiresAt,
        selfSignOff,
        comment,
      },
    }),
  );
}

/** Of an emergency nothing else is known afterwards. */
export const SHORTEST_REASON = 10;

/** The sign-off text as lines, and back. */
export const linesOf = (signOffText: string): readonly string[] => signOffText.replace(/\n$/, '').split('\n');
export const textOf = (permits: readonly string[]): string => `${permits.join('\n')}\n`;
