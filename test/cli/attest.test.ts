import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { preAuthentication } from '../../src/signoff/envelope.ts';
import { temporaryFolder } from '../adapters/repository.ts';
import { runIn } from './memory-io.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);

function folderWith(fixture: string): string {
  const cwd = temporaryFolder();
  copyFileSync(new URL(`${fixture}/plan.json`, FIXTURES), join(cwd, 'plan.json'));
  return cwd;
}

const statementIn = (text: string) => JSON.parse(text);

test('an allowed plan is attested by its bytes, with only what was found to hold', async () => {
  const cwd = folderWith('harmless');
  const { exitCode } = await runIn(['plan.json', '--attest', 'a.json'], { cwd });
  expect(exitCode).toBe(0);
  const statement = statementIn(readFileSync(join(cwd, 'a.json'), 'utf8'));
  const sha256 = createHash('sha256')
    .update(readFileSync(join(cwd, 'plan.json')))
    .digest('hex');
  expect(statement).toMatchObject({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'plan.json', digest: { sha256 } }],
    predicateType: 'https://in-toto.io/attestation/svr/v0.2',
    predicate: {
      timeCreated: '2026-11-22T12:00:00.000Z',
      properties: ['CHECK_PLAN_JUDGED', 'CHECK_PLAN_ALLOWED', 'CHECK_PLAN_NEEDS_NO_SIGN_OFF'],
    },
  });
});

test('what is not allowed is attested as judged, and as nothing more', async () => {
  const cwd = folderWith('incident');
  expect((await runIn(['plan.json', '--attest', 'a.json'], { cwd })).exitCode).toBe(3);
  const statement = statementIn(readFileSync(join(cwd, 'a.json'), 'utf8'));
  expect(statement.predicate.properties).toEqual(['CHECK_PLAN_JUDGED']);
});

test('of what could not be judged nothing is attested to hold', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'plan.json'), '{"format_version":"9.0"}');
  expect((await runIn(['plan.json', '--attest', 'a.json'], { cwd })).exitCode).toBe(1);
  expect(statementIn(readFileSync(join(cwd, 'a.json'), 'utf8')).predicate.properties).toEqual([]);
});

test('a key of the pipeline signs it, and ssh-keygen agrees', async () => {
  const cwd = folderWith('harmless');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(cwd, 'key')]);
  const { exitCode } = await runIn(['plan.json', '--attest', 'a.json', '--attest-key', 'key'], { cwd });
  expect(exitCode).toBe(0);
  const envelope = JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8'));
  const blob = Buffer.from(envelope.signatures[0].sig, 'base64')
    .toString('base64')
    .replace(/(.{70})/g, '$1\n');
  writeFileSync(join(cwd, 'sig'), `-----BEGIN SSH SIGNATURE-----\n${blob}\n-----END SSH SIGNATURE-----\n`);
  writeFileSync(join(cwd, 'allowed'), `ci ${readFileSync(join(cwd, 'key.pub'), 'utf8')}`);
  const message = preAuthentication(Buffer.from(envelope.payload, 'base64'));
  const verify = (namespace: string) =>
    execFileSync('ssh-keygen', ['-Y', 'verify', '-f', 'allowed', '-I', 'ci', '-n', namespace, '-s', 'sig'], {
      cwd,
      input: message,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  expect(verify('attestation@check-plan')).toContain('Good');
  expect(() => verify('sign-off@check-plan')).toThrow();
});

test('a key without a file to write is a mistake', async () => {
  const cwd = folderWith('harmless');
  expect((await runIn(['plan.json', '--attest-key', 'key'], { cwd })).exitCode).toBe(64);
});

test('--log tells the store of a judgement, and nothing does without it', async () => {
  const cwd = folderWith('incident');
  await runIn(['plan.json'], { cwd });
  expect(existsSync(join(cwd, '.check-plan'))).toBe(false);
  await runIn(['plan.json', '--log'], { cwd });
  const { stdout } = await runIn(['audit'], { cwd });
  expect(stdout).toMatch(/decided[\s\S]*sign-off-required[\s\S]*plan\.json sha256:[0-9a-f]{64}/);
});
