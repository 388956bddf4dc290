import { expect, test } from 'vitest';
import { NAMESPACE, parseSshSignature, verifySshSignature } from '../../src/signoff/sshsig.ts';
import { wireString } from '../../src/signoff/wire.ts';
import { createSigner, mpint, type Wrong } from './signer.ts';

const message = Buffer.from('replace aws_db_instance.main');
const ed25519 = createSigner('ed25519');
const p256 = createSigner('p256');
const sk = createSigner('sk-ed25519');

test.each(['ed25519', 'p256', 'p384', 'p521', 'sk-ed25519', 'sk-ecdsa'] as const)(
  'a signature by %s is right for its message and for no other',
  (kind) => {
    const signer = createSigner(kind);
    // Several, because the numbers of an ECDSA signature differ in length.
    for (let i = 0; i < 20; i++) {
      const signature = parseSshSignature(signer.sign(message, { hash: i % 2 ? 'sha256' : 'sha512' }));
      expect(signature.namespace).toBe(NAMESPACE);
      expect(verifySshSignature(signature, message)).toBe(true);
      expect(verifySshSignature(signature, Buffer.from('replace aws_db_instance.mail'))).toBe(false);
      expect(verifySshSignature({ ...signature, namespace: 'git' }, message)).toBe(false);
    }
  },
);

test.each([0, 1, 4, 5])('flags %i of a security key are read and covered by the signature', (flags) => {
  for (const kind of ['sk-ed25519', 'sk-ecdsa'] as const) {
    const signer = createSigner(kind);
    const honest = parseSshSignature(signer.sign(message, { flags }));
    expect(honest.device).toEqual({ flags, counter: 7 });
    expect(verifySshSignature(honest, message)).toBe(true);
    const forged = parseSshSignature(signer.sign(message, { flags, writtenFlags: flags ^ 1 }));
    expect(verifySshSignature(forged, message)).toBe(false);
  }
});

test('an ordinary key has no device', () => {
  expect(parseSshSignature(ed25519.sign(message)).device).toBeNull();
});

const byte = Buffer.from([0]);
test.each<[string, Wrong]>([
  ['another magic', { magic: 'SSHSIK' }],
  ['version 2', { version: 2 }],
  ['version 0', { version: 0 }],
  ['a reserved field that is filled', { reserved: 'x' }],
  ['sha1', { hash: 'sha1' }],
  ['no hash', { hash: '' }],
  ['a byte after the blob', { tail: byte }],
  ['a byte after the inner signature', { innerTail: byte }],
  ['a byte after the bare signature', { bare: (bytes) => Buffer.concat([bytes, byte]) }],
  ['a bare signature cut short', { bare: (bytes) => bytes.subarray(1) }],
  ['an empty bare signature', { bare: () => Buffer.alloc(0) }],
  ['the algorithm of another key', { algorithm: 'ecdsa-sha2-nistp256' }],
  ['the algorithm of a security key', { algorithm: 'sk-ssh-ed25519@openssh.com' }],
  ['an algorithm nobody knows', { algorithm: 'ssh-ed448' }],
  ['an algorithm called like a member of every object', { algorithm: 'constructor' }],
  ['flags where no security key is', { innerTail: Buffer.from([5, 0, 0, 0, 7]) }],
  ['a namespace with a line break', { namespace: `${NAMESPACE}\n` }],
  ['the key of another type', { keyBlob: p256.blob }],
  ['no key', { keyBlob: Buffer.alloc(0) }],
])('refused: %s', (_, wrong) => {
  expect(() => parseSshSignature(ed25519.sign(message, wrong))).toThrowError(
    expect.objectContaining({ code: 'record-unreadable' }),
  );
});

test('a security key cannot pass as the ordinary one', () => {
  expect(() => parseSshSignature(sk.sign(message, { algorithm: 'ssh-ed25519' }))).toThrowError(/cannot make/);
});

test.each([
  ['zero', Buffer.concat([wireString(''), mpint(Buffer.alloc(32, 9))])],
  ['negative', Buffer.concat([wireString(Buffer.alloc(32, 0x80)), mpint(Buffer.alloc(32, 9))])],
  [
    'padded',
    Buffer.concat([wireString(Buffer.concat([byte, Buffer.alloc(32, 9)])), mpint(Buffer.alloc(32, 9))]),
  ],
  ['just a padding', Buffer.concat([wireString(byte), mpint(Buffer.alloc(32, 9))])],
  ['too long', Buffer.concat([mpint(Buffer.alloc(33, 9)), mpint(Buffer.alloc(32, 9))])],
  ['alone', mpint(Buffer.alloc(32, 9))],
  ['one of three', Buffer.concat([1, 2, 3].map((n) => mpint(Buffer.alloc(32, n))))],
])('refused: a number of an ECDSA signature that is %s', (_, numbers) => {
  expect(() => parseSshSignature(p256.sign(message, { bare: () => numbers }))).toThrowError(
    expect.objectContaining({ code: 'record-unreadable' }),
  );
});

test('every cut of a signature is refused', () => {
  const blob = p256.sign(message);
  for (let length = 0; length < blob.length; length++) {
    expect(() => parseSshSignature(blob.subarray(0, length))).toThrowError(/./);
  }
});

const rsaBlob = Buffer.concat([
  wireString('ssh-rsa'),
  mpint(Buffer.from([1, 0, 1])),
  mpint(Buffer.alloc(384, 0xff)),
]);
const rsaSignature = (algorithm: string, length: number): Buffer =>
  ed25519.sign(message, { keyBlob: rsaBlob, algorithm, bare: () => Buffer.alloc(length, 1) });

test.each(['rsa-sha2-256', 'rsa-sha2-512'])('%s is an algorithm for an RSA key', (algorithm) => {
  const signature = parseSshSignature(rsaSignature(algorithm, 384));
  expect(signature.algorithm).toBe(algorithm);
  expect(verifySshSignature(signature, message)).toBe(false);
});

test.each(['ssh-rsa', 'rsa-sha2-384', 'ssh-ed25519', 'ssh-rsa-cert-v01@openssh.com'])(
  '%s is not',
  (algorithm) => {
    expect(() => parseSshSignature(rsaSignature(algorithm, 384))).toThrowError(/cannot make a signature/);
  },
);

test.each([0, 383, 385])('an RSA signature of %i bytes by a key of 384 is refused', (length) => {
  expect(() => parseSshSignature(rsaSignature('rsa-sha2-512', length))).toThrowError(/384 bytes/);
});
