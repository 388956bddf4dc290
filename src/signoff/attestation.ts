import { createHash, verify, X509Certificate } from 'node:crypto';
import { CheckError } from '../model/error.ts';
import { type Cbor, readCbor } from './cbor.ts';
import { malformed } from './malformed.ts';
import type { PublicKey } from './public-key.ts';
import { WireReader } from './wire.ts';

/** What a maker of security keys vouches for: this key was made in a device of this model, and cannot leave it. */
export interface Attested {
  /** The model, as a UUID. */
  readonly aaguid: string;
  /** The subject of the maker's certificate that vouches for the device. */
  readonly root: string;
}

export interface AttestationInput {
  /** What `ssh-keygen -O write-attestation=FILE` wrote. */
  readonly attestation: Uint8Array;
  /** What was given as `-O challenge=FILE`, so that no older attestation can be shown again. */
  readonly challenge: Uint8Array;
  /** Certificates of makers, each trusted, PEM. */
  readonly roots: readonly X509Certificate[];
  readonly key: PublicKey;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const MAGIC = 'ssh-sk-attest-v01';

/**
 * Checks the attestation of a security key (OpenSSH PROTOCOL.u2f; W3C WebAuthn 6.5, 8.2 and 8.6) against certificates that
 * the caller trusts. Throws `record-unreadable` with what is wrong.
 */
export function verifyAttestation({ attestation, challenge, roots, key, now }: AttestationInput): Attested {
  const wire = new WireReader(attestation, 'the attestation');
  const magic = wire.word();
  if (magic !== MAGIC)
    throw malformed(`the attestation is of the kind ${magic}, and only ${MAGIC} can be checked`);
  const certificate = wire.string();
  const signature = wire.string();
  const data = authenticatorData(wire.string());
  wire.uint32();
  wire.string();
  wire.end();
  if (certificate.length === 0)
    throw malformed('the attestation has no certificate of a maker: the key vouches only for itself');
  const leaf = certificateOf(certificate);
  sameKey(data, key);
  const hash = sha256(challenge);
  const u2f = [Buffer.alloc(1), data.application, hash, data.credentialId, data.point];
  if (
    !signed(leaf, Buffer.concat([data.bytes, hash]), signature) &&
    !signed(leaf, Buffer.concat(u2f), signature)
  )
    throw malformed('the certificate of the attestation did not sign it, or not for this challenge');
  if (leaf.ca)
    throw malformed('the certificate of the attestation is one that issues others, not that of a device');
  const named = aaguidIn(leaf);
  if (named !== null && !named.equals(data.aaguid))
    throw malformed('the certificate of the attestation is for another model than the attestation');
  return { aaguid: uuid(data.aaguid), root: rootOf(leaf, roots, now).subject.replace(/\n/g, ', ') };
}

/** Every certificate of a PEM file. Throws `input-unreadable` where there is none, or one that cannot be read. */
export function certificatesIn(pem: string, name: string): readonly X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    if (blocks.length === 0) throw new Error('there is none in it');
    return blocks.map((block) => new X509Certificate(block));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new CheckError(
      'input-unreadable',
      `the certificates in ${name} cannot be read: ${why}`,
      null,
      thrown,
    );
  }
}

interface AuthenticatorData {
  readonly bytes: Buffer;
  readonly application: Buffer;
  readonly aaguid: Buffer;
  readonly credentialId: Buffer;
  readonly publicKey: ReadonlyMap<Cbor, Cbor>;
  /** The public point as older devices sign it; empty where the key has none of that form. */
  readonly point: Buffer;
}

const PRESENT = 1;
const HAS_KEY = 0x40;
const HAS_EXTENSIONS = 0x80;

/** WebAuthn 6.1. libfido2 hands it over as a CBOR byte string, of which it is the content. */
function authenticatorData(written: Buffer): AuthenticatorData {
  const bytes = unwrapped(written);
  if (bytes.length < 55) throw malformed('the authenticator data of the attestation end early');
  const flags = bytes.readUInt8(32);
  if ((flags & PRESENT) === 0) throw malformed('nobody touched the security key when the key was made');
  if ((flags & HAS_KEY) === 0) throw malformed('the attestation is not that of a key that was made');
  const idLength = bytes.readUInt16BE(53);
  const { value, rest } = readCbor(bytes.subarray(55 + idLength));
  if (!(value instanceof Map)) throw malformed('the attestation has no public key');
  if (rest.length > 0 && (flags & HAS_EXTENSIONS) === 0)
    throw malformed('the authenticator data of the attestation have bytes after their end');
  const [x, y] = [value.get(-2), value.get(-3)];
  return {
    bytes,
    application: bytes.subarray(0, 32),
    aaguid: bytes.subarray(37, 53),
    credentialId: bytes.subarray(55, 55 + idLength),
    publicKey: value,
    point:
      Buffer.isBuffer(x) && Buffer.isBuffer(y) ? Buffer.concat([Buffer.from([4]), x, y]) : Buffer.alloc(0),
  };
}

