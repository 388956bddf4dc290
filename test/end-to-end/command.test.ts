import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import config from '../../rolldown.config.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const root = mkdtempSync(join(tmpdir(), 'check-plan-command-'));
const command = join(root, 'dist/command/main.js');
const plans = join(root, 'plans');
afterAll(() => rmSync(root, { recursive: true }));

const FIXTURES = ['destroy', 'disarm', 'harmless', 'incident', 'moved'];

beforeAll(async () => {
  const { output, ...input } = config;
  const bundle = await rolldown({ ...input, cwd: REPOSITORY });
  await bundle.write({ ...(Array.isArray(output) ? output[0] : output), dir: join(root, 'dist/command') });
  await bundle.close();
  symlinkSync(join(REPOSITORY, 'rules'), join(root, 'rules'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  for (const fixture of FIXTURES) {
    mkdirSync(join(plans, fixture), { recursive: true });
    cpSync(join(REPOSITORY, 'fixtures', fixture, 'plan.json'), join(plans, fixture, 'plan.json'));
  }
});

/** Runs the command as it is installed: nothing but Node.js, its own files and the rules. */
function run(...argv: readonly string[]) {
  const env = { PATH: process.env['PATH'], HOME: root };
  const options = { cwd: root, env, encoding: 'utf8', maxBuffer: 1 << 28 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...argv], options);
  return { status, stdout, stderr };
}

const reported = (...argv: readonly string[]) => {
  const { status, stdout, stderr } = run(...argv, '--format', 'json');
  expect(stderr).toBe('');
  return { status, report: JSON.parse(stdout) };
};

describe('the bundled command', () => {
  test('judges, and ends with the code of the decision', () => {
    expect(run('plans/harmless/plan.json')).toMatchObject({ status: 0, stderr: '' });
    expect(run('plans/incident/plan.json')).toMatchObject({ status: 3, stderr: '' });
    expect(run('plans/incident/main.tf')).toMatchObject({ status: 1, stderr: '' });
  });

  test('loads what only some runs need', () => {
    expect(run('rules', 'CP001').status).toBe(0);
    writeFileSync(join(root, 'strict.yaml'), 'version: 1\nsignOff: { maxHours: 2 }\n');
    expect(reported('plans/harmless/plan.json', '--policy', 'strict.yaml').report.policy.source).toBe(
      'strict.yaml',
    );
    expect(run('sign', 'plans/incident/plan.json', '--key', 'none')).toMatchObject({ status: 1 });
    expect(run('verify', 'none', 'plans/incident/plan.json')).toMatchObject({ status: 3 });
  });

  test('comes with the licences of what it holds', () => {
    const licences = readFileSync(join(root, 'dist/command/LICENSES.txt'), 'utf8');
    for (const word of ['commander', 'picocolors', 'valibot', 'yaml', 'Permission'])
      expect(licences).toContain(word);
  });

  test('says in threads exactly what it says without', () => {
    const [alone, together] = [reported('plans', '--jobs', '1'), reported('plans', '--jobs', '3')];
    expect(alone.status).toBe(3);
    expect(alone.report.changeSets).toHaveLength(FIXTURES.length);
    expect(together).toEqual(alone);
  });

  test('keeps what went wrong in a thread to the plan that it had', () => {
    writeFileSync(join(plans, 'harmless/cut.json'), '{"format_version": "1.2",');
    const [alone, together] = [reported('plans', '--jobs', '1'), reported('plans', '--jobs', '2')];
    expect(together).toEqual(alone);
    expect(together.status).toBe(1);
    expect(together.report.errors).toMatchObject([{ code: 'not-json', source: 'plans/harmless/cut.json' }]);
    expect(together.report.changeSets).toHaveLength(FIXTURES.length);
  });
});
