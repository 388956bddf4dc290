import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ran, runIn } from '../cli/memory-io.ts';
import { createRepository, missing } from './repository.ts';

const AT = '2026-11-22T12:00:00Z';
const NOW = (): number => Date.parse(AT);
const PERSON = { isTerminal: { stdin: true, stdout: true, stderr: true }, ask: async () => '5' };

describe.skipIf(missing)(`a request${missing ? ' (SKIPPED: git or ssh-keygen is missing)' : ''}`, () => {
  const root = mkdtempSync(join(tmpdir(), 'check-plan-request-'));
  afterAll(() => rmSync(root, { recursive: true }));
  let gate = '';
  let senior = '';
  const check = (...more: readonly string[]): Promise<Ran> =>
    runIn(['plan.json', '--commits', 'main..HEAD', ...more], { cwd: gate, now: NOW });
  const sign = (...more: readonly string[]): Promise<Ran> =>
    runIn(['sign', 'request.json', '--key', 'alice', ...more], { cwd: senior, now: NOW, ...PERSON });

  beforeAll(async () => {
    gate = createRepository(root);
    senior = mkdtempSync(join(root, 'senior-'));
    const { exitCode } = await check('--workspace', 'billing', '--request', 'request.json');
    expect(exitCode).toBe(3);
    for (const name of ['request.json', 'check-plan.yaml'])
      copyFileSync(join(gate, name), join(senior, name));
    for (const name of ['alice', 'alice.pub']) cpSync(join(gate, 'keys', name), join(senior, name));
  });

  test('holds what the digest covers and nothing else', () => {
    const request = JSON.parse(readFileSync(join(gate, 'request.json'), 'utf8'));
    expect(Object.keys(request)).toEqual(['schema', 'permits', 'input']);
    expect(request.permits[0]).toBe('check-plan/sign-off/2');
    expect(request.permits).toContain('target workspace "billing"');
  });

  test('is signed on a machine that has neither the plan nor its options, and the gate accepts it', async () => {
    const { exitCode, stdout } = await sign();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('replace aws_db_instance.billing');
    expect((await check('--workspace', 'billing')).exitCode).toBe(3);
    cpSync(join(senior, '.check-plan'), join(gate, '.check-plan'), { recursive: true });
    expect((await check('--workspace', 'billing')).exitCode).toBe(0);
    expect((await check('--workspace', 'green')).exitCode).toBe(3);
  });

  test('that was changed on the way is worth nothing at the gate', async () => {
    const path = join(senior, 'request.json');
    const right = readFileSync(path, 'utf8');
    writeFileSync(path, right.replace('target workspace \\"billing\\"', 'target workspace \\"green\\"'));
    const { exitCode } = await sign('--store', 'forged');
    writeFileSync(path, right);
    expect(exitCode).toBe(0);
    cpSync(join(senior, 'forged'), join(gate, 'forged'), { recursive: true });
    expect((await check('--workspace', 'billing', '--store', 'forged')).exitCode).toBe(3);
  });

  test.each([
    ['cut short', (text: string) => text.slice(0, -20)],
    ['with a member more', (text: string) => text.replace('{', '{"schema": "check-plan/request/1", "a": 1,')],
    ['of another version', (text: string) => text.replace('request/1', 'request/2')],
    ['that permits nothing', (text: string) => text.replace(/"permits": \[[^\]]*\]/, '"permits": []')],
  ])('%s is not signed', async (_, edit) => {
    const path = join(senior, 'request.json');
    const right = readFileSync(path, 'utf8');
    writeFileSync(path, edit(right));
    const { exitCode } = await sign('--store', 'none');
    writeFileSync(path, right);
    expect({ exitCode, written: existsSync(join(senior, 'none')) }).toEqual({ exitCode: 1, written: false });
  });

  test('is not written where nothing needs a sign-off', async () => {
    copyFileSync(join(import.meta.dirname, '../../fixtures/harmless/plan.json'), join(gate, 'harmless.json'));
    const { exitCode, stderr } = await runIn(['harmless.json', '--request', 'no.json'], {
      cwd: gate,
      now: NOW,
    });
    expect({ exitCode, written: existsSync(join(gate, 'no.json')) }).toEqual({ exitCode: 0, written: false });
    expect(stderr).toContain('nothing needs a sign-off');
  });
});
