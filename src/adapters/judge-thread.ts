import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Judged } from '../check.ts';
import type { Ground } from '../judge.ts';
import { CheckError } from '../model/error.ts';
import type { InputContext } from './input.ts';
import type { FoundInput } from './inputs.ts';
import { isPackedName, isSavedPlanName } from './plan-files.ts';
import type { Thread } from './pool.ts';

/** What a thread gets when it starts. The catalogue is code, so each makes its own. */
export interface ThreadData extends Pick<InputContext, 'cwd' | 'terraform'> {
  readonly ground: Omit<Ground, 'catalogue'>;
}

/** A worker thread that opens and judges files. `script` is the compiled `judge-worker.ts`. */
export function startThread(
  { policy, authorship, caller, now, hiddenKey = null }: Ground,
  { cwd, terraform: { program, env } }: Pick<InputContext, 'cwd' | 'terraform'>,
  script: URL = new URL('./judge-worker.js', import.meta.url),
): Thread {
  const ground = { policy, authorship, caller, now, hiddenKey };
  const data: ThreadData = { ground, cwd, terraform: { program, env: { ...env } } };
  const worker = new Worker(script, { workerData: data });
  let ended: Error | null = null;
  let tell: { resolve(judged: Judged): void; reject(error: Error): void } | null = null;
  const end = (why: string): void => {
    ended ??= new CheckError('internal', `the thread that judged it ended: ${why}`, ALONE);
    tell?.reject(ended);
  };
  worker.on('message', (judged: Judged) => tell?.resolve(judged));
  worker.on('messageerror', (error) => end(error.message));
  worker.on('error', (error) => end(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => end(`exit code ${code}`));
  return {
    judge: (name) =>
      new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended);
        tell = { resolve, reject };
        worker.postMessage(name);
      }),
    end: () => void worker.terminate(),
  };
}

const ALONE = 'judge it with --jobs 1; if that works, please report it';

/** How many threads pay for these inputs: 1 where judging them here is done before threads have started. */
export function threadsFor(inputs: readonly FoundInput[], asked: number | null): number {
  const files = inputs.filter(({ size }) => size !== null);
  const work = files.reduce((sum, { name, size }) => sum + workOf(name, size ?? 0), 0);
  if (asked === null && work < WORTH_THREADS) return 1;
  return Math.min(asked ?? Math.min(availableParallelism(), MOST_THREADS), Math.max(files.length, 1));
}

/** As bytes of a plan to read, about: each plan costs something besides, and a saved one starts a program. */
const workOf = (name: string, size: number): number =>
  isSavedPlanName(name) ? WORTH_THREADS / 2 : PER_PLAN + size * (isPackedName(name) ? 10 : 1);

const MOST_THREADS = 8;
const PER_PLAN = 512 * 1024;
/** On two cores: 40 plans of 100 KB were judged sooner without threads, 100 of them with. */
const WORTH_THREADS = 40 * 1024 * 1024;
