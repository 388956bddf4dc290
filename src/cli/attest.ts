import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { publicKeyOf, signWithSshKeygen } from '../adapters/ssh-keygen.ts';
import { CheckError } from '../model/error.ts';
import type { Report } from '../model/report.ts';
import { preAuthentication, writeEnvelope } from '../signoff/envelope.ts';
import { fingerprint } from '../signoff/public-key.ts';
import { attestationOf } from '../trail/attestation.ts';
import type { AttestOptions } from './attest-options.ts';
import { VERSION } from './help.ts';
import type { Io } from './io.ts';

/** So that what a pipeline attests is never taken for what a person signs. */
const NAMESPACE = 'attestation@check-plan';

/** Writes the decision for other programs: a bare statement, or an envelope where a key of the pipeline signs it. */
export async function attest(report: Report, { attest, attestKey }: AttestOptions, io: Io): Promise<void> {
  if (attest === undefined) {
    if (attestKey === undefined) return;
    throw new CheckError(
      'usage',
      '--attest-key signs nothing without --attest',
      'name a file: --attest FILE',
    );
  }
  const statement = attestationOf(report, { version: VERSION, now: io.now() });
  const bytes = attestKey === undefined ? statement : await signed(statement, resolve(io.cwd, attestKey));
  try {
    await writeFile(resolve(io.cwd, attest), bytes);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new CheckError('usage', `the attestation cannot be written to ${attest}: ${why}`, null, thrown);
  }
}

async function signed(statement: Buffer, keyFile: string): Promise<Buffer> {
  const key = await publicKeyOf(keyFile);
  const message = preAuthentication(statement);
  return writeEnvelope(
    statement,
    fingerprint(key),
    await signWithSshKeygen({ keyFile, message, namespace: NAMESPACE }),
  );
}
