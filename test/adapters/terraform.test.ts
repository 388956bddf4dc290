import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { showPlan } from '../../src/adapters/terraform.ts';

/** A program in place of terraform: what it prints, and how it ends. */
function program(script: string): { program: string; cwd: string } {
  const cwd = mkdtempSync(join(tmpdir(), 'check-plan-terraform-'));
  const path = join(cwd, 'terraform');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { program: path, cwd };
}

async function shown(script: string, env: Record<string, string> = {}): Promise<string> {
  const { program: path, cwd } = program(script);
  const chunks: Uint8Array[] = [];
  const terraform = { program: path, env: { PATH: process.env['PATH'], ...env } };
  for await (const chunk of showPlan('tfplan', 'tfplan', cwd, terraform)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

test('it is asked for JSON of exactly the file', async () => {
  expect(await shown('echo "$@"')).toBe('show -no-color -json tfplan\n');
});

test('it runs in the folder where init ran', async () => {
  expect(await shown('pwd')).toContain('check-plan-terraform-');
});

test('variables that would change its output do not reach it', async () => {
  const env = { TF_CLI_ARGS: '-help', TF_CLI_ARGS_show: '-help', TF_LOG: 'trace', TF_DATA_DIR: 'kept' };
  expect(await shown('echo "[$TF_CLI_ARGS$TF_CLI_ARGS_show$TF_LOG]$TF_DATA_DIR"', env)).toBe('[]kept\n');
});

test('a failure after the whole plan was printed is still a failure, in its own words', async () => {
  await expect(shown('echo "{}"; echo "no schema for the provider" >&2; exit 1')).rejects.toMatchObject({
    code: 'terraform-failed',
    message: expect.stringContaining('no schema for the provider'),
  });
});

test('a program that is not there is named', async () => {
  const terraform = { program: '/nowhere/tofu', env: {} };
  await expect(showPlan('tfplan', 'tfplan', tmpdir(), terraform).next()).rejects.toMatchObject({
    code: 'terraform-failed',
    message: expect.stringContaining('/nowhere/tofu'),
  });
});

test('with neither program on the path the mend names both ways', async () => {
  await expect(
    showPlan('tfplan', 'tfplan', tmpdir(), { program: null, env: { PATH: '/nowhere' } }).next(),
  ).rejects.toMatchObject({ code: 'terraform-failed', mend: expect.stringContaining('show -json') });
});
