import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../src/policy/parse.ts';
import { AAGUID, attestationOf, createMaker, opensslIsMissing } from '../signoff/authenticator.ts';
import { createSigner } from '../signoff/signer.ts';
import { type Ran, runIn } from './memory-io.ts';

const alice = createSigner('ed25519');
const device = createSigner('sk-ed25519');
const POLICY = `# Who may sign, and why: see the handbook.
version: 1
roster:
  levels: [mid, senior] # lowest first
  persons:
    # Alice leads payments.
    - id: alice
      level: senior
      emails: [alice@example.dev]
      keys:
        - ${alice.line} # her laptop
signOff:
  maxHours: 8 # a working day
  required:
    critical: { ai: { persons: 1, level: senior } }
`;

function folderWith(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'check-plan-enrol-'));
  for (const [name, text] of Object.entries({ 'check-plan.yaml': POLICY, ...files }))
    writeFileSync(join(folder, name), text);
  return folder;
}
const enrol = (cwd: string, ...argv: readonly string[]): Promise<Ran> =>
  runIn(['enrol', ...argv], { cwd, now: () => Date.now() });
const policyIn = (cwd: string, name = 'check-plan.yaml') => readFileSync(join(cwd, name), 'utf8');
const rosterIn = (cwd: string) => parsePolicy(policyIn(cwd), 'p').roster.persons;

