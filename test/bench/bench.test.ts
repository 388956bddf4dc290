import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'check-plan-bench-test-'));
const temporary = mkdtempSync(join(root, 'tmp-'));
afterAll(() => rmSync(root, { recursive: true }));

/** The bench, on tiny plans, of a command that ends with a code. */
function run(exitCode: number) {
  const command = join(root, `ends-with-${exitCode}.mjs`);
  writeFileSync(command, `process.exitCode = ${exitCode};\n`);
  const bench = join(import.meta.dirname, '../../bench/bench.mjs');
  const sizes = ['--sizes', '100KB', '--plans', '2', '--plan-size', '20KB', '--rounds', '1'];
  return spawnSync(process.execPath, [bench, ...sizes, '--command', command], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], TMPDIR: temporary },
  });
}

test('measures, prints the table, and leaves nothing behind', () => {
  const { status, stdout, stderr } = run(3);
  expect(status, stderr).toBe(0);
  expect(stdout).toMatch(/^\| time, 100 KB plan: .* \| ≤ 2 \| [\d./]+ \|/m);
  expect(stdout).toMatch(/^\| 2 of 20 KB, 10 % changed \| check-plan \| [\d.]+ m?s \|/m);
  expect(readdirSync(temporary)).toEqual([]);
});

test('a command that fails is not measured', () => {
  const { status, stderr } = run(1);
  expect(status).not.toBe(0);
  expect(stderr).toContain('ended with 1');
  expect(readdirSync(temporary)).toEqual([]);
});
