import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createSigner } from '../signoff/signer.ts';
import { missing, named, scene, withPolicy } from './scene.ts';

const PATH = process.env['PATH'];
const agents: string[] = [];
afterAll(() => {
  for (const pid of agents) spawnSync('kill', [pid]);
});

/** An agent signs with what lies open on the machine of the person: a key in ssh-agent. */
describe.skipIf(missing)(named('T5 an agent signs for a person'), () => {
  test('with the variables that agents set: refused', async () => {
    const here = await scene();
    for (const name of ['CLAUDECODE', 'CODEX_THREAD_ID', 'CURSOR_AGENT', 'AI_AGENT', 'KIRO_SESSION_ID'])
      expect((await here.sign('alice', [], { env: { PATH, [name]: '1' } })).exitCode).toBe(1);
    expect(here.records()).toEqual([]);
  });

  test('through a pipe, and by typing yes: refused', async () => {
    const here = await scene();
    const piped = { isTerminal: { stdin: false, stdout: false, stderr: false } };
    expect((await here.sign('alice', [], piped)).exitCode).toBe(1);
    expect((await here.sign('alice', [], { ask: async () => 'yes' })).exitCode).toBe(1);
    expect(here.records()).toEqual([]);
  });

  test('past this program, with the key that is open in ssh-agent: worth nothing where a touch is asked for', async () => {
    const here = await scene();
    const output = execFileSync('ssh-agent', ['-s'], { encoding: 'utf8' });
    const [, socket = ''] = /SSH_AUTH_SOCK=([^;]+)/.exec(output) ?? [];
    const [, pid = ''] = /SSH_AGENT_PID=(\d+)/.exec(output) ?? [];
    agents.push(pid);
    const env = { ...process.env, SSH_AUTH_SOCK: socket };
    execFileSync('ssh-add', ['-q', join(here.cwd, 'keys/alice')], { env, stdio: 'ignore' });
    rmSync(join(here.cwd, 'keys/alice'));
    const before = process.env['SSH_AUTH_SOCK'];
    process.env['SSH_AUTH_SOCK'] = socket;
    const record = here.forged('alice');
    if (before === undefined) delete process.env['SSH_AUTH_SOCK'];
    else process.env['SSH_AUTH_SOCK'] = before;
    here.put(record);
    expect(await here.check()).toMatchObject({ exitCode: 0, verdicts: ['accepted'] });
    withPolicy(here, (yaml) => `${yaml}signOff: { presence: touch }\n`);
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['presence'] });
  });

  test('with a security key that nobody touches: worth nothing', async () => {
    const here = await scene();
    const device = createSigner('sk-ed25519');
    withPolicy(
      here,
      (yaml) => `${yaml.replace('keys: [', `keys: ["${device.line}", `)}signOff: { presence: touch }\n`,
    );
    const { payload } = JSON.parse(here.forged('alice').toString());
    const bytes = Buffer.from(payload, 'base64');
    const { preAuthentication, writeEnvelope } = await import('../../src/signoff/envelope.ts');
    for (const [flags, verdict] of [
      [0, 'presence'],
      [1, 'accepted'],
    ] as const) {
      here.put(writeEnvelope(bytes, '', device.sign(preAuthentication(bytes), { flags })));
      expect((await here.check()).verdicts).toEqual([verdict]);
    }
  });
});
