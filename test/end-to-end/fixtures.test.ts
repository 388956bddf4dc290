import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runIn } from '../cli/memory-io.ts';

/** The case.json of a fixture: how the command is called there, and what it must answer. */
interface Case {
  readonly what: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly exit: number;
  /** Each is in the text report. */
  readonly says: readonly string[];
  /** None is in any report. */
  readonly not: readonly string[];
  /** Every change that does something, by address. */
  readonly changes: readonly Listed[];
}
interface Listed {
  readonly address: string;
  readonly deposed: string | null;
  readonly effect: string;
  readonly fate: string;
}

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const cases = readdirSync(FIXTURES)
  .filter((name) => existsSync(join(FIXTURES, name, 'case.json')))
  .map((name): [string, Case] => [name, JSON.parse(readFileSync(join(FIXTURES, name, 'case.json'), 'utf8'))]);

const MADE_FROM = ['before/main.tf', 'before/template.yaml'];

const copies = mkdtempSync(join(tmpdir(), 'check-plan-fixtures-'));
afterAll(() => rmSync(copies, { recursive: true }));

test('there are cases, and each keeps the configuration that it was made from', () => {
  expect(cases.length).toBeGreaterThanOrEqual(7);
  for (const [name] of cases)
    expect(
      MADE_FROM.some((file) => existsSync(join(FIXTURES, name, file))),
      name,
    ).toBe(true);
});

describe.each(cases)('fixtures/%s', (name, { what, args, env, exit, says, not, changes }) => {
  const answer = (...more: string[]) =>
    runIn([...args, ...more], { cwd: copyOf(name), env: { PATH: process.env['PATH'], ...env } });

  test(what, async () => {
    const { exitCode, stdout, stderr } = await answer();
    expect({ exitCode, stderr }).toEqual({ exitCode: exit, stderr: '' });
    const text = unwrapped(stdout);
    expect(says.filter((each) => !text.includes(each))).toEqual([]);
    expect(not.filter((each) => text.includes(each))).toEqual([]);
  });

  test('the JSON report lists every change with its effect and fate', async () => {
    const { exitCode, stdout } = await answer('--format', 'json');
    const report = JSON.parse(stdout);
    expect({ exitCode, said: report.exitCode, errors: report.errors }).toEqual({
      exitCode: exit,
      said: exit,
      errors: [],
    });
    expect(byAddress(report.changeSets[0].changes.map(keyed))).toEqual(byAddress(changes.map(keyed)));
    expect(not.filter((each) => stdout.includes(each))).toEqual([]);
  });
});

/** A copy outside of any repository, so that neither history nor a policy of this one comes in. */
function copyOf(name: string): string {
  const folder = mkdtempSync(join(copies, 'case-'));
  cpSync(join(FIXTURES, name), folder, { recursive: true });
  return folder;
}

const unwrapped = (text: string): string => text.replaceAll(/\s+/g, ' ');
const keyed = ({ address, deposed, effect, fate }: Listed): Listed => ({ address, deposed, effect, fate });
const byAddress = (all: readonly Listed[]): readonly Listed[] =>
  [...all].sort((a, b) => (a.address < b.address ? -1 : 1));
