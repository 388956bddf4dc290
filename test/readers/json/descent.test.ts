import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CheckError } from '../../../src/model/error.ts';
import { createDescent, type Into, type Way } from '../../../src/readers/json/descent.ts';
import { engineFor, LARGE, plainEngine } from '../../../src/readers/json/engine.ts';
import { utf8 } from '../bytes.ts';

const ENGINES = [plainEngine, engineFor(LARGE)];

/** Goes into everything down to a depth, takes what is below it, and says where each thing was. */
function tracing(depth: number): { root: Into; trace: string[] } {
  const trace: string[] = [];
  const wayAt = (path: string, left: number): Way =>
    left === 0
      ? { take: (raw) => trace.push(`${path} ${new TextDecoder().decode(raw)}`) }
      : {
          into: (key) => wayAt(`${path}/${JSON.stringify(key)}`, left - 1),
          leave: () => trace.push(`${path} over`),
        };
  return { root: wayAt('', depth) as Into, trace };
}

function expected(value: unknown, path: string, left: number): string[] {
  if (left === 0) return [`${path} ${JSON.stringify(value)}`];
  if (typeof value !== 'object' || value === null) return [];
  const members = Array.isArray(value)
    ? value.map((one) => [null, one] as const)
    : Object.entries(value as Record<string, unknown>);
  return [
    ...members.flatMap(([key, one]) => expected(one, `${path}/${JSON.stringify(key)}`, left - 1)),
    `${path} over`,
  ];
}

function descend(text: string, size: number, depth: number, engine: (typeof ENGINES)[number]): string[] {
  const { root, trace } = tracing(depth);
  const descent = createDescent(root, engine.createSkipper());
  const bytes = utf8(text);
  // The same memory for every chunk, as whoever reads a file hands it over.
  const chunk = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const part = bytes.subarray(at, at + size);
    chunk.set(part);
    descent.feed(chunk.subarray(0, part.length));
  }
  descent.end();
  return trace;
}

describe.each(ENGINES)('the descent with the $kind engine', (engine) => {
  test('hands over what is asked for, as it stands there, in chunks of any size', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }).filter((value) => typeof value === 'object' && value !== null),
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 3 }),
        (value, size, depth) => {
          const text = JSON.stringify(value);
          // Keys that look like numbers change their order in an object of JavaScript.
          const same = JSON.parse(text);
          expect(descend(JSON.stringify(same), size, depth, engine)).toEqual(expected(same, '', depth));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('takes white space between all tokens', () => {
    const text = ' { "a" : [ 1 , { "b" : "x" } ] ,\n"c" : { } , "d" : true } ';
    expect(descend(text, 3, 2, engine)).toEqual([
      '/"a"/null 1',
      '/"a"/null { "b" : "x" }',
      '/"a" over',
      '/"c" over',
      ' over',
    ]);
  });

  test.each(['{"a":1', '{"a" 1}', '{"a":[}', '{"a":,}', '[1,]', '{a:1}', '{"a":1}}', '"a\u0001"', '', '{'])(
    'refuses what is no JSON where it goes: %j',
    (text) => {
      for (const size of [1, 100]) {
        const refused = expect.soft(() => descend(text, size, 2, engine), `in chunks of ${size}`);
        refused.toThrow(CheckError);
      }
    },
  );
});

test('what does not go deeper than it is asked to, whatever the document does', () => {
  const bottomless: Into = { into: () => bottomless };
  const descent = createDescent(bottomless, plainEngine.createSkipper());
  expect(() => descent.feed(utf8('['.repeat(100_000)))).toThrow(/nested too deep/);
});
