import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lookAgain } from '../../src/adapters/second-look.ts';
import { spooled } from '../../src/adapters/spool.ts';
import { streamOf, utf8 } from '../readers/bytes.ts';
import { changeOf, setOf } from '../reporters/report-parts.ts';
import { runIn } from './memory-io.ts';

const INCIDENT = new URL('../../fixtures/incident/plan.json', import.meta.url);
const cwd = mkdtempSync(join(tmpdir(), 'check-plan-html-'));

test('--format html writes a page with what hangs on what, beside any other format', async () => {
  const { exitCode, stdout } = await runIn(
    [INCIDENT.pathname, '--format', 'text', '--format', 'html=page.html'],
    { cwd },
  );
  expect(exitCode).toBe(3);
  expect(stdout).toContain('BLOCKED until signed off');
  const page = readFileSync(join(cwd, 'page.html'), 'utf8');
  expect(page).toContain('4 resources go or may go, and 1 more hangs on them.');
});

test('what comes through a pipe is read twice too, and no copy of it is left behind', async () => {
  const copies = (): string[] =>
    readdirSync(tmpdir()).filter(
      (name) => name.startsWith('check-plan-') && existsSync(join(tmpdir(), name, 'input')),
    );
  const before = copies();
  const { exitCode, stdout } = await runIn(['-', '--format', 'html'], {
    cwd,
    stdin: readFileSync(INCIDENT),
  });
  expect(exitCode).toBe(3);
  expect(stdout).toContain('4 resources go or may go, and 1 more hangs on them.');
  expect(copies().filter((name) => !before.includes(name))).toEqual([]);
});

test('what cannot be judged is a page as well', async () => {
  const { exitCode, stdout } = await runIn(['-', '--format', 'html'], { cwd, stdin: '{"a":1}' });
  expect(exitCode).toBe(1);
  expect(stdout).toContain('CANNOT JUDGE');
});

test('a copy gives the same bytes again', async () => {
  const spool = spooled(streamOf(utf8('one two three'), [3, 7]));
  const read = async (): Promise<string> => {
    let text = '';
    for await (const chunk of spool.bytes) text += new TextDecoder().decode(chunk);
    return text;
  };
  expect(await read()).toBe('one two three');
  expect(await read()).toBe('one two three');
  await spool.remove();
});

test('of another document than the one that was judged nothing is told', async () => {
  const source = {
    name: 'plan.json',
    bytes: streamOf(utf8('{"configuration":{}}')),
    digest: () => 'another',
  };
  const set = setOf({ inputDigest: 'the judged', changes: [changeOf({})] });
  expect(await lookAgain({ name: 'plan.json', open: async () => source }, set)).toEqual({
    why: 'the input was another one when it was read again',
  });
});

test('where the second reading fails, that is told, and the verdict stands', async () => {
  const open = () => Promise.reject(new Error('gone'));
  expect(await lookAgain({ name: 'plan.json', open }, setOf({ changes: [changeOf({})] }))).toEqual({
    why: 'gone',
  });
});
