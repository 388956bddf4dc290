import {
  createHash,
  createPrivateKey,
  createPublicKey,
  sign as cryptoSign,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { NAMESPACE } from '../../src/signoff/sshsig.ts';
import { wireString } from '../../src/signoff/wire.ts';

/** Makes SSH keys and signatures without any program, with every part open to be made wrong. */
export interface Signer {
  readonly blob: Buffer;
  /** The line of the public key file, without comment. */
  readonly line: string;
  readonly sign: (message: Uint8Array, wrong?: Wrong) => Buffer;
}

export interface Wrong {
  readonly namespace?: string;
  readonly version?: number;
  readonly reserved?: string;
  readonly hash?: string;
  readonly algorithm?: string;
  readonly flags?: number;
  readonly counter?: number;
  /** Flags that are written in the signature after other flags were signed. */
  readonly writtenFlags?: number;
  readonly keyBlob?: Buffer;
  readonly magic?: string;
  readonly innerTail?: Buffer;
  readonly tail?: Buffer;
  readonly bare?: (bytes: Buffer) => Buffer;
}

type Kind = 'ed25519' | 'p256' | 'p384' | 'p521' | 'sk-ed25519' | 'sk-ecdsa';
const TYPES: Readonly<Record<Kind, string>> = {
  ed25519: 'ssh-ed25519',
  p256: 'ecdsa-sha2-nistp256',
  p384: 'ecdsa-sha2-nistp384',
  p521: 'ecdsa-sha2-nistp521',
  'sk-ed25519': 'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa': 'sk-ecdsa-sha2-nistp256@openssh.com',
};
const ECDSA: Partial<Record<Kind, readonly [curve: string, hash: string]>> = {
  p256: ['nistp256', 'sha256'],
  p384: ['nistp384', 'sha384'],
  p521: ['nistp521', 'sha512'],
  'sk-ecdsa': ['nistp256', 'sha256'],
};
const APPLICATION = 'ssh:';

/** With a seed, an ed25519 key is the same every time, and so is all that it signs. */
export function createSigner(kind: Kind, seed?: string): Signer {
  const key = seed === undefined ? newKey(kind) : seededKey(seed);
  const type = TYPES[kind];
  const isSk = kind.startsWith('sk-');
  const blob = Buffer.concat([
    wireString(type),
    publicPart(key, kind),
    ...(isSk ? [wireString(APPLICATION)] : []),
  ]);
  return {
    blob,
    line: `${type} ${blob.toString('base64')}`,
    sign: (message, wrong = {}) => {
      const hash = wrong.hash ?? 'sha512';
      const namespace = wireString(wrong.namespace ?? NAMESPACE);
      const reserved = wireString(wrong.reserved ?? '');
      const digest = createHash(hash === 'sha256' ? 'sha256' : 'sha512')
        .update(message)
        .digest();
      const toSign = Buffer.concat([
        Buffer.from('SSHSIG'),
        namespace,
        reserved,
        wireString(hash),
        wireString(digest),
      ]);
      const flags = wrong.flags ?? 5;
      const counter = Buffer.alloc(4);
      counter.writeUInt32BE(wrong.counter ?? 7);
      const signed = isSk
        ? Buffer.concat([sha256(APPLICATION), Buffer.from([flags]), counter, sha256(toSign)])
        : toSign;
      const inner = Buffer.concat([
        wireString(wrong.algorithm ?? type),
        wireString((wrong.bare ?? ((bytes) => bytes))(bareSignature(key, kind, signed))),
        ...(isSk ? [Buffer.from([wrong.writtenFlags ?? flags]), counter] : []),
        wrong.innerTail ?? Buffer.alloc(0),
      ]);
      return Buffer.concat([
        Buffer.from(wrong.magic ?? 'SSHSIG'),
        Buffer.from([0, 0, 0, wrong.version ?? 1]),
        wireString(wrong.keyBlob ?? blob),
        namespace,
        reserved,
        wireString(hash),
        wireString(inner),
        wrong.tail ?? Buffer.alloc(0),
      ]);
    },
  };
}

/** A number as SSH writes it. */
export function mpint(unsigned: Buffer): Buffer {
  const start = unsigned.findIndex((byte) => byte !== 0);
  const shortest = unsigned.subarray(start);
  return wireString((shortest[0] ?? 0) < 0x80 ? shortest : Buffer.concat([Buffer.alloc(1), shortest]));
}

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

/** RFC 8410: the seed behind the fixed start of a PKCS#8 file. */
const seededKey = (seed: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), sha256(seed)]),
    format: 'der',
    type: 'pkcs8',
  });

function newKey(kind: Kind): KeyObject {
  const curve = ECDSA[kind]?.[0].replace('nistp', 'P-');
  if (curve !== undefined) return generateKeyPairSync('ec', { namedCurve: curve }).privateKey;
  return generateKeyPairSync('ed25519').privateKey;
}

function publicPart(key: KeyObject, kind: Kind): Buffer {
  const jwk = createPublicKey(key).export({ format: 'jwk' });
  const part = (name: 'x' | 'y'): Buffer => Buffer.from(String(jwk[name]), 'base64url');
  const curve = ECDSA[kind]?.[0];
  if (curve !== undefined)
    return Buffer.concat([
      wireString(curve),
      wireString(Buffer.concat([Buffer.from([4]), part('x'), part('y')])),
    ]);
  return wireString(part('x'));
}

function bareSignature(key: KeyObject, kind: Kind, signed: Buffer): Buffer {
  const ecdsa = ECDSA[kind];
  if (ecdsa !== undefined) {
    const both = cryptoSign(ecdsa[1], signed, { key, dsaEncoding: 'ieee-p1363' });
    return Buffer.concat([mpint(both.subarray(0, both.length / 2)), mpint(both.subarray(both.length / 2))]);
  }
  return cryptoSign(null, signed, key);
}
