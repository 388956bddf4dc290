import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePublicKey } from '../../src/signoff/public-key.ts';
import { wireString } from '../../src/signoff/wire.ts';
import type { Signer } from './signer.ts';

/** Certificates are made with openssl. */
export const opensslIsMissing = spawnSync('openssl', ['version']).error !== undefined;

export const AAGUID = '2fc0579f-8113-47ea-b116-bb5a8db9202a';

/** A maker of security keys: its root, and the certificate in each of its devices. */
export interface Maker {
  readonly rootPem: string;
  readonly roots: readonly X509Certificate[];
  readonly leaf: Buffer;
  readonly leafKey: string;
}

export function createMaker(
  name: string,
  leafExtension = `1.3.6.1.4.1.45724.1.1.4=DER:0410${AAGUID.replaceAll('-', '')}`,
): Maker {
  const folder = mkdtempSync(join(tmpdir(), 'check-plan-maker-'));
  const at = (file: string): string => join(folder, file);
  const openssl = (...args: readonly string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
    '-days',
    '3650',
    '-subj',
    `/CN=${name} Root`,
  );
  openssl('req', ...key, '-keyout', 'leaf.key', '-out', 'leaf.csr', '-subj', `/CN=${name} Device`);
  writeFileSync(at('leaf.ext'), `basicConstraints=CA:FALSE\n${leafExtension}\n`);
  openssl(
    ...'x509 -req -in leaf.csr -CA root.pem -CAkey root.key -CAcreateserial -days 3650 -extfile leaf.ext -out leaf.pem'.split(
      ' ',
    ),
  );
  const rootPem = readFileSync(at('root.pem'), 'utf8');
  return {
    rootPem,
    roots: [new X509Certificate(rootPem)],
    leaf: new X509Certificate(readFileSync(at('leaf.pem'))).raw,
    leafKey: readFileSync(at('leaf.key'), 'utf8'),
  };
}

export interface WrongAttestation {
  readonly magic?: string;
  readonly flags?: number;
  readonly aaguid?: string;
  readonly application?: string;
  readonly of?: Signer;
  readonly leaf?: Buffer;
  readonly leafKey?: string;
  readonly signedChallenge?: Uint8Array;
  readonly after?: Buffer;
  readonly tail?: Buffer;
  readonly isBare?: boolean;
  readonly isU2f?: boolean;
}

/** What `ssh-keygen -O write-attestation` writes for a key of this signer. */
export function attestationOf(
  signer: Signer,
  maker: Maker,
  challenge: Uint8Array,
  wrong: WrongAttestation = {},
): Buffer {
  const { key, application, type } = parsePublicKey((wrong.of ?? signer).line);
  const jwk = key.export({ format: 'jwk' });
  const part = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url');
  const cose =
    type === 'sk-ssh-ed25519@openssh.com'
      ? [
          map(4),
          small(1),
          small(1),
          small(3),
          negative(8),
          negative(1),
          small(6),
          negative(2),
          bytes(part(jwk.x)),
        ]
      : [
          map(5),
          small(1),
          small(2),
          small(3),
          negative(7),
          negative(1),
          small(1),
          negative(2),
          bytes(part(jwk.x)),
          negative(3),
          bytes(part(jwk.y)),
        ];
  const credentialId = Buffer.alloc(64, 7);
  const idLength = Buffer.from([0, credentialId.length]);
  const rp = sha256(wrong.application ?? application ?? '');
  const data = Buffer.concat([
    rp,
    Buffer.from([wrong.flags ?? 0x41]),
    Buffer.from([0, 0, 0, 1]),
    Buffer.from((wrong.aaguid ?? AAGUID).replaceAll('-', ''), 'hex'),
    idLength,
    credentialId,
    ...cose,
    wrong.after ?? Buffer.alloc(0),
  ]);
  const hash = sha256(wrong.signedChallenge ?? challenge);
  const message =
    wrong.isU2f === true
      ? [Buffer.alloc(1), rp, hash, credentialId, Buffer.from([4]), part(jwk.x), part(jwk.y)]
      : [data, hash];
  const signature = sign('sha256', Buffer.concat(message), createPrivateKey(wrong.leafKey ?? maker.leafKey));
  return Buffer.concat([
    wireString(wrong.magic ?? 'ssh-sk-attest-v01'),
    wireString(wrong.leaf ?? maker.leaf),
    wireString(signature),
    wireString(wrong.isBare === true ? data : bytes(data)),
    Buffer.alloc(4),
    wireString(''),
    wrong.tail ?? Buffer.alloc(0),
  ]);
}

const sha256 = (of: Uint8Array | string): Buffer => createHash('sha256').update(of).digest();
const small = (value: number): Buffer => Buffer.from([value]);
const negative = (value: number): Buffer => Buffer.from([0x20 + value - 1]);
const map = (count: number): Buffer => Buffer.from([0xa0 + count]);
const bytes = (content: Buffer): Buffer =>
  content.length < 256
    ? Buffer.concat([Buffer.from([0x58, content.length]), content])
    : Buffer.concat([Buffer.from([0x59, content.length >> 8, content.length & 255]), content]);
