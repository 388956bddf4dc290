import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { decodeBase64 } from './base64.ts';
import { malformed } from './malformed.ts';
import { WireReader } from './wire.ts';

export interface PublicKey {
  readonly type: KeyType;
  /** The key in the SSH wire format: two keys are the same when these bytes are. */
  readonly blob: Buffer;
  readonly key: KeyObject;
  /** What a security key signs in the name of (`ssh:`), null for a key that is not on one. */
  readonly application: string | null;
}

const SMALLEST_RSA_BITS = 3072;
const LARGEST_RSA_BITS = 16384;

/** Every kind of key that may sign. DSA, certificates and whatever comes later are refused. */
const READERS = {
  'ssh-ed25519': (wire: WireReader) => ({ jwk: ed25519(wire), application: null }),
  'ecdsa-sha2-nistp256': (wire: WireReader) => ({ jwk: ecdsa(wire, 'nistp256'), application: null }),
  'ecdsa-sha2-nistp384': (wire: WireReader) => ({ jwk: ecdsa(wire, 'nistp384'), application: null }),
  'ecdsa-sha2-nistp521': (wire: WireReader) => ({ jwk: ecdsa(wire, 'nistp521'), application: null }),
  'ssh-rsa': (wire: WireReader) => ({ jwk: rsa(wire), application: null }),
  'sk-ssh-ed25519@openssh.com': (wire: WireReader) => ({ jwk: ed25519(wire), application: wire.word() }),
  'sk-ecdsa-sha2-nistp256@openssh.com': (wire: WireReader) => ({
    jwk: ecdsa(wire, 'nistp256'),
    application: wire.word(),
  }),
};
export type KeyType = keyof typeof READERS;

/** An OpenSSH public key line: `type base64 [comment]`. Throws `record-unreadable`. */
export function parsePublicKey(line: string): PublicKey {
  const [type = '', base64 = ''] = line.trim().split(/[ \t]+/);
  if (/[\r\n]/.test(line.trim())) throw malformed('a public key is one line, and this text has several');
  const blob = decodeBase64(base64);
  if (blob === null || blob.length === 0)
    throw malformed(
      `the text "${type.slice(0, 40)} …" is not an OpenSSH public key: its second word is not base64`,
    );
  const key = readKeyBlob(blob);
  if (key.type !== type)
    throw malformed(`a public key calls itself ${type} and holds a key of type ${key.type}`);
  return key;
}

/** A public key in the SSH wire format (RFC 4253 6.6, RFC 5656 3.1, RFC 8709, OpenSSH PROTOCOL.u2f). Throws `record-unreadable`. */
export function readKeyBlob(blob: Uint8Array): PublicKey {
  const wire = new WireReader(blob, 'the public key');
  const type = wire.word();
  if (!isKeyType(type))
    throw malformed(`a key of type ${type} cannot sign off: use one of ${KEY_TYPES.join(', ')}`);
  const { jwk, application } = READERS[type](wire);
  wire.end();
  return { type, blob: Buffer.from(blob), key: keyObject(jwk, type), application };
}

/** As OpenSSH prints it: `SHA256:` and the unpadded base64 of the hash of the blob. */
export const fingerprint = (key: Pick<PublicKey, 'blob'>): string =>
  `SHA256:${createHash('sha256').update(key.blob).digest('base64').replace(/=+$/, '')}`;

/** The key as an OpenSSH line without comment. */
export const publicKeyLine = (key: Pick<PublicKey, 'type' | 'blob'>): string =>
  `${key.type} ${key.blob.toString('base64')}`;

/** Whether the key is held by a security key, which says in each signature if a person touched it. */
export const isSecurityKey = (key: Pick<PublicKey, 'application'>): boolean => key.application !== null;

const KEY_TYPES = Object.keys(READERS);
const isKeyType = (type: string): type is KeyType => Object.hasOwn(READERS, type);

const CURVES = {
  nistp256: { crv: 'P-256', bytes: 32 },
  nistp384: { crv: 'P-384', bytes: 48 },
  nistp521: { crv: 'P-521', bytes: 66 },
} as const;

function ed25519(wire: WireReader): JsonWebKey {
  const point = wire.string();
  if (point.length !== 32) throw malformed(`an ed25519 key has 32 bytes, not ${point.length}`);
  return { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') };
}

function ecdsa(wire: WireReader, curve: keyof typeof CURVES): JsonWebKey {
  const { crv, bytes } = CURVES[curve];
  const named = wire.word();
  if (named !== curve) throw malformed(`an ECDSA key on ${curve} names the curve ${named}`);
  const point = wire.string();
  if (point.length !== 1 + 2 * bytes || point[0] !== 4)
    throw malformed(`an ECDSA key on ${curve} is not an uncompressed point of ${1 + 2 * bytes} bytes`);
  const [x, y] = [point.subarray(1, 1 + bytes), point.subarray(1 + bytes)];
  return { kty: 'EC', crv, x: x.toString('base64url'), y: y.toString('base64url') };
}

function rsa(wire: WireReader): JsonWebKey {
  const e = wire.mpint();
  const n = wire.mpint();
  const bits = n.length * 8 - Math.clz32(n[0] ?? 0) + 24;
  if (bits < SMALLEST_RSA_BITS || bits > LARGEST_RSA_BITS)
    throw malformed(
      `an RSA key of ${bits} bits cannot sign off: it needs ${SMALLEST_RSA_BITS} to ${LARGEST_RSA_BITS}`,
    );
  if (e.length < 3 || e.length > 8 || ((e.at(-1) ?? 0) & 1) === 0)
    throw malformed('an RSA key has an exponent that is even, or not between 65537 and 2^64');
  return { kty: 'RSA', e: e.toString('base64url'), n: n.toString('base64url') };
}

function keyObject(jwk: JsonWebKey, type: string): KeyObject {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    throw malformed(`the numbers in a key of type ${type} do not make a key`);
  }
}
