import { afterEach, describe, expect, test, vi } from 'vitest';
import { engineFor, LARGE } from '../../../src/readers/json/engine.ts';
import { streamOf, utf8 } from '../bytes.ts';
import { element, planText } from '../terraform/plan.ts';

interface Global {
  WebAssembly: { compile(bytes: Uint8Array): Promise<object>; Instance(module: object): object };
}
const { WebAssembly } = globalThis as unknown as Global;

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  [0, 'plain'],
  [LARGE - 1, 'plain'],
  [LARGE, 'simd'],
  [3_000_000_000, 'simd'],
])('a document of %d bytes gets the %s engine', async (size, kind) => {
  expect((await engineFor(size)).kind).toBe(kind);
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
    vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new Error('no SIMD'));
    expect((await (await freshModules()).engineFor(LARGE)).kind).toBe('plain');
  });

  test('a small plan does not start the SIMD engine, and of many large ones the first does', async () => {
    const compile = vi.spyOn(WebAssembly, 'compile');
    const { readTerraformPlan } = await freshModules();
    const text = planText({ resource_changes: [element({ actions: ['no-op'] })] });
    const read = (size: number) => readTerraformPlan(streamOf(utf8(text + ' '.repeat(size))), () => {});
    await read(100);
    expect(compile).toHaveBeenCalledTimes(0);
    for (const size of [LARGE, 2 * LARGE, LARGE]) await read(size);
    expect(compile).toHaveBeenCalledTimes(1);
  });
});
