import type { Json } from '../model/json.ts';
import { decodeBase64 } from './base64.ts';
import { malformed } from './malformed.ts';
import { list, members, string, word } from './shape.ts';

/** A DSSE v1 envelope with the statement of one person. */
export interface Envelope {
  readonly payload: Buffer;
  /** The raw SSHSIG blob. The envelope's own key id is not kept: only the key inside counts. */
  readonly signature: Buffer;
}

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** The largest record in bytes that is read at all. */
export const RECORD_LIMIT = 4 * 1024 * 1024;

/** Reads the envelope of a record. Throws `record-unreadable`. */
export function parseEnvelope(json: Json): Envelope {
  const envelope = members(json, 'the record', ['payloadType', 'payload', 'signatures']);
  word(envelope.get('payloadType'), 'the payloadType', PAYLOAD_TYPE);
  const payload = base64(envelope.get('payload'), 'the payload');
  const signatures = list(envelope.get('signatures'), 'the list of signatures');
  if (signatures.length !== 1)
    throw malformed(
      `the record has ${signatures.length} signatures, not one: each person signs a record of their own`,
    );
  const signature = members(signatures[0], 'the signature of the record', ['keyid', 'sig']);
  string(signature.get('keyid'), 'the keyid');
  return { payload, signature: base64(signature.get('sig'), 'the sig') };
}

/** The bytes that the signature covers (DSSE v1 pre-authentication encoding). */
export function preAuthentication(payload: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `),
    payload,
  ]);
}

/** The text of a record: JSON for people to look at, with a line break at its end. */
export function writeEnvelope(payload: Uint8Array, keyid: string, signature: Uint8Array): Buffer {
  const envelope = {
    payloadType: PAYLOAD_TYPE,
    payload: Buffer.from(payload).toString('base64'),
    signatures: [{ keyid, sig: Buffer.from(signature).toString('base64') }],
  };
  return Buffer.from(`${JSON.stringify(envelope, null, 2)}\n`);
}

function base64(value: Json | undefined, what: string): Buffer {
  const bytes = decodeBase64(string(value, what));
  if (bytes === null || bytes.length === 0) throw malformed(`${what} is not canonical base64 of anything`);
  return bytes;
}
