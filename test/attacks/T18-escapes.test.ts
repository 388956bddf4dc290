import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runIn } from '../cli/memory-io.ts';
import { createSigner } from '../signoff/signer.ts';
import { deletion, planOf } from './plans.ts';

const CLEAR = '\u001b[2J\u001b[H';
const LINK = '\u001b]8;;https://evil.example\u0007allowed\u001b]8;;\u0007';
const hostile = planOf(
  deletion({ element: { address: `aws_db_instance.main["${CLEAR}${LINK}\r\u0085\u009b2J"]` } }),
);

/** Names that a terminal or a build log would carry out. */
describe('T18 a name that commands the terminal', () => {
  test.each(['text', 'markdown', 'github', 'gitlab', 'junit', 'sarif', 'json'])(
    'in the format %s',
    async (format) => {
      const { stdout, stderr } = await runIn(['-', '--format', format], { stdin: hostile });
      expect(stdout).not.toBe('');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(`${stdout}${stderr}`).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    },
  );

  test('on the screen of whoever signs', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'check-plan-attack-'));
    const alice = createSigner('ed25519');
    writeFileSync(join(cwd, 'plan.json'), hostile);
    writeFileSync(join(cwd, 'alice.pub'), alice.line);
    writeFileSync(
      join(cwd, 'check-plan.yaml'),
      `version: 1\nroster: { persons: [{ id: alice, level: senior, emails: [a@example.dev], keys: ["${alice.line}"] }] }\n`,
    );
    const { stdout } = await runIn(['sign', 'plan.json', '--key', 'alice.pub'], {
      cwd,
      isTerminal: { stdin: true, stdout: true, stderr: true },
      env: { PATH: process.env['PATH'], NO_COLOR: '1' },
      ask: async () => 'no',
    });
    expect(stdout).toContain('Your signature stands for exactly this');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  });
});
