import { createHash, verify } from 'node:crypto';
import { PROTOCOLS } from './kind.ts';
import { malformed } from './malformed.ts';
import { isSecurityKey, type KeyType, type PublicKey, readKeyBlob } from './public-key.ts';
import { WireReader, wireString } from './wire.ts';

/** What check-plan signatures are made for, so that a signature of a commit or of another program is worth nothing here. */
export const NAMESPACE = PROTOCOLS['sign-off'].namespace;

/** An OpenSSH signature (PROTOCOL.sshsig), parsed and not yet verified. */
export interface SshSignature {
  readonly key: PublicKey;
  /** As it stands in the signature; the caller compares it with {@link NAMESPACE}. */
  readonly namespace: string;
  readonly hash: 'sha256' | 'sha512';
  readonly algorithm: Algorithm;
  /** The bare signature in the form that node:crypto takes. */
  readonly bytes: Buffer;
  /** What the security key vouches for, null for other keys. */
  readonly device: Device | null;
}

interface Device {
  /** Bit 0: somebody touched it. Bit 2: it knew who (PIN, fingerprint). */
  readonly flags: number;
  readonly counter: number;
}

const MAGIC = 'SSHSIG';

const ALGORITHMS = {
  'ssh-ed25519': { key: 'ssh-ed25519', hash: null, numberBytes: null },
  'ecdsa-sha2-nistp256': { key: 'ecdsa-sha2-nistp256', hash: 'sha256', numberBytes: 32 },
  'ecdsa-sha2-nistp384': { key: 'ecdsa-sha2-nistp384', hash: 'sha384', numberBytes: 48 },
  'ecdsa-sha2-nistp521': { key: 'ecdsa-sha2-nistp521', hash: 'sha512', numberBytes: 66 },
  'rsa-sha2-256': { key: 'ssh-rsa', hash: 'sha256', numberBytes: null },
  'rsa-sha2-512': { key: 'ssh-rsa', hash: 'sha512', numberBytes: null },
  'sk-ssh-ed25519@openssh.com': { key: 'sk-ssh-ed25519@openssh.com', hash: null, numberBytes: null },
  'sk-ecdsa-sha2-nistp256@openssh.com': {
    key: 'sk-ecdsa-sha2-nistp256@openssh.com',
    hash: 'sha256',
    numberBytes: 32,
  },
} as const satisfies Record<string, AlgorithmFacts>;
type Algorithm = keyof typeof ALGORITHMS;

interface AlgorithmFacts {
  readonly key: KeyType;
  /** Null where the algorithm hashes by itself. */
  readonly hash: string | null;
  /** Length of each of the two numbers of an ECDSA signature, null for the others. */
  readonly numberBytes: number | null;
}

/** Parses a raw SSHSIG blob (no armour) to its last byte. Throws `record-unreadable`. */
export function parseSshSignature(blob: Uint8Array): SshSignature {
  const wire = new WireReader(blob, 'the SSH signature');
  if (wire.take(MAGIC.length).toString('latin1') !== MAGIC)
    throw malformed('the signature is not an SSH signature: it does not begin with SSHSIG');
  const version = wire.uint32();
  if (version !== 1) throw malformed(`the SSH signature has version ${version}, and only 1 is known`);
  const key = readKeyBlob(wire.string());
  const namespace = wire.word();
  if (wire.string().length > 0) throw malformed('the SSH signature fills a field that is reserved');
  const hash = wire.word();
  if (hash !== 'sha256' && hash !== 'sha512')
    throw malformed(`the SSH signature hashes with ${hash}, and only sha256 and sha512 are allowed`);
  const inner = readInner(wire.string(), key);
  wire.end();
  return { key, namespace, hash, ...inner };
}

/** Whether the signature is right for the message, by the key and in the namespace that it names. */
export function verifySshSignature(signature: SshSignature, message: Uint8Array): boolean {
  const { key, algorithm, bytes, device } = signature;
  const toSign = signedBytes(signature.namespace, signature.hash, message);
  const signed = device === null ? toSign : deviceSignedBytes(key.application ?? '', device, toSign);
  const { hash, numberBytes } = ALGORITHMS[algorithm];
  return numberBytes === null
    ? verify(hash, signed, key.key, bytes)
    : verify(hash, signed, { key: key.key, dsaEncoding: 'ieee-p1363' }, bytes);
}

function readInner(blob: Buffer, key: PublicKey): Pick<SshSignature, 'algorithm' | 'bytes' | 'device'> {
  const wire = new WireReader(blob, 'the inner signature');
  const algorithm = wire.word();
  if (!isAlgorithm(algorithm) || ALGORITHMS[algorithm].key !== key.type)
    throw malformed(`a key of type ${key.type} cannot make a signature of type ${algorithm}`);
  const bytes = readNumbers(wire.string(), ALGORITHMS[algorithm].numberBytes);
  const due = algorithm.startsWith('rsa-') ? rsaBytes(key) : 64;
  if (ALGORITHMS[algorithm].numberBytes === null && bytes.length !== due)
    throw malformed(`a signature of type ${algorithm} has ${due} bytes here, not ${bytes.length}`);
  const device = isSecurityKey(key) ? { flags: wire.byte(), counter: wire.uint32() } : null;
  wire.end();
  return { algorithm, bytes, device };
}

const isAlgorithm = (name: string): name is Algorithm => Object.hasOwn(ALGORITHMS, name);

const rsaBytes = (key: PublicKey): number =>
  Math.ceil((key.key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);

/** The two numbers of an ECDSA signature, each filled up to the same length; any other signature as it is. */
function readNumbers(blob: Buffer, numberBytes: number | null): Buffer {
  if (numberBytes === null) return blob;
  const wire = new WireReader(blob, 'the ECDSA signature');
  const numbers = [wire.mpint(), wire.mpint()];
  wire.end();
  if (numbers.some((number) => number.length > numberBytes))
    throw malformed(`the ECDSA signature has a number of more than ${numberBytes} bytes`);
  return Buffer.concat(
    numbers.map((number) => Buffer.concat([Buffer.alloc(numberBytes - number.length), number])),
  );
}

const signedBytes = (namespace: string, hash: 'sha256' | 'sha512', message: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(MAGIC),
    wireString(namespace),
    wireString(''),
    wireString(hash),
    wireString(createHash(hash).update(message).digest()),
  ]);

/** OpenSSH PROTOCOL.u2f: a security key signs hashes and its own state, never the message itself. */
function deviceSignedBytes(application: string, device: Device, toSign: Uint8Array): Buffer {
  const state = Buffer.alloc(5);
  state.writeUInt8(device.flags);
  state.writeUInt32BE(device.counter, 1);
  const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();
  return Buffer.concat([sha256(application), state, sha256(toSign)]);
}
