import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AttestationInput, certificatesIn, verifyAttestation } from '../../src/signoff/attestation.ts';
import { readCbor } from '../../src/signoff/cbor.ts';
import { parsePublicKey } from '../../src/signoff/public-key.ts';
import {
  AAGUID,
  attestationOf,
  createMaker,
  opensslIsMissing,
  type WrongAttestation,
} from './authenticator.ts';
import { createSigner } from './signer.ts';

const CHALLENGE = Buffer.from('a challenge of 2026-11-24');

describe.skipIf(opensslIsMissing)(
  `the attestation of a security key${opensslIsMissing ? ' (SKIPPED: openssl is missing)' : ''}`,
  () => {
    const maker = opensslIsMissing ? null : createMaker('Maker');
    const other = opensslIsMissing ? null : createMaker('Other');
    if (maker === null || other === null) return;
    const device = createSigner('sk-ed25519');
    const ecdsa = createSigner('sk-ecdsa');
    const check = (wrong: WrongAttestation = {}, more: Partial<AttestationInput> = {}, of = device) =>
      verifyAttestation({
        attestation: attestationOf(of, maker, CHALLENGE, wrong),
        challenge: CHALLENGE,
        roots: maker.roots,
        key: parsePublicKey(of.line),
        now: Date.now(),
        ...more,
      });

    test.each<[string, WrongAttestation]>([
      ['as libfido2 writes it', {}],
      ['as bare bytes', { isBare: true }],
      [
        'with extensions after the key',
        { flags: 0xc1, after: Buffer.from('a16b6372656450726f7465637402', 'hex') },
      ],
      ['with a model that its certificate does not name, of an older device', { isU2f: true }],
    ])('holds %s', (_, form) => {
      expect(check(form, {}, ecdsa)).toEqual({ aaguid: AAGUID, root: 'CN=Maker Root' });
    });

    test('holds for both kinds of keys', () => {
      expect(check().aaguid).toBe(AAGUID);
      expect(check({}, { roots: [...other.roots, ...maker.roots] }).root).toBe('CN=Maker Root');
    });

    test.each<[string, WrongAttestation, Partial<AttestationInput>, RegExp]>([
      ['for another challenge', { signedChallenge: Buffer.from('old') }, {}, /not for this challenge/],
      ['of another key', { of: createSigner('sk-ed25519') }, {}, /another key/],
      ['of a key of another kind', { of: ecdsa }, {}, /another key/],
      ['for another application', { application: 'ssh:other' }, {}, /another application/],
      ['by a maker whom nobody trusts', {}, { roots: other.roots }, /none of the 1 certificates/],
      ['by nobody', { leaf: Buffer.alloc(0) }, {}, /vouches only for itself/],
      ['by a certificate that is none', { leaf: Buffer.from('x') }, {}, /cannot be read/],
      ['by the key of another maker', { leafKey: other.leafKey }, {}, /did not sign it/],
      [
        'of a model that the certificate does not name',
        { aaguid: AAGUID.replace('2f', '3f') },
        {},
        /another model/,
      ],
      ['without a touch', { flags: 0x40 }, {}, /nobody touched/],
      ['without a key', { flags: 0x01 }, {}, /not that of a key/],
      ['with bytes that nobody announced', { after: Buffer.from([0]) }, {}, /after their end/],
      ['with bytes after it', { tail: Buffer.from([0]) }, {}, /bytes after its end/],
      ['of an older form', { magic: 'ssh-sk-attest-v00' }, {}, /ssh-sk-attest-v00/],
      ['of an ordinary key', {}, { key: parsePublicKey(createSigner('ed25519').line) }, /no security key/],
      ['by a maker whose time is over', {}, { now: Date.UTC(2100, 0) }, /not valid now/],
    ])('does not hold %s', (_, wrong, more, says) => {
      expect(() => check(wrong, more)).toThrowError(says);
    });

    test('does not hold with any other byte', () => {
      const right = attestationOf(device, maker, CHALLENGE);
      fc.assert(
        fc.property(fc.nat(right.length - 9), fc.integer({ min: 1, max: 255 }), (index, mask) => {
          const flipped = Buffer.from(right);
          flipped.writeUInt8((right[index] ?? 0) ^ mask, index);
          try {
            expect(check({}, { attestation: flipped })).toEqual({ aaguid: AAGUID, root: 'CN=Maker Root' });
          } catch (thrown) {
            expect(thrown).toMatchObject({ code: 'record-unreadable' });
            return;
          }
          // The one byte that may differ: a signature has more than one way to be written in DER, and none here.
          throw new Error(`byte ${index} of the attestation does not matter`);
        }),
        { numRuns: 200 },
      );
    });

    test('a file without certificates is refused', () => {
      expect(() =>
        certificatesIn('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'r.pem'),
      ).toThrowError(/r\.pem/);
      expect(() => certificatesIn('', 'r.pem')).toThrowError(/there is none in it/);
      expect(certificatesIn(`${maker.rootPem}\n${other.rootPem}`, 'r.pem')).toHaveLength(2);
    });
  },
);

test.each([
  ['a length without end', '5f'],
  ['a number in a longer form', '1805'],
  ['a float', 'f90000'],
  ['a tag', 'c000'],
  ['a key twice', 'a201010102'],
  ['nested deeply', '8181818181818101'],
  ['cut short', '4401'],
  ['nothing', ''],
  ['a number of eight bytes', '1b0000000000000001'],
])('CBOR with %s is refused', (_, hex) => {
  expect(() => readCbor(Buffer.from(hex, 'hex'))).toThrowError(
    expect.objectContaining({ code: 'record-unreadable' }),
  );
});
