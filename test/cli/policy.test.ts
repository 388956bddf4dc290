import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../src/model/decision.ts';
import { runIn } from './memory-io.ts';

const EMPTY_PLAN = JSON.stringify({
  format_version: '1.2',
  planned_values: { root_module: {} },
  resource_changes: [],
  configuration: { root_module: {} },
});

const reportWith = async (policy: string | null, ...argv: string[]) => {
  const cwd = mkdtempSync(join(tmpdir(), 'check-plan-policy-'));
  if (policy !== null) writeFileSync(join(cwd, 'check-plan.yaml'), policy);
  const { stdout } = await runIn(['-', '--format', 'json', ...argv], { stdin: EMPTY_PLAN, cwd });
  return JSON.parse(stdout);
};

const override = (id: string, expires: string) =>
  `version: 1\nrules:\n  ${id}: { severity: low, reason: a copy stands by, expires: ${expires} }\n`;

describe('a policy that cannot be taken at its word stops the run', () => {
  test.each<[string, string | null, string[], string]>([
    ['an override of a rule that does not exist', override('CP999', '2027-01-01'), [], 'policy-invalid'],
    ['a key that is not known', 'version: 1\nrooster: {}\n', [], 'policy-invalid'],
    ['an empty file', '', [], 'policy-invalid'],
    ['a named file that is not there', null, ['--policy', 'other.yaml'], 'policy-unreadable'],
    ['a ref outside of a repository', null, ['--policy', 'git:main:check-plan.yaml'], 'policy-unreadable'],
  ])('%s', async (_, policy, argv, code) => {
    expect(await reportWith(policy, ...argv)).toMatchObject({
      decision: 'blocked',
      exitCode: EXIT.cannotJudge,
      errors: [{ code }],
    });
  });

  test('a folder in its place', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'check-plan-policy-'));
    symlinkSync('.', join(cwd, 'check-plan.yaml'));
    expect((await runIn(['-'], { stdin: EMPTY_PLAN, cwd })).exitCode).toBe(EXIT.cannotJudge);
  });
});

describe('what the run should know is noted', () => {
  test('an override that has expired', async () => {
    const { notes, exitCode } = await reportWith(override('CP001', '2026-01-01'));
    expect(exitCode).toBe(EXIT.allowed);
    expect(notes).toEqual([expect.stringContaining('CP001 expired 2026-01-01')]);
  });

  test('an override in force that makes a critical rule milder, and no other', async () => {
    const { notes } = await reportWith(override('CP001', '2027-01-01'));
    expect(notes).toEqual([expect.stringContaining('sets CP001, which can be critical, to')]);
    expect((await reportWith(override('CP019', '2027-01-01'))).notes).toEqual([]);
  });

  test('an environment that says neither', async () => {
    const { notes } = await reportWith(null, '--environment', 'blue');
    expect(notes).toEqual([expect.stringContaining('--environment blue')]);
  });
});
