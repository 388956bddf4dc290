import { resolve } from 'node:path';
import { writeRecord } from '../adapters/records.ts';
import { publicKeyOf, signWithSshKeygen } from '../adapters/ssh-keygen.ts';
import { EXIT } from '../model/decision.ts';
import { CheckError } from '../model/error.ts';
import type { Statement } from '../model/signoff.ts';
import { termsOf } from '../records.ts';
import { visible } from '../reporters/visible.ts';
import type { Gate } from '../signoff/gate.ts';
import { PROTOCOLS } from '../signoff/kind.ts';
import { permittedLines } from '../signoff/permit.ts';
import { fingerprint, type PublicKey } from '../signoff/public-key.ts';
import type { Request } from '../signoff/request.ts';
import { holderOf, keyHolders } from '../signoff/roster.ts';
import { finishRecord, prepareRecord } from '../signoff/sign.ts';
import { SHORTEST_REASON } from '../signoff/statement.ts';
import { verifyRecord } from '../signoff/verify.ts';
import type { Io } from './io.ts';
import type { WorldOptions } from './options.ts';
import { askForCount, refuseWithoutPerson } from './person.ts';
import { storeOf } from './store-of.ts';
import { type ToSign, toSignOf } from './to-sign.ts';

export interface SignOptions extends WorldOptions {
  readonly key: string;
  readonly hours: number;
  readonly comment: string;
  readonly self?: boolean;
  /** Why the glass is broken. */
  readonly breakGlass?: string;
}

/** `check-plan sign INPUT`: a senior reads what would be lost, types how much that is, and signs exactly that. */
export async function signCommand(name: string, options: SignOptions, io: Io): Promise<number> {
  await refuseWithoutPerson(io);
  const toSign = await toSignOf(name, options, io);
  if (typeof toSign === 'number') return toSign;
  const { request } = toSign;
  const gate = gateFor(toSign, options);

  const keyFile = resolve(io.cwd, options.key);
  const key = await publicKeyOf(keyFile);
  const approver = approverOf(key, options.key, gate);
  io.stdout(whatIsSigned(request));
  if (gate.kind === 'break-glass') io.stdout(EMERGENCY);
  await askForCount(permittedLines(request.permits).length, io);

  const prepared = prepareRecord(statementOf({ ...toSign, gate }, approver, options), gate.kind);
  const { namespace } = PROTOCOLS[gate.kind];
  const asked = { keyFile, message: prepared.toSign, namespace, onNotice: noticeTo(io) };
  const blob = await signWithSshKeygen(asked);
  const record = finishRecord(prepared.payload, fingerprint(key), blob);

  // What the gate would refuse is never written: the signer hears why now, not from a stopped pipeline.
  const now = io.now() + waitOf(options, gate) * MS_PER_HOUR;
  const verdict = verifyRecord('the new record', record, { ...gate, now });
  if (!verdict.accepted) {
    const failed = verdict.steps.find((step) => !step.holds);
    throw new CheckError('sign-refused', `the gate would not accept this signature: ${failed?.says}`, null);
  }
  const store = await storeOf(options, toSign.policy.signOff, io);
  const path = await writeRecord(store, gate.digest, fingerprint(key), record, gate.kind);
  io.stdout(`\nSigned by ${approver} until ${verdict.expiresAt}:\n  ${path}\n${whatNow(toSign)}\n`);
  return EXIT.allowed;
}

const whatNow = ({ knowsTheChange }: ToSign): string =>
  knowsTheChange
    ? 'The same check now finds it there.'
    : 'Put it where the check looks for records (--store). Whether your level is enough, and that you had no hand in\nthe change, is for that check to say: it knows who wrote it.';

/** What the finished record is held against: an emergency has rules of its own. */
function gateFor({ gate, policy }: ToSign, { breakGlass }: SignOptions): Gate {
  if (breakGlass === undefined) return gate;
  const glass = termsOf('break-glass', gate, policy);
  if (glass === null)
    throw new CheckError(
      'sign-refused',
      'the policy knows no emergency, so nobody can break the glass',
      'let it be signed, or write signOff.breakGlass into the policy on its protected branch',
    );
  if (breakGlass.trim().length < SHORTEST_REASON)
    throw new CheckError(
      'usage',
      `the reason ${JSON.stringify(breakGlass)} is shorter than ${SHORTEST_REASON} characters`,
      'say what is burning: it is all that the reviewer will have',
    );
  return glass;
}

const EMERGENCY = `You break the glass: what is listed happens without the persons whom the policy asks for. It is told in every
report, and somebody else must review it afterwards.

`;

/** The person that the key belongs to. The rest of what the gate asks is checked on the finished record. */
function approverOf(key: PublicKey, file: string, { roster }: Gate): string {
  const holder = holderOf(keyHolders(roster), key);
  if (holder === null) {
    throw new CheckError(
      'sign-refused',
      `the key ${file} (${fingerprint(key)}) is not in the roster`,
      'sign with a key of the roster, or have yours added to check-plan.yaml on the protected branch',
    );
  }
  return holder.person.id;
}

/** All that the signature covers, word for word, after one line for each thing that is lost. */
function whatIsSigned({ permits, inputName, inputDigest }: Request): string {
  const told = permittedLines(permits).map((line, index) => `  ${index + 1}. ${visible(line)}`);
  const lines = permits.map((line) => `  ${visible(line)}`.trimEnd());
  return `\nYou permit:\n${told.join('\n')}\n\nYour signature stands for exactly this, and for nothing else:\n\n${lines.join('\n')}\n\n  of ${visible(inputName)}, sha256 ${inputDigest}\n\n`;
}

/** What ssh-keygen says about a touch or a PIN is for the person; that it reads the message from a pipe is not. */
const noticeTo =
  (io: Io) =>
  (text: string): void => {
    const notice = text.replace(/^Signing data on standard input\r?\n/m, '');
    if (notice !== '') io.stderr(`${visible(notice.trimEnd())}\n`);
  };

const statementOf = (
  { request, gate, policyDigest }: ToSign,
  approver: string,
  options: SignOptions,
): Statement => ({
  ...request,
  approver,
  policyDigest,
  approvedAt: new Date(gate.now).toISOString(),
  expiresAt: new Date(
    gate.now + (hoursOf(options, gate) + waitOf(options, gate)) * MS_PER_HOUR,
  ).toISOString(),
  selfSignOff: options.self ?? false,
  comment: options.breakGlass ?? options.comment,
});

/** An emergency is short, whatever was asked for. */
const hoursOf = ({ hours }: SignOptions, { kind, policy }: Gate): number =>
  kind === 'break-glass' ? Math.min(hours, policy.maxHours) : hours;

/** A sign-off of one's own change counts from the end of its waiting time, and is valid for the hours after it. */
const waitOf = ({ self = false }: SignOptions, { policy }: Gate): number =>
  self ? (policy.selfSignOffHours ?? 0) : 0;

const MS_PER_HOUR = 3_600_000;
