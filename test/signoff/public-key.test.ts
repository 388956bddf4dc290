import { expect, test } from 'vitest';
import {
  fingerprint,
  isSecurityKey,
  parsePublicKey,
  publicKeyLine,
  readKeyBlob,
} from '../../src/signoff/public-key.ts';
import { wireString } from '../../src/signoff/wire.ts';
import { createSigner, mpint } from './signer.ts';

const refused = expect.objectContaining({ code: 'record-unreadable' });

test.each(['ed25519', 'p256', 'p384', 'p521', 'sk-ed25519', 'sk-ecdsa'] as const)(
  'a key of kind %s is read, with and without comment',
  (kind) => {
    const { line, blob } = createSigner(kind);
    for (const written of [line, `${line} alice@example.dev\n`, `${line}  several words `, `${line}\r\n`]) {
      const key = parsePublicKey(written);
      expect(key.blob).toEqual(blob);
      expect(publicKeyLine(key)).toBe(line);
      expect(isSecurityKey(key)).toBe(kind.startsWith('sk-'));
    }
  },
);

test('the fingerprint is the one that OpenSSH prints', () => {
  const key = parsePublicKey(
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
  );
  expect(fingerprint(key)).toBe('SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU');
});

const { line, blob } = createSigner('ed25519');
const base64 = blob.toString('base64');
test.each([
  ['nothing', ''],
  ['one word', base64],
  ['another outer type', `ssh-rsa ${base64}`],
  ['options before the type', `cert-authority ${line}`],
  ['base64 without its padding', line.replace(/=*$/, '').slice(0, -1)],
  ['base64 with a stray character', `ssh-ed25519 ${base64.slice(0, 9)}!${base64.slice(9)}`],
  ['two lines', `${line}\n${line}`],
  ['a byte after the key', `ssh-ed25519 ${Buffer.concat([blob, Buffer.alloc(3)]).toString('base64')}`],
  ['DSA', `ssh-dss ${wireString('ssh-dss').toString('base64')}`],
  [
    'a certificate',
    `ssh-ed25519-cert-v01@openssh.com ${wireString('ssh-ed25519-cert-v01@openssh.com').toString('base64')}`,
  ],
  ['a type called like a member of every object', `toString ${wireString('toString').toString('base64')}`],
  ['a second key after the comment', `${line} alice\n${line}`],
  ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
])('refused: %s', (_, text) => {
  expect(() => parsePublicKey(text)).toThrowError(refused);
});

const rsa = (n: Buffer, e = Buffer.from([1, 0, 1])): Buffer =>
  Buffer.concat([wireString('ssh-rsa'), mpint(e), mpint(n)]);
const bits = (count: number): Buffer =>
  Buffer.from(((1n << BigInt(count)) - 1n).toString(16).padStart(2 * Math.ceil(count / 8), '0'), 'hex');

test.each([3072, 3073, 3079, 4096, 16384])('an RSA key of %i bits may sign', (count) => {
  expect(readKeyBlob(rsa(bits(count))).type).toBe('ssh-rsa');
});

test.each([1024, 2048, 3071, 16385])('an RSA key of %i bits may not', (count) => {
  expect(() => readKeyBlob(rsa(bits(count)))).toThrowError(new RegExp(`${count} bits`));
});

test.each([
  ['1', [1]],
  ['3', [3]],
  ['65536', [1, 0, 0]],
  ['of nine bytes', [1, 0, 0, 0, 0, 0, 0, 0, 1]],
])('an RSA exponent %s is refused', (_, e) => {
  expect(() => readKeyBlob(rsa(bits(3072), Buffer.from(e)))).toThrowError(/exponent/);
});

const ec = (curve: string, point: Buffer, type = 'ecdsa-sha2-nistp256'): Buffer =>
  Buffer.concat([wireString(type), wireString(curve), wireString(point)]);
const p256 = createSigner('p256').blob;
const point = p256.subarray(-65);
const hybrid = Buffer.concat([Buffer.from([6]), point.subarray(1)]);

test('the ECDSA points below would be right but for one thing', () => {
  expect(readKeyBlob(ec('nistp256', point)).blob).toEqual(p256);
});

test.each([
  ['whose curve is named wrongly', ec('nistp384', point)],
  ['in the hybrid form', ec('nistp256', hybrid)],
  ['that is not on its curve', ec('nistp256', Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]))],
  ['that is compressed', ec('nistp256', Buffer.concat([Buffer.from([2]), Buffer.alloc(32, 1)]))],
  ['of another curve', ec('nistp384', Buffer.concat([Buffer.from([4]), Buffer.alloc(96, 1)]))],
  ['at infinity', ec('nistp256', Buffer.from([0]))],
])('refused: an ECDSA point %s', (_, wrong) => {
  expect(() => readKeyBlob(wrong)).toThrowError(refused);
});

test('a security key without its application is refused', () => {
  const short = Buffer.concat([wireString('sk-ssh-ed25519@openssh.com'), wireString(Buffer.alloc(32, 1))]);
  expect(() => readKeyBlob(short)).toThrowError(refused);
});