/** The content, where the whole is one CBOR byte string; else the bytes themselves. */
function unwrapped(written: Buffer): Buffer {
  const header = written[0] === 0x58 ? 2 : written[0] === 0x59 ? 3 : 0;
  if (header === 0 || written.length < header) return written;
  return written.readUIntBE(1, header - 1) === written.length - header ? written.subarray(header) : written;
}

/** COSE (RFC 9053): kty 1 is OKP with curve 6, kty 2 is EC2 with curve 1. */
const COSE = {
  'sk-ssh-ed25519@openssh.com': { kty: 1, algorithm: -8, curve: 6 },
  'sk-ecdsa-sha2-nistp256@openssh.com': { kty: 2, algorithm: -7, curve: 1 },
} as const;

function sameKey(
  { application, publicKey }: AuthenticatorData,
  { type, key, application: named }: PublicKey,
): void {
  const form = type in COSE ? COSE[type as keyof typeof COSE] : null;
  if (form === null || named === null)
    throw malformed(`a key of type ${type} is on no security key, so there is nothing to attest`);
  const jwk = key.export({ format: 'jwk' });
  const isSame = (label: number, part: string | undefined): boolean => {
    const bytes = publicKey.get(label);
    return part === undefined
      ? bytes === undefined
      : Buffer.isBuffer(bytes) && bytes.equals(Buffer.from(part, 'base64url'));
  };
  const isIt =
    publicKey.get(1) === form.kty &&
    publicKey.get(3) === form.algorithm &&
    publicKey.get(-1) === form.curve &&
    isSame(-2, jwk.x) &&
    isSame(-3, jwk.y);
  if (!isIt) throw malformed('the attestation is that of another key');
  if (!application.equals(sha256(named)))
    throw malformed('the attestation is for another application than the key');
}

function certificateOf(der: Buffer): X509Certificate {
  try {
    const certificate = new X509Certificate(der);
    // Read here, because it is decoded only when it is asked for.
    if (certificate.publicKey.type === 'public') return certificate;
  } catch {
    // Said below, as for a key that is none.
  }
  throw malformed('the certificate of the attestation cannot be read');
}

function signed({ publicKey }: X509Certificate, message: Buffer, signature: Buffer): boolean {
  const kind = publicKey.asymmetricKeyType;
  return (kind === 'ec' || kind === 'rsa') && verify('sha256', message, publicKey, signature);
}

/** The trusted certificate that issued the device's own. */
function rootOf(leaf: X509Certificate, roots: readonly X509Certificate[], now: number): X509Certificate {
  const issuers = roots.filter((root) => root.ca && leaf.checkIssued(root) && isSignedBy(leaf, root));
  const [root] = issuers.filter((each) => isValid(each, now));
  if (root === undefined)
    throw malformed(
      issuers.length > 0
        ? 'the certificate of the maker is not valid now'
        : `the device is vouched for by ${JSON.stringify(leaf.issuer.replace(/\n/g, ', '))}, which is none of the ${roots.length} certificates that you trust`,
    );
  if (!isValid(leaf, now)) throw malformed('the certificate of the device is not valid now');
  return root;
}

function isSignedBy(leaf: X509Certificate, root: X509Certificate): boolean {
  try {
    return leaf.verify(root.publicKey);
  } catch {
    return false;
  }
}

const isValid = ({ validFrom, validTo }: X509Certificate, now: number): boolean =>
  Date.parse(validFrom) <= now && now <= Date.parse(validTo);

/** id-fido-gen-ce-aaguid (1.3.6.1.4.1.45724.1.1.4) in DER, and the head of its value: 16 bytes in two octet strings. */
const AAGUID = Buffer.from('060b2b0601040182e51c010104', 'hex');
const VALUE = Buffer.from('04120410', 'hex');

function aaguidIn({ raw }: X509Certificate): Buffer | null {
  const found = raw.indexOf(AAGUID);
  if (found === -1) return null;
  const value = raw.indexOf(VALUE, found + AAGUID.length);
  // An optional `critical` flag stands between the two, and nothing longer.
  if (value === -1 || value > found + AAGUID.length + 3)
    throw malformed('the certificate of the attestation names its model in a form that is not known');
  return raw.subarray(value + VALUE.length, value + VALUE.length + 16);
}

const uuid = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();
