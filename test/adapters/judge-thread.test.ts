import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { FoundInput } from '../../src/adapters/inputs.ts';
import { startThread, threadsFor } from '../../src/adapters/judge-thread.ts';
import type { Ground } from '../../src/judge.ts';
import { DEFAULT_POLICY } from '../../src/policy/defaults.ts';
import { temporaryFolder } from './repository.ts';

const GROUND: Ground = {
  catalogue: {
    rules: [],
    assess: () => Promise.reject() as never,
    hazards: () => [],
    hazardsNeed: () => null,
  },
  policy: { ...DEFAULT_POLICY, rules: new Map([['CP001', { severity: 'off', reason: 'x', expires: 1 }]]) },
  authorship: { is: 'ai', signals: [], hands: [], handsHidden: null, because: 'a test says so' },
  caller: { environment: 'dev', workspace: null },
  hiddenKey: 'k',
  now: 7,
};
const CONTEXT = { cwd: '/srv', terraform: { program: null, env: { A: '1', B: undefined } } };

/** A thread that runs this module text. */
function threadOf(text: string) {
  const script = join(temporaryFolder(), 'worker.mjs');
  writeFileSync(script, `import { parentPort, workerData } from 'node:worker_threads';\n${text}`);
  return startThread(GROUND, CONTEXT, pathToFileURL(script));
}

describe('a thread', () => {
  test('gets all that a judgement stands on, and tells one result for each file', async () => {
    const thread = threadOf(`
      const { ground, cwd, terraform } = workerData;
      parentPort.on('message', (name) => parentPort.postMessage({
        name, cwd, env: terraform.env, now: ground.now, caller: ground.caller, rule: ground.policy.rules.get('CP001'), hiddenKey: ground.hiddenKey }));`);
    const common = {
      cwd: '/srv',
      env: { A: '1' },
      now: 7,
      caller: GROUND.caller,
      rule: { severity: 'off' },
      hiddenKey: 'k',
    };
    expect(await thread.judge('a')).toMatchObject({ name: 'a', ...common });
    expect(await thread.judge('b')).toMatchObject({ name: 'b', ...common });
    thread.end();
  });

  test.each([
    ['throws', 'throw new Error("bad")'],
    ['ends', 'process.exit(0)'],
    ['rejects', 'await Promise.reject(new Error("bad"))'],
    ['tells what cannot be told', 'parentPort.postMessage(() => {})'],
  ])('that %s before it has told is a failure, at once and ever after', async (_, act) => {
    const thread = threadOf(`parentPort.on('message', async () => { ${act}; });`);
    await expect(thread.judge('a')).rejects.toMatchObject({ code: 'internal' });
    await expect(thread.judge('b')).rejects.toMatchObject({ code: 'internal' });
  });

  test('that cannot be loaded is a failure', async () => {
    await expect(threadOf('nonsense(').judge('a')).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('how many threads', () => {
  const MB = 1024 * 1024;
  const files = (count: number, size: number | null, name = 'p.json'): readonly FoundInput[] =>
    Array.from({ length: count }, () => ({ name, size, open: () => Promise.reject() }));

  test.each<[string, readonly FoundInput[], number | null, number | null]>([
    ['few small plans are judged here', files(20, 0.01 * MB), null, 1],
    ['many or large ones are not', files(20, 9 * MB), null, null],
    ['as many as are asked for', files(20, 1), 3, 3],
    ['but not more than there are files', files(2, 1), 8, 2],
    ['one is asked for', files(20, 9 * MB), 1, 1],
    ['what is no file does not count', files(20, null), 8, 1],
    ['saved plans are shown at the same time', files(3, 1, 'tfplan'), null, null],
    ['packed files hold more than they have', files(20, 0.5 * MB, 'p.json.gz'), null, null],
  ])('%s', (_, inputs, asked, threads) => {
    const asManyAsPay = Math.min(availableParallelism(), 8, inputs.length);
    expect(threadsFor(inputs, asked)).toBe(threads ?? asManyAsPay);
  });
});
