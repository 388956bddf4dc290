import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { POLICY_FILE } from '../adapters/policy-file.ts';
import { publicKeyOf } from '../adapters/ssh-keygen.ts';
import { EXIT } from '../model/decision.ts';
import { CheckError } from '../model/error.ts';
import type { Person } from '../model/policy.ts';
import { enrol, type NewKey } from '../policy/enrol.ts';
import { readKeyList } from '../policy/key-lists.ts';
import { harmless } from '../reporters/log-command.ts';
import { type Attested, certificatesIn, verifyAttestation } from '../signoff/attestation.ts';
import { fingerprint, isSecurityKey, type PublicKey, publicKeyLine } from '../signoff/public-key.ts';
import { NAMESPACE } from '../signoff/sshsig.ts';
import { enrolmentOf, enrolmentsOf, type Named, type ToEnrol } from './enrol-list.ts';
import type { Io } from './io.ts';

export interface EnrolOptions extends Named {
  readonly key?: string;
  readonly from?: string;
  readonly validAfter?: string;
  readonly validBefore?: string;
  readonly attestation?: string;
  readonly challenge?: string;
  readonly roots?: string;
  readonly policy?: string;
}

/** `check-plan enrol`: who may sign goes into the policy file, and what is known of the hardware of their key. */
export async function enrolCommand(options: EnrolOptions, io: Io): Promise<number> {
  const name = options.policy ?? POLICY_FILE;
  const path = resolve(io.cwd, name);
  const text = (await bytesOf(path, `the policy file ${name}`)).toString('utf8');
  // What reads policies is a file of its own, which a check without one does not load.
  const { parsePolicy } = await import('../policy/parse.ts');
  const { persons } = parsePolicy(text, name).roster;
  const { enrolments, notes } =
    options.from === undefined
      ? await fromKey(options, io)
      : await fromList(options.from, options, persons, io);
  const added = enrolments.reduce((sum, { keys }) => sum + keys.length, 0);
  if (enrolments.length > 0) await replace(path, enrol(text, enrolments, name, parsePolicy));
  const told = enrolments.map(({ id, keys }) => `  ${id}: ${keys.length} key${keys.length === 1 ? '' : 's'}`);
  const lines = [
    `${added} key${added === 1 ? '' : 's'} added to ${name}`,
    ...told,
    ...notes.map((note) => `  note: ${note}`),
    '',
    'Next: read the difference, and merge it into the protected branch. Until then it counts for nothing.',
  ];
  io.stdout(`${lines.map(harmless).join('\n')}\n`);
  return EXIT.allowed;
}

async function fromKey(options: EnrolOptions, io: Io): Promise<ToEnrol> {
  const { id, key: file } = options;
  if (id === undefined || file === undefined)
    throw new CheckError(
      'usage',
      'a person and a key of theirs are not named',
      'give --id and --key, or --from',
    );
  const key = await publicKeyOf(resolve(io.cwd, file));
  const attested = await attestedOf(key, options, io);
  const checked = new Date(io.now()).toISOString().slice(0, 10);
  const hardware = attested === null ? null : { aaguid: attested.aaguid, checked };
  const limits = { validAfter: options.validAfter ?? null, validBefore: options.validBefore ?? null };
  const entry: NewKey = { key: publicKeyLine(key), ...limits, hardware };
  return { enrolments: [enrolmentOf(id, options, [entry])], notes: [hardwareNote(key, attested)] };
}

const hardwareNote = (key: PublicKey, attested: Attested | null): string => {
  const which = fingerprint(key);
  if (attested !== null)
    return `${which} was made in a security key, model ${attested.aaguid}, vouched for by ${attested.root}`;
  return isSecurityKey(key)
    ? `${which} says that it is on a security key, and nothing vouches for it: a program can say the same (--attestation)`
    : `${which} is on no security key: whoever can read its file, or reach its ssh-agent, can sign with it`;
};

/** Null where no attestation was given; one that was given and does not hold is never passed over. */
async function attestedOf(key: PublicKey, options: EnrolOptions, io: Io): Promise<Attested | null> {
  const { attestation, challenge, roots } = options;
  if (attestation === undefined && challenge === undefined && roots === undefined) return null;
  if (attestation === undefined || challenge === undefined || roots === undefined)
    throw new CheckError(
      'usage',
      'an attestation can only be checked with its challenge and the certificates of its maker',
      'give --attestation, --challenge and --roots together',
    );
  const pem = (await bytesOf(resolve(io.cwd, roots), `the file ${roots}`)).toString('latin1');
  return verifyAttestation({
    attestation: await bytesOf(resolve(io.cwd, attestation), `the attestation ${attestation}`),
    challenge: await bytesOf(resolve(io.cwd, challenge), `the challenge ${challenge}`),
    roots: certificatesIn(pem, roots),
    key,
    now: io.now(),
  });
}

async function fromList(
  file: string,
  options: EnrolOptions,
  persons: readonly Person[],
  io: Io,
): Promise<ToEnrol> {
  const text = (await bytesOf(resolve(io.cwd, file), `the list ${file}`)).toString('utf8');
  return enrolmentsOf(readKeyList(text, NAMESPACE), persons, options);
}

async function bytesOf(path: string, what: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (thrown) {
    throw new CheckError(
      'input-unreadable',
      `${what} cannot be read`,
      'check its name; check-plan init writes a first policy',
      thrown,
    );
  }
}

/** The old file stays whole until the new one is. */
async function replace(path: string, text: string): Promise<void> {
  const draft = `${path}.new`;
  try {
    await writeFile(draft, text, { flag: 'wx' });
    await rename(draft, path);
  } catch (thrown) {
    await rm(draft, { force: true });
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new CheckError('usage', `the policy file ${path} cannot be written: ${why}`, null, thrown);
  }
}
