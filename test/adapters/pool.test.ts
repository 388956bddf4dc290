import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FoundInput } from '../../src/adapters/inputs.ts';
import { judgeInThreads, type Thread } from '../../src/adapters/pool.ts';
import type { Judged } from '../../src/check.ts';
import type { Ground } from '../../src/judge.ts';

const GROUND = {} as Ground;
const judgedAs = (name: string): Judged => ({ code: 'not-json', message: name, mend: null, source: name });
const inputOf = (name: string, size: number | null = 1): FoundInput => ({
  name,
  size,
  open: () => Promise.reject(new Error('opened here')),
});

/** Threads that need as long as they are told, and that die of some files. */
function threads(delays: readonly number[], deadly: ReadonlySet<string> = new Set()) {
  const seen = { started: 0, ended: 0, busy: 0, mostBusy: 0, begun: [] as string[] };
  const start = (): Thread => {
    seen.started += 1;
    let isBusy = false;
    let isEnded = false;
    return {
      judge: async (name) => {
        expect(isBusy).toBe(false);
        isBusy = true;
        seen.begun.push(name);
        seen.busy += 1;
        seen.mostBusy = Math.max(seen.mostBusy, seen.busy);
        for (let turn = delays[seen.begun.length % delays.length] ?? 0; turn > 0; turn--)
          await Promise.resolve();
        seen.busy -= 1;
        isBusy = false;
        if (deadly.has(name)) throw new Error('the thread died');
        return judgedAs(name);
      },
      end: () => {
        if (!isEnded) seen.ended += 1;
        isEnded = true;
      },
    };
  };
  return { seen, start };
}

async function run(
  inputs: readonly FoundInput[],
  most: number,
  start: () => Thread,
): Promise<readonly Judged[]> {
  const all: Judged[] = [];
  for await (const one of judgeInThreads(inputs, most, start)(inputs, GROUND)) all.push(one);
  return all;
}

const messages = (all: readonly Judged[]) => all.map((one) => ('code' in one ? one.message : 'judged'));

test('whatever takes how long: every result, in the order of the inputs, and never too many at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 7 }),
      async (count, most, delays) => {
        const names = Array.from({ length: count }, (_, index) => `p${index}`);
        const { seen, start } = threads(delays);
        const all = await run(
          names.map((name) => inputOf(name)),
          most,
          start,
        );
        expect(messages(all)).toEqual(names);
        expect(seen.begun).toEqual(names);
        expect(seen.mostBusy).toBeLessThanOrEqual(most);
        expect(seen.started).toBeLessThanOrEqual(most);
        expect(seen.ended).toBe(seen.started);
      },
    ),
    { numRuns: 50 },
  );
});

test('a thread that dies is the problem of its input, and of no other', async () => {
  const { seen, start } = threads([3, 1], new Set(['b', 'd']));
  const all = await run(
    ['a', 'b', 'c', 'd', 'e'].map((name) => inputOf(name)),
    2,
    start,
  );
  expect(all).toMatchObject([
    { message: 'a' },
    { code: 'internal', source: 'b' },
    { message: 'c' },
    { code: 'internal', source: 'd' },
    { message: 'e' },
  ]);
  expect(seen.ended).toBe(seen.started);
});

test('threads that cannot even start are a problem of every input', async () => {
  const all = await run([inputOf('a'), inputOf('b')], 1, () => {
    throw new Error('no more threads');
  });
  expect(all).toMatchObject([{ source: 'a' }, { source: 'b' }]);
});

test('what is no file is judged here', async () => {
  const { seen, start } = threads([1]);
  const all = await run([inputOf('-', null), inputOf('a')], 2, start);
  expect(messages(all)).toEqual(['opened here', 'a']);
  expect(seen.begun).toEqual(['a']);
});

test('whoever stops early leaves no thread behind', async () => {
  const { seen, start } = threads([1]);
  const inputs = ['a', 'b', 'c'].map((name) => inputOf(name));
  for await (const _ of judgeInThreads(inputs, 1, start)(inputs, GROUND)) break;
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(seen.ended).toBe(seen.started);
});
