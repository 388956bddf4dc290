import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VERSION } from '../../src/cli/help.ts';
import { EXIT } from '../../src/model/decision.ts';
import { runIn } from './memory-io.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'check-plan-test-'));

/** The least that is a whole plan. */
const planWith = (...changes: object[]): string =>
  JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    resource_changes: changes,
    configuration: { root_module: {} },
    complete: true,
    errored: false,
  });

const change = (actions: string[], tags: Record<string, string> = {}) => ({
  address: 'aws_db_instance.main',
  mode: 'managed',
  type: 'aws_db_instance',
  name: 'main',
  provider_name: 'registry.terraform.io/hashicorp/aws',
  change: {
    actions,
    before:
      actions.includes('create') && actions.length === 1
        ? null
        : { id: 'db-1', skip_final_snapshot: true, tags },
    after: actions.at(-1) === 'delete' && actions.length === 1 ? null : { id: 'db-1', tags },
    after_unknown: {},
    before_sensitive: {},
    after_sensitive: {},
  },
});

describe('exit codes', () => {
  test.each<[string, string, number]>([
    [
      'a deleted production database',
      planWith(change(['delete'], { environment: 'production' })),
      EXIT.signOffRequired,
    ],
    ['the same where nothing says which environment', planWith(change(['delete'])), EXIT.signOffRequired],
    ['the same in development', planWith(change(['delete'], { environment: 'dev' })), EXIT.allowed],
    ['a plan that only creates', planWith(change(['create'])), EXIT.allowed],
    ['an action nobody knows', planWith(change(['renew'], { environment: 'dev' })), EXIT.signOffRequired],
    ['a plan that changes nothing', planWith(), EXIT.allowed],
    ['no bytes at all', '', EXIT.cannotJudge],
    ['half a plan', planWith(change(['create'])).slice(0, 200), EXIT.cannotJudge],
    ['an empty object', '{}', EXIT.cannotJudge],
  ])('%s', async (_, stdin, exitCode) => {
    expect((await runIn(['-'], { stdin, cwd: folder() })).exitCode).toBe(exitCode);
  });

  test.each<[string[]]>([
    [[]],
    [['--nonsense']],
    [['--format', 'yaml', '-']],
    [['rules', 'CP999']],
    [['verify', 'one']],
  ])('a wrong command line %j is no verdict', async (argv) => {
    const { exitCode, stdout, stderr } = await runIn(argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: EXIT.usage, stdout: '' });
    expect(stderr).not.toBe('');
  });

  test('a file that is not there, beside a good one, is never a pass', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'good.json'), planWith());
    const { exitCode, stdout } = await runIn(['good.json', 'missing.json'], { cwd });
    expect(exitCode).toBe(EXIT.cannotJudge);
    expect(stdout).toContain('missing.json');
  });

  test('a policy that cannot be read stops the run, in every format', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'check-plan.yaml'), 'version: 1\nrooster: {}\n');
    const text = await runIn(['-'], { stdin: planWith(), cwd });
    const json = await runIn(['--format', 'json', '-'], { stdin: planWith(), cwd });
    expect([text.exitCode, json.exitCode]).toEqual([EXIT.cannotJudge, EXIT.cannotJudge]);
    expect(text.stdout).toContain('rooster');
    expect(JSON.parse(json.stdout)).toMatchObject({
      decision: 'blocked',
      exitCode: 1,
      errors: [{ code: 'policy-invalid' }],
    });
  });
});

describe('formats', () => {
  test('one to a file, the other to the terminal', async () => {
    const cwd = folder();
    const { stdout } = await runIn(['-', '--format', 'text', '--format', 'json=report.json'], {
      stdin: planWith(),
      cwd,
    });
    expect(stdout).not.toContain('"schema"');
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).toMatchObject({
      schema: 'check-plan/report/1',
    });
  });

  test('a report that cannot be written is no verdict, and names the file', async () => {
    const { exitCode, stderr } = await runIn(['-', '--format', 'json=no/such/folder.json'], {
      stdin: planWith(),
      cwd: folder(),
    });
    expect(exitCode).toBe(EXIT.usage);
    expect(stderr).toContain('no/such/folder.json');
  });

  test('--quiet is silent on a pass, and only then', async () => {
    const cwd = folder();
    expect((await runIn(['-', '--quiet'], { stdin: planWith(), cwd })).stdout).toBe('');
    expect((await runIn(['-', '--quiet'], { stdin: planWith(change(['delete'])), cwd })).stdout).not.toBe('');
  });

  test('colour on a terminal only, and not when it is turned off', async () => {
    const cwd = folder();
    const terminal = {
      stdin: planWith(change(['delete'])),
      cwd,
      isTerminal: { stdin: true, stdout: true, stderr: true },
    };
    const coloured = '\u001b[';
    expect((await runIn(['-'], terminal)).stdout).toContain(coloured);
    expect((await runIn(['-', '--no-color'], terminal)).stdout).not.toContain(coloured);
    expect((await runIn(['-'], { ...terminal, env: { NO_COLOR: '1' } })).stdout).not.toContain(coloured);
    expect((await runIn(['-'], { stdin: planWith(), cwd })).stdout).not.toContain(coloured);
  });
});

test('--version says the version of the package', async () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(VERSION).toBe(manifest.version);
  expect(await runIn(['--version'])).toMatchObject({ exitCode: 0, stdout: `${VERSION}\n` });
});

test('--help names every command, every option and every exit code', async () => {
  const { exitCode, stdout } = await runIn(['--help']);
  expect(exitCode).toBe(0);
  for (const word of [
    'sign',
    'verify',
    'rules',
    'init',
    '--policy',
    '--environment',
    '--workspace',
    '--author',
    '--commits',
    '--format',
    '64',
  ]) {
    expect(stdout).toContain(word);
  }
});

test('what the caller gave and the judgement depends on is handed to the signer', async () => {
  const options = ['--environment', 'production', '--author', 'ai', '--store', 'records'];
  const signWith = async (env: Record<string, string>, ...more: string[]) => {
    const argv = ['-', '--format', 'json', ...options, ...more];
    return JSON.parse((await runIn(argv, { stdin: planWith(), env })).stdout).signWith;
  };
  expect(await signWith({ TF_WORKSPACE: 'blue' })).toEqual([
    '--environment',
    'production',
    '--workspace',
    'blue',
    '--author',
    'ai',
    '--store',
    'records',
  ]);
  expect(await signWith({ TF_WORKSPACE: 'blue' }, '--workspace', 'green')).toContain('green');
});
