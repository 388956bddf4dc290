import { chmodSync, mkdtempSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findTerraform, type Terraform } from '../../src/adapters/program.ts';
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
  const found = await findTerraform(terraform, cwd);
  for await (const chunk of showPlan('tfplan', 'tfplan', cwd, found, terraform.env)) chunks.push(chunk);
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
  await expect(findTerraform(terraform, tmpdir())).rejects.toMatchObject({
    code: 'terraform-failed',
    message: expect.stringContaining('/nowhere/tofu'),
  });
});

test('with neither program on the path the mend names both ways', async () => {
  await expect(findTerraform({ program: null, env: { PATH: '/nowhere' } }, tmpdir())).rejects.toMatchObject({
    code: 'terraform-failed',
    mend: expect.stringContaining('show -json'),
  });
});

test('it is found once, as a shell would find it, and told apart from a program put in its place', async () => {
  const first = program('echo first');
  const empty = mkdtempSync(join(tmpdir(), 'check-plan-terraform-'));
  const onPath: Terraform = { program: null, env: { PATH: `${empty}:${first.cwd}` } };
  const found = await findTerraform(onPath, tmpdir());
  expect(found.path).toBe(realpathSync(first.program));
  expect((await findTerraform({ program: './terraform', env: {} }, first.cwd)).path).toBe(found.path);
  expect(await found.isSame()).toBe(true);
  const other = program('echo other');
  renameSync(other.program, first.program);
  expect(await found.isSame()).toBe(false);
});
