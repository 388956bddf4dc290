import type { Json } from '../model/json.ts';
import { base64, constant, object, single, text } from './field.ts';

/** A DSSE v1 envelope with the statement of one person. */
export interface Envelope {
  readonly payload: Buffer;
  /** The raw SSHSIG blob. The envelope's own key id is not kept: only the key inside counts. */
  readonly signature: Buffer;
}

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** The largest record in bytes that is read at all. */
export const RECORD_LIMIT = 4 * 1024 * 1024;

export const ENVELOPE = object(
  {
    payloadType: constant(PAYLOAD_TYPE, 'An in-toto Statement.'),
    payload: base64('The bytes of the statement.'),
    signatures: single(
      object(
        {
          keyid: text('The fingerprint of the key, for people: it decides nothing.'),
          sig: base64('The SSHSIG blob without armour, over the DSSE encoding of payload type and payload.'),
        },
        'The signature.',
      ),
      'One signature: each person signs a record of their own.',
    ),
  },
  'A record: a DSSE v1 envelope.',
);

/** Reads the envelope of a record. Throws `record-unreadable`. */
export function parseEnvelope(json: Json): Envelope {
  const { payload, signatures } = ENVELOPE.read(json, 'the record');
  return { payload, signature: signatures.sig };
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
