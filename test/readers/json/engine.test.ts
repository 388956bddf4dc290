import { afterEach, expect, test, vi } from 'vitest';
import { engineFor, LARGE } from '../../../src/readers/json/engine.ts';
import { readTerraformPlan } from '../../../src/readers/terraform/read.ts';
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

test('without WebAssembly every document gets the plain engine', async () => {
  vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new Error('no SIMD'));
  expect((await engineFor(LARGE)).kind).toBe('plain');
});

test.each([
  [100, 0],
  [LARGE, 1],
])('reading a plan of at least %d bytes starts the SIMD engine %d times', async (size, times) => {
  const compile = vi.spyOn(WebAssembly, 'compile');
  const text = planText({ resource_changes: [element({ actions: ['no-op'] })] });
  await readTerraformPlan(streamOf(utf8(text + ' '.repeat(size))), () => {});
  expect(compile).toHaveBeenCalledTimes(times);
});
