import { afterEach, describe, expect, test, vi } from 'vitest';
import { engineFor, LARGE } from '../../../src/readers/json/engine.ts';
import { streamOf, utf8 } from '../bytes.ts';
import { element, planText } from '../terraform/plan.ts';

interface Global {
  WebAssembly: { Module(bytes: Uint8Array): object; Instance(module: object): object };
}
const { WebAssembly } = globalThis as unknown as Global;
const { Module, Instance } = WebAssembly as unknown as {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => object;
};

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  [0, 'plain'],
  [LARGE - 1, 'plain'],
  [LARGE, 'simd'],
  [3_000_000_000, 'simd'],
])('a document of %d bytes gets the %s engine', async (size, kind) => {
  expect(engineFor(size).kind).toBe(kind);
});

describe('in a process that has read nothing yet', () => {
  const freshModules = async () => {
    vi.resetModules();
    const [engine, read] = await Promise.all([
      import('../../../src/readers/json/engine.ts'),
      import('../../../src/readers/terraform/read.ts'),
    ]);
    return { ...engine, ...read };
  };

  test('without WebAssembly every document gets the plain engine', async () => {
    const compile = vi.spyOn(WebAssembly, 'Module').mockImplementation(function compile() {
      throw new Error('no SIMD');
    });
    const { engineFor: freshly } = await freshModules();
    expect([freshly(LARGE).kind, freshly(LARGE).kind]).toEqual(['plain', 'plain']);
    expect(compile).toHaveBeenCalledTimes(1);
  });

  test('a small plan does not start the SIMD engine, and of many large ones the first does', async () => {
    const compile = vi.spyOn(WebAssembly, 'Module').mockImplementation(function compile(bytes) {
      return new Module(bytes);
    });
    const { readTerraformPlan } = await freshModules();
    const text = planText({ resource_changes: [element({ actions: ['no-op'] })] });
    const read = (size: number) => readTerraformPlan(streamOf(utf8(text + ' '.repeat(size))), () => {});
    await read(100);
    expect(compile).toHaveBeenCalledTimes(0);
    for (const size of [LARGE, 2 * LARGE, LARGE]) await read(size);
    expect(compile).toHaveBeenCalledTimes(1);
  });

  describe('a plan', () => {
    const twenty = Array.from({ length: 20 }, (_, nth) =>
      element({ actions: [nth % 3 === 0 ? 'delete' : 'no-op'] }, { address: `a.b[${nth}]` }),
    );
    // What is cut lies behind what is read before there is an engine.
    const planned_values = { root_module: { pad: 'x'.repeat(LARGE) } };
    const text = planText({ planned_values, resource_changes: twenty });
    const half = utf8(text).subarray(0, text.indexOf('"address":"a.b[11]') + 14);
    const broken = [half, utf8(text.replace('a.b[5]', 'a.b[5]\n')), utf8(text.replace('[12]"', '[12]"]'))];

    const reader = async () => {
      const made = vi.spyOn(WebAssembly, 'Instance').mockImplementation(function instance(module) {
        return new Instance(module);
      });
      const { readTerraformPlan } = await freshModules();
      const read = async (bytes: Uint8Array, cuts: readonly number[] = []) => {
        const changes: string[] = [];
        try {
          const facts = await readTerraformPlan(streamOf(bytes, cuts), ({ address }) =>
            changes.push(address),
          );
          return { facts, changes };
        } catch (thrown) {
          return { failed: String(thrown) };
        }
      };
      return { read, made };
    };

    test('leaves its memory to the next one, and nothing in it, whatever was wrong with it', async () => {
      const { read, made } = await reader();
      const first = await read(utf8(text));
      expect(first).toMatchObject({ changes: { length: 7 }, facts: { unchanged: 13 } });
      for (const one of broken) {
        expect(await read(one, [one.length - 100])).toMatchObject({
          failed: expect.stringContaining('CheckError'),
        });
        expect(await read(utf8(text), [LARGE + 500, LARGE + 1000])).toEqual(first);
      }
      expect(made).toHaveBeenCalledTimes(2);
    });

    test('has its memory to itself while it is read', async () => {
      const { read, made } = await reader();
      const alone = await read(utf8(text));
      const cuts = Array.from({ length: 50 }, (_, nth) => LARGE + 20 * nth);
      const together = await Promise.all([
        read(utf8(text), cuts),
        read(utf8(text)),
        read(half, cuts),
        read(utf8(text), cuts),
      ]);
      expect(together).toEqual([alone, alone, { failed: expect.any(String) }, alone]);
      expect(made).toHaveBeenCalledTimes(8);
    });
  });
});
