import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NAMESPACE } from '../../src/signoff/sshsig.ts';
import { vectors } from './vectors.ts';

const published = {
  about:
    'Records of check-plan with what they are held against and what must come out; docs/sign-off.md says the steps. Keys and times are made up, and the same every time.',
  namespace: NAMESPACE,
  vectors,
};

test('the published vectors are what this program finds', async () => {
  await expect(`${JSON.stringify(published, null, 1)}\n`).toMatchFileSnapshot(
    '../../fixtures/sign-off/vectors.json',
  );
});

test('a vector is accepted only where nothing in it is wrong', () => {
  const accepted = vectors.filter((vector) => vector.expect.accepted).map(({ name }) => name);
  expect(accepted).toEqual([
    'a right record',
    'signed with a security key that was touched',
    'signed with a security key that asked for a PIN',
    'another plan of the same destruction',
  ]);
  expect(vectors.length).toBeGreaterThan(30);
  for (const {
    expect: { accepted: is, step },
  } of vectors)
    expect(is).toBe(step === null);
});

const folder = mkdtempSync(join(tmpdir(), 'check-plan-vectors-'));
const isMissing = spawnSync('ssh-keygen', ['--help']).error !== undefined;
const withSignature = vectors.filter(({ sshKeygen }) => sshKeygen !== null);

describe.skipIf(isMissing)('ssh-keygen -Y verify, another implementation of the signature', () => {
  test.each(withSignature)('agrees on: $name', ({ publicKey, pae, signature, sshKeygen }) => {
    const body = (signature ?? '').replace(/.{1,70}/g, '$&\n');
    const file = join(folder, 'it.sig');
    const signers = join(folder, 'allowed_signers');
    writeFileSync(file, `-----BEGIN SSH SIGNATURE-----\n${body}-----END SSH SIGNATURE-----\n`);
    writeFileSync(signers, `alice namespaces="${NAMESPACE}" ${publicKey}\n`);
    const { status, stderr } = spawnSync(
      'ssh-keygen',
      ['-Y', 'verify', '-f', signers, '-I', 'alice', '-n', NAMESPACE, '-s', file],
      { input: Buffer.from(pae ?? '', 'base64') },
    );
    expect(status === 0, String(stderr)).toBe(sshKeygen);
  });
});
