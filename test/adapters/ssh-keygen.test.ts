import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { publicKeyOf, type RunProgram, signWithSshKeygen } from '../../src/adapters/ssh-keygen.ts';
import { fingerprint } from '../../src/signoff/public-key.ts';
import { finishRecord, prepareRecord } from '../../src/signoff/sign.ts';
import { NAMESPACE, parseSshSignature, verifySshSignature } from '../../src/signoff/sshsig.ts';
import { verifyRecord } from '../../src/signoff/verify.ts';
import { gateOf, statementFor } from '../signoff/sample.ts';
import { createSigner } from '../signoff/signer.ts';

const message = Buffer.from('a plan\n');
const isMissing = spawnSync('ssh-keygen', ['-?']).error !== undefined;

describe.skipIf(isMissing)('with ssh-keygen (skipped: OpenSSH is not installed)', () => {
  let directory = '';
  const keys: readonly (readonly [name: string, ...options: string[]])[] = [
    ['ed25519', '-t', 'ed25519'],
    ['p256', '-t', 'ecdsa', '-b', '256'],
    ['p384', '-t', 'ecdsa', '-b', '384'],
    ['p521', '-t', 'ecdsa', '-b', '521'],
    ['rsa3072', '-t', 'rsa', '-b', '3072'],
    ['rsa2048', '-t', 'rsa', '-b', '2048'],
  ];
  const file = (name: string): string => join(directory, name);

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'check-plan-keys-'));
    for (const [name, ...options] of keys)
      execFileSync('ssh-keygen', ['-q', '-N', '', '-C', 'a comment', '-f', file(name), ...options]);
  });
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  test.each(['ed25519', 'p256', 'p384', 'p521', 'rsa3072'])(
    '%s: its signature verifies here',
    async (name) => {
      const blob = await signWithSshKeygen({ keyFile: file(name), message, namespace: NAMESPACE });
      const signature = parseSshSignature(blob);
      expect(signature.namespace).toBe(NAMESPACE);
      expect(verifySshSignature(signature, message)).toBe(true);
      expect(verifySshSignature(signature, Buffer.from('a plan'))).toBe(false);
      const listed = execFileSync('ssh-keygen', ['-l', '-f', file(name)], { encoding: 'utf8' });
      expect(listed).toContain(fingerprint(signature.key));
      const key = await publicKeyOf(file(name));
      expect(key.blob).toEqual(signature.key.blob);
    },
  );

  test('RSA with 2048 bits is refused, to sign and to be in a roster', async () => {
    const blob = await signWithSshKeygen({ keyFile: file('rsa2048'), message, namespace: NAMESPACE });
    expect(() => parseSshSignature(blob)).toThrowError(/2048 bits/);
    await expect(publicKeyOf(file('rsa2048'))).rejects.toMatchObject({ code: 'sign-failed' });
  });

  test('a whole record, made and verified', async () => {
    const key = await publicKeyOf(file('ed25519'));
    const gate = gateOf([{ ...createSigner('ed25519'), line: `ssh-ed25519 ${key.blob.toString('base64')}` }]);
    const { payload, toSign } = prepareRecord(statementFor(gate));
    const sign = (namespace: string) =>
      signWithSshKeygen({ keyFile: file('ed25519'), message: toSign, namespace });
    const record = finishRecord(payload, fingerprint(key), await sign(NAMESPACE));
    expect(verifyRecord('r', record, gate)).toMatchObject({ accepted: true, person: 'alice' });
    const forGit = finishRecord(payload, fingerprint(key), await sign('git'));
    expect(verifyRecord('r', forGit, gate).steps.at(-1)).toMatchObject({ step: 'namespace', holds: false });
  });

  test.each(['ed25519', 'p256', 'sk-ed25519', 'sk-ecdsa'] as const)(
    'ssh-keygen too accepts what the %s of these tests signs',
    (kind) => {
      const signer = createSigner(kind);
      const armour = signer.sign(message).toString('base64').replace(/.{70}/g, '$&\n');
      const signature = file(`${kind}.sig`);
      writeFileSync(signature, `-----BEGIN SSH SIGNATURE-----\n${armour}\n-----END SSH SIGNATURE-----\n`);
      const ended = spawnSync('ssh-keygen', ['-Y', 'check-novalidate', '-n', NAMESPACE, '-s', signature], {
        input: message,
        encoding: 'utf8',
      });
      expect(ended.stdout).toContain('Good');
    },
  );

  test('a key without its .pub file tells its public key itself', async () => {
    copyFileSync(file('p256'), file('alone'));
    const { blob } = await publicKeyOf(file('p256'));
    expect((await publicKeyOf(file('alone'))).blob).toEqual(blob);
  });

  test('a key that is not there is said in the words of ssh-keygen', async () => {
    const request = { keyFile: file('none'), message, namespace: NAMESPACE };
    await expect(signWithSshKeygen(request)).rejects.toMatchObject({
      code: 'sign-failed',
      message: expect.stringMatching(/none.*No such file/),
    });
    await expect(publicKeyOf(file('none'))).rejects.toMatchObject({ code: 'sign-failed' });
    await expect(publicKeyOf(file('none.pub'))).rejects.toMatchObject({ code: 'sign-failed' });
  });
});