test('a key is added to a person, and every comment stays', async () => {
  const cwd = folderWith({ 'sk.pub': `${device.line} alice@yubikey\n` });
  const { exitCode, stdout } = await enrol(
    cwd,
    '--id',
    'alice',
    '--key',
    'sk.pub',
    '--account',
    'github:alice',
  );
  expect(exitCode).toBe(0);
  expect(stdout).toContain('nothing vouches for it');
  const text = policyIn(cwd);
  for (const comment of POLICY.match(/#.*/g) ?? []) expect(text).toContain(comment);
  expect(rosterIn(cwd)).toMatchObject([
    {
      id: 'alice',
      level: 'senior',
      keys: [{ publicKey: alice.line }, { publicKey: device.line, hardware: null }],
    },
  ]);
  expect(rosterIn(cwd)[0]?.identities).toContain('github:alice');
  expect(readdirSync(cwd).sort()).toEqual(['check-plan.yaml', 'sk.pub']);
});

test('a new person is added, with a level', async () => {
  const bob = createSigner('p256');
  const cwd = folderWith({ 'bob.pub': bob.line });
  expect((await enrol(cwd, '--id', 'bob', '--key', 'bob.pub')).exitCode).toBe(64);
  const named = [
    '--id',
    'bob',
    '--level',
    'mid',
    '--email',
    'bob@example.dev',
    '--team',
    'core',
    '--valid-before',
    '2030-01-01',
  ];
  const { exitCode, stdout } = await enrol(cwd, ...named, '--key', 'bob.pub');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('is on no security key');
  expect(rosterIn(cwd)[1]).toMatchObject({
    id: 'bob',
    level: 'mid',
    teams: ['core'],
    identities: ['mail:bob@example.dev'],
    keys: [{ publicKey: bob.line, validBefore: Date.UTC(2030, 0) }],
  });
});

test('a roster is begun where there is none', async () => {
  const cwd = folderWith({ 'check-plan.yaml': 'version: 1\n', 'alice.pub': alice.line });
  expect((await enrol(cwd, '--id', 'alice', '--level', 'senior', '--key', 'alice.pub')).exitCode).toBe(0);
  expect(rosterIn(cwd)).toHaveLength(1);
});

test.each<[string, readonly string[]]>([
  ['a key that is there already', ['--id', 'alice', '--key', 'alice.pub']],
  ['a key of somebody else', ['--id', 'eve', '--level', 'senior', '--key', 'alice.pub']],
  ['a level that is not there', ['--id', 'bob', '--level', 'boss', '--key', 'sk.pub']],
  ['an id that is none', ['--id', 'Böb', '--level', 'mid', '--key', 'sk.pub']],
  [
    'a mail address of somebody else',
    ['--id', 'bob', '--level', 'mid', '--email', 'ALICE@example.dev', '--key', 'sk.pub'],
  ],
  ['an account that is none', ['--id', 'alice', '--account', 'alice', '--key', 'sk.pub']],
  ['a private key', ['--id', 'alice', '--key', 'private.pub']],
  ['an attestation without its challenge', ['--id', 'alice', '--key', 'sk.pub', '--attestation', 'sk.pub']],
])('%s changes nothing', async (_, argv) => {
  const files = {
    'alice.pub': alice.line,
    'sk.pub': device.line,
    'private.pub': '-----BEGIN OPENSSH PRIVATE KEY-----',
  };
  const cwd = folderWith(files);
  expect((await enrol(cwd, ...argv)).exitCode).not.toBe(0);
  expect(policyIn(cwd)).toBe(POLICY);
  expect(readdirSync(cwd)).toHaveLength(4);
});

describe.skipIf(opensslIsMissing)(
  `with an attestation${opensslIsMissing ? ' (SKIPPED: openssl is missing)' : ''}`,
  () => {
    const maker = opensslIsMissing ? null : createMaker('Maker');
    if (maker === null) return;
    const challenge = Buffer.from('challenge');
    const files = { 'sk.pub': device.line, challenge, 'roots.pem': maker.rootPem };
    const argv = [
      '--id',
      'alice',
      '--key',
      'sk.pub',
      '--attestation',
      'sk.att',
      '--challenge',
      'challenge',
      '--roots',
      'roots.pem',
    ];

    test('that holds, the model is written down', async () => {
      const cwd = folderWith({ ...files, 'sk.att': attestationOf(device, maker, challenge) });
      const { exitCode, stdout } = await enrol(cwd, ...argv);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(AAGUID);
      expect(rosterIn(cwd)[0]?.keys[1]?.hardware?.aaguid).toBe(AAGUID);
    });

    test('that does not hold, nothing is written: it is not passed over', async () => {
      const wrong = attestationOf(device, maker, Buffer.from('older challenge'));
      const cwd = folderWith({ ...files, 'sk.att': wrong });
      expect(await enrol(cwd, ...argv)).toMatchObject({ exitCode: 1, stdout: '' });
      expect(policyIn(cwd)).toBe(POLICY);
    });
  },
);

describe('from lists that others keep', () => {
  const bob = createSigner('ed25519');
  const carol = createSigner('sk-ed25519');

  test('an allowed_signers file', async () => {
    const list = [
      '# the team',
      `alice@example.dev ${alice.line}`,
      `bob@example.dev namespaces="git,sign-off@check-plan",valid-before="20300101Z" ${bob.line} laptop`,
      `carol@example.dev ${carol.line}`,
      `*@example.dev ${createSigner('ed25519').line}`,
      `dave@example.dev,erin@example.dev ${createSigner('ed25519').line}`,
      `ca@example.dev cert-authority ${createSigner('ed25519').line}`,
      `git@example.dev namespaces="git" ${createSigner('ed25519').line}`,
      `zone@example.dev valid-after="20300101" ${createSigner('ed25519').line}`,
      `old@example.dev ssh-dss AAAAB3NzaC1kc3MAAA==`,
    ].join('\n');
    const cwd = folderWith({ allowed_signers: list });
    const { exitCode, stdout } = await enrol(cwd, '--from', 'allowed_signers', '--level', 'mid');
    expect(exitCode).toBe(0);
    expect(rosterIn(cwd).map(({ id, level }) => [id, level])).toEqual([
      ['alice', 'senior'],
      ['bob', 'mid'],
      ['carol', 'mid'],
    ]);
    expect(rosterIn(cwd)[1]).toMatchObject({
      identities: ['mail:bob@example.dev'],
      keys: [{ publicKey: bob.line, validBefore: Date.UTC(2030, 0) }],
    });
    for (const left of [
      '*@example.dev',
      'dave@example.dev,erin',
      'ca@example.dev',
      'git@example.dev',
      'zone@example.dev',
      'old@example.dev',
    ])
      expect(stdout).toContain(left);
  });

  test.each<[string, string]>([
    ['github.com/NAME.keys', `${bob.line}\n${carol.line}\n`],
    [
      'gh api users/NAME/keys',
      JSON.stringify([
        { id: 1, key: bob.line },
        { id: 2, key: carol.line },
      ]),
    ],
    [
      'the keys of a GitLab user',
      JSON.stringify([{ id: 1, key: `${bob.line} x`, expires_at: null }, { key: carol.line }]),
    ],
  ])('the keys of one person: %s', async (_, list) => {
    const cwd = folderWith({ list });
    expect((await enrol(cwd, '--from', 'list', '--level', 'mid')).exitCode).toBe(64);
    const { exitCode } = await enrol(
      cwd,
      '--from',
      'list',
      '--id',
      'bob',
      '--level',
      'mid',
      '--account',
      'github:bob',
    );
    expect(exitCode).toBe(0);
    expect(rosterIn(cwd)[1]?.keys.map(({ publicKey }) => publicKey)).toEqual([bob.line, carol.line]);
    const again = await enrol(cwd, '--from', 'list', '--id', 'bob');
    expect(again.stdout).toContain('2 of the listed keys are in the roster already');
    expect(rosterIn(cwd)[1]?.keys).toHaveLength(2);
  });

  test.each(['', '[', '{"message":"Not Found"}', '<!DOCTYPE html>', '[{"id":1}]'])(
    '%j is no list of keys',
    async (list) => {
      const cwd = folderWith({ list });
      const { exitCode } = await enrol(cwd, '--from', 'list', '--id', 'bob', '--level', 'mid');
      expect(exitCode === 1 || rosterIn(cwd).length === 1).toBe(true);
      expect(policyIn(cwd)).toBe(POLICY);
    },
  );
});
