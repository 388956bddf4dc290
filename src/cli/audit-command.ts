import { resolve } from 'node:path';
import { appendToLog, readLog } from '../adapters/log.ts';
import { loadPolicy } from '../adapters/policy-file.ts';
import { publicKeyOf, signWithSshKeygen } from '../adapters/ssh-keygen.ts';
import { EXIT } from '../model/decision.ts';
import { CheckError } from '../model/error.ts';
import type { Policy } from '../model/policy.ts';
import { parseJson } from '../readers/json/parse.ts';
import { harmless } from '../reporters/log-command.ts';
import { preAuthentication, writeEnvelope } from '../signoff/envelope.ts';
import { fingerprint } from '../signoff/public-key.ts';
import { REVIEW_NAMESPACE, reviewRefusal, reviewStatement } from '../signoff/review.ts';
import { type Audited, type Auditing, audit } from '../trail/audit.ts';
import { hashOf } from '../trail/entry.ts';
import type { Io } from './io.ts';
import type { WorldOptions } from './options.ts';
import { refuseWithoutPerson } from './person.ts';
import { storeOf } from './store-of.ts';

export interface AuditOptions extends Pick<WorldOptions, 'policy' | 'store'> {
  readonly expect?: string;
  readonly review?: number;
  readonly key?: string;
  readonly comment: string;
}

/** `check-plan audit`: does the log hold, who permitted what, what is missing, and what has still to be reviewed? */
export async function auditCommand(options: AuditOptions, io: Io): Promise<number> {
  const { policy } = await loadPolicy({ cwd: io.cwd, env: io.env }, options.policy ?? null, null);
  if (options.review !== undefined) await review(options.review, policy, options, io);
  const store = await storeOf(options, policy.signOff, io);
  const { pieces, used } = await readLog(store);
  const auditing: Auditing = {
    parse: parseJson,
    used,
    refusalOf: (record, entry, bytes) =>
      reviewRefusal(record, { parse: parseJson, policy, entryHash: hashOf(bytes), says: entry.says }),
    expected: options.expect ?? null,
    now: io.now(),
  };
  const audited = audit(pieces, auditing);
  io.stdout(textOf(audited, store.place));
  if (audited.broken.length > 0) return EXIT.cannotJudge;
  return audited.gaps.length > 0 || audited.unreviewed.some(({ overdue }) => overdue)
    ? EXIT.blocked
    : EXIT.allowed;
}

/** A person of the roster, and not the one who broke the glass, says that they have looked at what was done. */
async function review(seq: number, policy: Policy, options: AuditOptions, io: Io): Promise<void> {
  refuseWithoutPerson(io);
  if (options.key === undefined)
    throw new CheckError('usage', '--review needs a key to sign with', 'name it: --key FILE');
  const store = await storeOf(options, policy.signOff, io);
  const { pieces } = await readLog(store);
  const piece = pieces.find((one) => one.seq === seq);
  const audited = audit(pieces, {
    parse: parseJson,
    used: [],
    refusalOf: () => null,
    expected: null,
    now: io.now(),
  });
  const entry = audited.entries.find((one) => one.seq === seq);
  if (piece === undefined || entry === undefined || entry.reviewBy === null)
    throw new CheckError(
      'sign-refused',
      `entry ${seq} is none that must be reviewed`,
      'see check-plan audit',
    );
  const keyFile = resolve(io.cwd, options.key);
  const key = await publicKeyOf(keyFile);
  const statement = reviewStatement(hashOf(piece.bytes), new Date(io.now()).toISOString(), options.comment);
  const blob = await signWithSshKeygen({
    keyFile,
    message: preAuthentication(statement),
    namespace: REVIEW_NAMESPACE,
  });
  const record = writeEnvelope(statement, fingerprint(key), blob);
  const terms = { parse: parseJson, policy, entryHash: hashOf(piece.bytes), says: entry.says };
  const refusal = reviewRefusal(record, terms);
  if (refusal !== null) throw new CheckError('sign-refused', `this review would not count: ${refusal}`, null);
  await appendToLog(store, {
    at: new Date(io.now()).toISOString(),
    kind: 'reviewed',
    run: `review of entry ${seq}`,
    says: [options.comment],
    records: [],
    reviewBy: null,
    review: { seq, record: Buffer.from(record).toString('base64') },
  });
}

function textOf({ entries, broken, gaps, unreviewed, head }: Audited, place: string): string {
  const lines = [
    `the log in ${place}: ${entries.length === 0 ? 'no entries' : `${entries.length} entries`}`,
    ...entries.flatMap(({ seq, at, kind, run, says }) => [
      `${String(seq).padStart(6)}  ${at}  ${kind.padEnd(8)}  ${run}`,
      ...says.map((text) => `          ${text}`),
    ]),
    ...broken.map((says) => `BROKEN  ${says}`),
    ...gaps.map((says) => `GAP     ${says}`),
    ...unreviewed.map(
      ({ entry, overdue }) =>
        `${overdue ? 'OVERDUE' : 'DUE    '} entry ${entry.seq} broke the glass and must be reviewed by ${entry.reviewBy}: check-plan audit --review ${entry.seq} --key KEY`,
    ),
    ...(broken.length === 0 && gaps.length === 0 && unreviewed.length === 0 ? ['everything holds'] : []),
    ...(head === null ? [] : [`head ${head}  (keep it elsewhere: check-plan audit --expect ${head})`]),
  ];
  return `${lines.map(harmless).join('\n')}\n`;
}
