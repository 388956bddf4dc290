import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FORMATS } from '../../src/cli/formats.ts';
import { EXIT } from '../../src/model/decision.ts';
import { runIn } from './memory-io.ts';

const INCIDENT = join(import.meta.dirname, '../../fixtures/incident/plan.json');
const HARMLESS = join(import.meta.dirname, '../../fixtures/harmless/plan.json');
const folder = (): string => mkdtempSync(join(tmpdir(), 'check-plan-formats-'));

test('every format comes from one run, each in its file', async () => {
  const cwd = folder();
  const names = Object.keys(FORMATS);
  const given = names.flatMap((name) => ['--format', `${name}=report.${name}`]);
  const { exitCode, stdout } = await runIn([INCIDENT, ...given], { cwd });
  expect([exitCode, stdout]).toEqual([EXIT.signOffRequired, '']);
  for (const name of names) expect(readFileSync(join(cwd, `report.${name}`), 'utf8')).toContain('billing');
});

test('the github format adds to the page of the run', async () => {
  const cwd = folder();
  const file = join(cwd, 'summary.md');
  writeFileSync(file, 'of another step\n');
  const { stdout } = await runIn([INCIDENT, '--format', 'github'], {
    cwd,
    env: { GITHUB_STEP_SUMMARY: file },
  });
  expect(stdout).toMatch(/^::error title=check-plan%3A BLOCKED until signed off::/);
  expect(readFileSync(file, 'utf8')).toMatch(
    /^of another step\n<!-- check-plan -->\n## ⛔ BLOCKED until signed off\n/,
  );
});

test('a page of the run that cannot be written changes no decision', async () => {
  const cwd = folder();
  const env = { GITHUB_STEP_SUMMARY: join(cwd, 'nowhere/summary.md') };
  const { exitCode, stderr } = await runIn([HARMLESS, '--format', 'github'], { cwd, env });
  expect([exitCode, stderr]).toEqual([EXIT.allowed, expect.stringContaining('the summary is not written')]);
});

test('an unknown format is refused with those that there are', async () => {
  const { exitCode, stderr } = await runIn([INCIDENT, '--format', 'xml']);
  expect(exitCode).toBe(EXIT.usage);
  for (const name of Object.keys(FORMATS)) expect(stderr).toContain(name);
});

test('an advisory run tells what it would be, and does not stop', async () => {
  const cwd = folder();
  const { exitCode, stdout, stderr } = await runIn(
    [INCIDENT, '--advisory', '--format', 'text', '--format', 'json=r.json'],
    {
      cwd,
    },
  );
  expect(exitCode).toBe(EXIT.allowed);
  expect(stdout).toMatch(/^NOT STOPPED, advisory only: without --advisory it would be BLOCKED/);
  expect(stderr).toContain('exit code 0, and without --advisory 3');
  const report = JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8'));
  expect(report).toMatchObject({ advisory: true, decision: 'sign-off-required', exitCode: 3 });
});

test('an advisory run that cannot judge, or is called wrongly, still stops', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'plan.json'), '{');
  const { exitCode, stdout } = await runIn(['plan.json', '--advisory'], { cwd });
  expect(exitCode).toBe(EXIT.cannotJudge);
  expect(stdout).toMatch(/^CANNOT JUDGE/);
  expect((await runIn(['--advisory'], { cwd })).exitCode).toBe(EXIT.usage);
});

test('an advisory run of what is allowed is like any other', async () => {
  const [plain, advisory] = [await runIn([HARMLESS]), await runIn([HARMLESS, '--advisory'])];
  expect(advisory).toEqual(plain);
});