const blob = createSigner('ed25519').sign(message);
const armoured = (body: string): string =>
  `-----BEGIN SSH SIGNATURE-----\n${body}\n-----END SSH SIGNATURE-----\n`;
const body = blob.toString('base64').replace(/.{70}/g, '$&\n');
const printing =
  (stdout: string, code: number | null = 0, stderr = ''): RunProgram =>
  async () => ({ code, stdout: Buffer.from(stdout), stderr });
const signBy = (run: RunProgram) => signWithSshKeygen({ keyFile: 'KEY', message, namespace: NAMESPACE, run });

test('ssh-keygen is asked for the namespace and the key, and gets the message', async () => {
  const asked: unknown[] = [];
  await signBy(async (args, input) => {
    asked.push(args, input);
    return { code: 0, stdout: Buffer.from(armoured(body)), stderr: '' };
  });
  expect(asked).toEqual([['-Y', 'sign', '-n', NAMESPACE, '-f', 'KEY'], message]);
});

test.each([armoured(body), armoured(body).replaceAll('\n', '\r\n')])(
  'the armour is taken off',
  async (text) => {
    expect(await signBy(printing(text))).toEqual(blob);
  },
);

test.each([
  ['nothing', ''],
  ['no armour', body],
  ['no body', armoured('')],
  ['an empty line', armoured(`${body}\n`)],
  ['text before', `x\n${armoured(body)}`],
  ['text after', `${armoured(body)}x`],
  ['two signatures', armoured(body).repeat(2)],
  ['another armour', armoured(body).replaceAll('SIGNATURE', 'MESSAGE')],
  ['a comment', armoured(`Comment: x\n${body}`)],
  ['a body that is not base64', armoured(`${body}A`)],
])('an output with %s is refused', async (_, text) => {
  await expect(signBy(printing(text))).rejects.toMatchObject({ code: 'sign-failed' });
});

test.each([
  ['a failure', printing(armoured(body), 255, 'Load key "KEY": incorrect passphrase\nsigning failed\n')],
  ['a kill', printing(armoured(body), null)],
])('%s is a failure even with a signature printed', async (_, run) => {
  await expect(signBy(run)).rejects.toMatchObject({ code: 'sign-failed' });
});

test('the words of ssh-keygen are kept on one line', async () => {
  await expect(signBy(printing('', 255, 'Load key "KEY": bad\nsigning failed\n'))).rejects.toThrowError(
    'ssh-keygen could not sign with KEY: Load key "KEY": bad; signing failed',
  );
});

test('what ssh-keygen says meanwhile is handed on', async () => {
  const said: string[] = [];
  const run: RunProgram = async (_args, _input, onNotice) => {
    onNotice('Confirm user presence for key');
    return { code: 0, stdout: Buffer.from(armoured(body)), stderr: '' };
  };
  const onNotice = (text: string): void => {
    said.push(text);
  };
  await signWithSshKeygen({ keyFile: 'KEY', message, namespace: NAMESPACE, run, onNotice });
  expect(said).toEqual(['Confirm user presence for key']);
});

test('a missing ssh-keygen is said', async () => {
  vi.stubEnv('PATH', '/nowhere');
  try {
    await expect(signWithSshKeygen({ keyFile: 'KEY', message, namespace: NAMESPACE })).rejects.toMatchObject({
      code: 'sign-failed',
      message: expect.stringContaining('cannot be started'),
    });
  } finally {
    vi.unstubAllEnvs();
  }
});
