import type { Json } from '../model/json.ts';
import type { Statement, Target } from '../model/signoff.ts';
import { malformed } from './malformed.ts';
import { list, members, sha256Hex, string, stringOrNull, strings, word } from './shape.ts';

const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
const PREDICATE_TYPE = 'https://check-plan.dev/attestations/sign-off/v1';

/** What the subject of the statement is called; its digest is the sign-off digest. */
const SUBJECT = 'destruction';

/**
 * Reads an in-toto Statement v1 with the sign-off predicate; the bytes must have been verified before. Closed: a member
 * more or less is refused. Throws `record-unreadable`.
 */
export function parseStatement(json: Json): Statement {
  const statement = members(json, 'the statement', ['_type', 'subject', 'predicateType', 'predicate']);
  word(statement.get('_type'), 'the _type of the statement', STATEMENT_TYPE);
  word(statement.get('predicateType'), 'the predicateType', PREDICATE_TYPE);
  const predicate = members(statement.get('predicate'), 'the predicate', PREDICATE);
  const input = members(predicate.get('input'), 'the input', ['name', 'sha256']);
  const policy = members(predicate.get('policy'), 'the policy', ['sha256']).get('sha256');
  return {
    digest: `sha256:${subjectHex(statement.get('subject'))}`,
    inputDigest: sha256Hex(input.get('sha256'), 'the sha256 of the input'),
    inputName: string(input.get('name'), 'the name of the input'),
    target: parseTarget(predicate.get('target')),
    destroys: strings(predicate.get('destroys'), 'destroys'),
    approver: string(predicate.get('approver'), 'the approver'),
    policyDigest: policy === null ? null : sha256Hex(policy, 'the sha256 of the policy'),
    approvedAt: instant(predicate.get('approvedAt'), 'approvedAt'),
    expiresAt: instant(predicate.get('expiresAt'), 'expiresAt'),
    comment: string(predicate.get('comment'), 'the comment'),
  };
}

/** The statement as the bytes that are signed. */
export function writeStatement(statement: Statement): Buffer {
  const { target, destroys, approver, approvedAt, expiresAt, comment } = statement;
  return Buffer.from(
    JSON.stringify({
      _type: STATEMENT_TYPE,
      subject: [{ name: SUBJECT, digest: { sha256: statement.digest.replace(/^sha256:/, '') } }],
      predicateType: PREDICATE_TYPE,
      predicate: {
        target: {
          accounts: target.accounts,
          regions: target.regions,
          workspace: target.workspace,
          environment: target.environment,
        },
        input: { name: statement.inputName, sha256: statement.inputDigest },
        destroys,
        approver,
        policy: { sha256: statement.policyDigest },
        approvedAt,
        expiresAt,
        comment,
      },
    }),
  );
}

const PREDICATE = [
  'target',
  'input',
  'destroys',
  'approver',
  'policy',
  'approvedAt',
  'expiresAt',
  'comment',
] as const satisfies readonly string[];

/** in-toto matches subjects by any digest of several, so there may be one subject with one digest only. */
function subjectHex(value: Json | undefined): string {
  const subjects = list(value, 'the subject');
  if (subjects.length !== 1) throw malformed(`the statement has ${subjects.length} subjects, not one`);
  const subject = members(subjects[0], 'the subject', ['name', 'digest']);
  word(subject.get('name'), 'the name of the subject', SUBJECT);
  const digest = members(subject.get('digest'), 'the digest of the subject', ['sha256']);
  return sha256Hex(digest.get('sha256'), 'the digest of the subject');
}

function parseTarget(value: Json | undefined): Target {
  const target = members(value, 'the target', ['accounts', 'regions', 'workspace', 'environment']);
  return {
    accounts: strings(target.get('accounts'), 'the accounts of the target'),
    regions: strings(target.get('regions'), 'the regions of the target'),
    workspace: stringOrNull(target.get('workspace'), 'the workspace of the target'),
    environment: stringOrNull(target.get('environment'), 'the environment of the target'),
  };
}

/** RFC 3339 in UTC, to the second or the millisecond, of a day that exists. */
function instant(value: Json | undefined, what: string): string {
  const written = string(value, what);
  const parsed = Date.parse(written);
  const iso = Number.isNaN(parsed) ? null : new Date(parsed).toISOString();
  if (iso === null || (written !== iso && written !== iso.replace('.000Z', 'Z')))
    throw malformed(
      `${what} is ${JSON.stringify(written.slice(0, 40))}, not a time like 2026-11-22T07:30:00Z`,
    );
  return written;
}
