import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSigner } from '../signoff/signer.ts';
import { deletion, planOf } from './plans.ts';

const COMMAND = resolve(import.meta.dirname, '../../bin/check-plan.js');
const isBuilt = existsSync(resolve(import.meta.dirname, '../../dist/command/main.js'));
const isLinux = existsSync('/proc/self/stat');
const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

/** A program makes a terminal, and types in it what a person would. */
describe.skipIf(!isBuilt || !isLinux)(
  `a terminal that a program made${isBuilt && isLinux ? '' : ' (SKIPPED: it needs Linux, and npm run build)'}`,
  () => {
    const cwd = mkdtempSync(join(tmpdir(), 'check-plan-terminal-'));
    const alice = createSigner('ed25519');
    writeFileSync(join(cwd, 'plan.json'), planOf(deletion()));
    writeFileSync(join(cwd, 'alice.pub'), alice.line);
    writeFileSync(
      join(cwd, 'check-plan.yaml'),
      `version: 1\nroster: { persons: [{ id: alice, level: senior, emails: [a@example.dev], keys: ["${alice.line}"] }] }\n`,
    );
    const sign = `${process.execPath} ${COMMAND} sign plan.json --key alice.pub`;
    const env = { PATH: process.env['PATH'], HOME: cwd, TERM: 'xterm' };
    const run = (program: string, args: readonly string[], more: object = {}) => {
      const { stdout, status } = spawnSync(program, args, {
        cwd,
        env: { ...env, ...more },
        input: '1\n',
        encoding: 'utf8',
        timeout: 60_000,
      });
      return { stdout: stdout.replace(/\s+/g, ' '), status };
    };

    test.skipIf(!has('script'))('script(1): refused', () => {
      const { stdout } = run('script', ['-qec', sign, '/dev/null']);
      expect(stdout).toMatch(/signing needs a person at a terminal/);
      expect(stdout).not.toContain('How many changes');
    });

    test.skipIf(!has('python3'))("python's pty module: refused", () => {
      const { stdout } = run('python3', [
        '-c',
        `import pty,sys; pty.spawn(${JSON.stringify(sign.split(' '))})`,
      ]);
      expect(stdout).toMatch(/signing needs a person at a terminal/);
      expect(stdout).not.toContain('How many changes');
    });

    test.skipIf(!has('script'))(
      'with the variable of an agent taken away only for the command: refused',
      () => {
        const hidden = `env -u CLAUDECODE ${sign}`;
        const { stdout } = run('script', ['-qec', hidden, '/dev/null'], { CLAUDECODE: '1' });
        expect(stdout).toMatch(/CLAUDECODE set, as an AI agent does/);
      },
    );

    test('in a session without any terminal: refused', () => {
      const { status } = run('setsid', ['-w', 'sh', '-c', `${sign} < /dev/null`]);
      expect(status).toBe(1);
    });
  },
);
