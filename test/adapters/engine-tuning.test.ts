import { execFileSync } from 'node:child_process';
import { execPath } from 'node:process';
import { build } from 'rolldown';
import { expect, test } from 'vitest';

/** Of each moment, whether the engine takes code that it compiled before, told by another process. */
const TRIES = `
import { Script } from 'node:vm';
const sources = [1, 2, 3].map((value) => '(function () { return ' + value + '; })');
const kept = process.argv[1]?.split(',') ?? [];
const isTaken = (nth) => {
  const script = new Script(sources[nth], { cachedData: Buffer.from(kept[nth], 'base64') });
  return !script.cachedDataRejected;
};
if (kept.length === 0) console.log(sources.map((source) => new Script(source).createCachedData().toString('base64')).join());
else {
  const taken = [isTaken(0)];
  const tuning = tuneEngine();
  taken.push(isTaken(1));
  tuning.end();
  taken.push(isTaken(2));
  console.log(taken.join());
}`;

test('after it was tuned, the engine takes code again that was compiled before', async () => {
  const { output } = await build({ input: 'src/adapters/engine-tuning.ts', platform: 'node', write: false });
  const code = output[0].code.replace(/export \{[^}]*\};?/, '') + TRIES;
  const run = (...args: string[]): string =>
    execFileSync(execPath, ['--input-type=module', '-e', code, ...args], { encoding: 'utf8' }).trim();
  expect(run(run())).toBe('true,false,true');
});
