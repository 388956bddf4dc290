import { resolve } from 'node:path';
import { inputOf } from '../adapters/input.ts';
import { writeRecord } from '../adapters/records.ts';
import { publicKeyOf, signWithSshKeygen } from '../adapters/ssh-keygen.ts';
import { signalsOfEnvironment } from '../authorship/run-signals.ts';
import { check, gateOf } from '../check.ts';
import type { Judgement } from '../judge.ts';
import { EXIT } from '../model/decision.ts';
import { CheckError } from '../model/error.ts';
import type { Statement } from '../model/signoff.ts';
import { renderText } from '../reporters/text.ts';
import { visible } from '../reporters/visible.ts';
import type { Gate } from '../signoff/gate.ts';
import { fingerprint, type PublicKey } from '../signoff/public-key.ts';
import { holderOf, keyHolders } from '../signoff/roster.ts';
import { finishRecord, prepareRecord } from '../signoff/sign.ts';
import { NAMESPACE } from '../signoff/sshsig.ts';
import { verifyRecord } from '../signoff/verify.ts';
import { lookOf } from './check-command.ts';
import type { Io } from './io.ts';
import type { WorldOptions } from './options.ts';
import { contextOf, recordsFolder, worldOf } from './world.ts';

export interface SignOptions extends WorldOptions {
  readonly key: string;
  readonly hours: number;
  readonly comment: string;
}

/** `check-plan sign INPUT`: a senior reads what would be lost, types how much that is, and signs exactly that. */
export async function signCommand(name: string, options: SignOptions, io: Io): Promise<number> {
  refuseWithoutPerson(io);
  const world = await worldOf(options, io);
  const { report, judgements } = await check([inputOf(name, contextOf(options, io))], world);
  io.stdout(renderText(report, lookOf(options, io)));
  const [judgement] = judgements;
  if (judgement === undefined || report.errors.length > 0) return report.exitCode;
  const gate = gateOf(judgement, world);
  if (gate === null) {
    io.stdout(
      report.exitCode === EXIT.blocked ? '\nNobody can sign this.\n' : '\nThere is nothing to sign.\n',
    );
    return report.exitCode;
  }

  const keyFile = resolve(io.cwd, options.key);
  const key = await publicKeyOf(keyFile);
  const approver = approverOf(key, options.key, gate);
  io.stdout(whatIsSigned(judgement));
  await askForCount(judgement, io);

  const prepared = prepareRecord(statementOf(judgement, gate, approver, options, world.policy.digest));
  const request = { keyFile, message: prepared.toSign, namespace: NAMESPACE, onNotice: noticeTo(io) };
  const blob = await signWithSshKeygen(request);
  const record = finishRecord(prepared.payload, fingerprint(key), blob);

  // What the gate would refuse is never written: the signer hears why now, not from a stopped pipeline.
  const verdict = verifyRecord('the new record', record, { ...gate, now: io.now() });
  if (!verdict.accepted) {
    const failed = verdict.steps.find((step) => !step.holds);
    throw new CheckError('sign-refused', `the gate would not accept this signature: ${failed?.says}`, null);
  }
  const path = await writeRecord(recordsFolder(options, io), gate.digest, fingerprint(key), record);
  io.stdout(
    `\nSigned by ${approver} until ${verdict.expiresAt}:\n  ${path}\nThe same check now finds it there.\n`,
  );
  return EXIT.allowed;
}

/** Friction, not proof: it stops an agent that runs the command as it stands, not one that sets out to fake a person. */
function refuseWithoutPerson(io: Io): void {
  const [signal] = signalsOfEnvironment(io.env);
  if (signal !== undefined) {
    throw new CheckError(
      'sign-refused',
      `${signal.where} is set, so an AI agent runs this command; only a person can sign`,
      'run it yourself, in a terminal of your own',
    );
  }
  if (!io.isTerminal.stdin || !io.isTerminal.stdout) {
    throw new CheckError(
      'sign-refused',
      'signing needs a person at a terminal, and the standard streams are not one',
      'run it in a terminal, without pipes',
    );
  }
}

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

/** All that the signature covers, word for word. */
function whatIsSigned({ signOffText }: Judgement): string {
  const lines = (signOffText ?? '').split('\n').map((line) => `  ${visible(line)}`.trimEnd());
  return `\nYour signature stands for exactly this, and for nothing else:\n\n${lines.join('\n')}\n`;
}

/** Typing the number is what makes a signer count. */
async function askForCount({ changeSet }: Judgement, io: Io): Promise<void> {
  const permitted = [...changeSet.changes, ...changeSet.invocations].filter((one) => one.needsSignOff).length;
  const answer = await io.ask('How many changes does this permit? Type the number to sign: ');
  if (answer.trim() !== String(permitted)) {
    throw new CheckError(
      'sign-refused',
      `nothing is signed: ${JSON.stringify(answer.trim())} is not the number`,
      'count what needs a sign-off in the list above',
    );
  }
}

/** What ssh-keygen says about a touch or a PIN is for the person; that it reads the message from a pipe is not. */
const noticeTo =
  (io: Io) =>
  (text: string): void => {
    const notice = text.replace(/^Signing data on standard input\r?\n/m, '');
    if (notice !== '') io.stderr(`${visible(notice.trimEnd())}\n`);
  };

function statementOf(
  { changeSet }: Judgement,
  gate: Gate,
  approver: string,
  options: SignOptions,
  policyDigest: string | null,
): Statement {
  return {
    digest: gate.digest,
    inputDigest: changeSet.inputDigest,
    inputName: changeSet.source,
    target: gate.target,
    destroys: gate.destroys,
    approver,
    policyDigest,
    approvedAt: new Date(gate.now).toISOString(),
    expiresAt: new Date(gate.now + options.hours * MS_PER_HOUR).toISOString(),
    comment: options.comment,
  };
}

const MS_PER_HOUR = 3_600_000;
