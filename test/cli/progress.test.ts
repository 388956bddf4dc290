import { describe, expect, test } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { createProgress } from '../../src/cli/progress.ts';

const CLEAR = '\r\u001b[2K';

/** A terminal with a clock that the test sets. */
function terminal({ isTerminal = true, isQuiet = false } = {}) {
  const clock = { now: 1000 };
  const written: string[] = [];
  const io = {
    stderr: (text: string) => void written.push(text),
    isTerminal: { stdin: false, stdout: false, stderr: isTerminal },
    columns: 200,
    now: () => clock.now,
  } as Partial<Io> as Io;
  return { progress: createProgress(io, isQuiet), clock, written };
}

test.each([{ isTerminal: false }, { isQuiet: true }])('%j: nothing is ever written', (how) => {
  const { progress, clock, written } = terminal(how);
  clock.now += 60_000;
  progress.read('a', 1, 2);
  progress.judged(1, 2);
  progress.end();
  expect(written).toEqual([]);
});

test('a run of less than half a second writes nothing', () => {
  const { progress, clock, written } = terminal();
  for (const bytes of [1, 2, 3]) {
    progress.read('a', bytes, 3);
    clock.now += 150;
  }
  progress.end();
  expect(written).toEqual([]);
});

test('one line, rewritten at most ten times a second, and taken away at the end', () => {
  const { progress, clock, written } = terminal();
  for (let step = 0; step < 3000; step++) {
    progress.judged(step, 3000);
    clock.now += 1;
  }
  expect(written.length).toBeGreaterThan(20);
  expect(written.length).toBeLessThanOrEqual(26);
  expect(written.every((text) => text.startsWith(CLEAR) && !text.includes('\n'))).toBe(true);
  progress.end();
  expect(written.at(-1)).toBe(CLEAR);
});

describe('what it says', () => {
  const MB = 1_000_000;
  test.each<[string, number, number | null, string]>([
    ['plan.json', 312 * MB, 590 * MB, 'reading plan.json 312 MB of 590 MB (52 %)'],
    ['plan.json', 590 * MB, 590 * MB, 'reading plan.json 590 MB of 590 MB (100 %)'],
    ['grown.json', 9 * MB, 3 * MB, 'reading grown.json 9 MB of 3 MB (100 %)'],
    ['standard input', 12.9 * MB, null, 'reading standard input 12 MB'],
    ['a\u001b[2Jb\nc', MB, null, 'reading a\\u{1b}[2Jb\\nc 1 MB'],
  ])('%j, %d of %s', (name, bytes, total, says) => {
    const { progress, clock, written } = terminal();
    clock.now += 600;
    progress.read(name, bytes, total);
    expect(written).toEqual([`${CLEAR}${says}`]);
  });

  test('never more than a narrow terminal holds', () => {
    const { progress, clock, written } = terminal();
    clock.now += 600;
    progress.read('x'.repeat(300), 1, 2);
    expect(written[0]?.length).toBeLessThan(CLEAR.length + 80);
  });
});
