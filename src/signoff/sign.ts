import { CheckError } from '../model/error.ts';
import type { RecordKind, Statement } from '../model/signoff.ts';
import { preAuthentication, RECORD_LIMIT, writeEnvelope } from './envelope.ts';
import { permittedLines } from './permit.ts';
import { writeStatement } from './statement.ts';

/** The statement as the payload of a record, and the bytes to sign for it. */
export function prepareRecord(
  statement: Statement,
  kind: RecordKind = 'sign-off',
): { payload: Buffer; toSign: Buffer } {
  const payload = writeStatement(statement, kind);
  // Said before the person is asked for a touch or a passphrase, with room for the largest signature.
  fits(writeEnvelope(payload, '', Buffer.alloc(6 * 1024)), permittedLines(statement.permits).length);
  return { payload, toSign: preAuthentication(payload) };
}

/** The record: `keyid` is for people to find the key (`SHA256:…`), `signature` is the raw SSHSIG blob. */
export function finishRecord(payload: Uint8Array, keyid: string, signature: Uint8Array): Buffer {
  return writeEnvelope(payload, keyid, signature);
}

function fits(record: Uint8Array, lines: number): void {
  if (record.length <= RECORD_LIMIT) return;
  throw new CheckError(
    'sign-refused',
    `a record that permits ${lines} changes would be larger than the ${RECORD_LIMIT / 1024} KiB that a record may have`,
    'apply it in parts, for example with `-target`, and sign each part',
  );
}
