import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../src/model/decision.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { runIn } from './memory-io.ts';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJDJ7fUovNSLZlhBu3zUPjuSFqbnzuPIRoPzjJpTSK1G';

/** A folder with Terraform for one account, and a home with one key. */
const project = () => {
  const cwd = mkdtempSync(join(tmpdir(), 'check-plan-init-'));
  const home = join(cwd, 'home');
  mkdirSync(join(home, '.ssh'), { recursive: true });
  mkdirSync(join(cwd, 'environments/prod'), { recursive: true });
  writeFileSync(join(home, '.ssh/id_ed25519.pub'), `${KEY} me@laptop\n`);
  writeFileSync(
    join(cwd, 'environments/prod/main.tf'),
    'provider "aws" {\n  allowed_account_ids = ["111122223333"]\n}\nlocals { build = 202611221200 }\n',
  );
  return { cwd, env: { PATH: process.env['PATH'], HOME: home } };
};

test('a first policy names what was found, is valid, and lets nobody sign yet', async () => {
  const { cwd, env } = project();
  expect(await runIn(['init'], { cwd, env })).toMatchObject({ exitCode: EXIT.allowed, stderr: '' });
  const policy = parsePolicy(readFileSync(join(cwd, 'check-plan.yaml'), 'utf8'), 'check-plan.yaml');
  expect(policy.production.accounts).toEqual(['111122223333']);
  expect(policy.roster.persons.map(({ level, keys }) => [level, keys[0]?.publicKey])).toEqual([['mid', KEY]]);
});

test('an existing policy is never overwritten', async () => {
  const { cwd, env } = project();
  writeFileSync(join(cwd, 'check-plan.yaml'), 'version: 1\n');
  expect((await runIn(['init'], { cwd, env })).exitCode).toBe(EXIT.usage);
  expect(readFileSync(join(cwd, 'check-plan.yaml'), 'utf8')).toBe('version: 1\n');
});
