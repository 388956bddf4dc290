import { parentPort, workerData } from 'node:worker_threads';
import { judgeInput } from '../check.ts';
import { openCatalogue } from './catalogue.ts';
import { inputOf } from './input.ts';
import type { ThreadData } from './judge-thread.ts';

/** What runs in the thread that `judge-thread.ts` starts: the name of a file comes in, what came of it goes out. */
export function judgeInThread(): void {
  const { ground, cwd, terraform }: ThreadData = workerData;
  const opened = openCatalogue(ground.policy, ground.now);
  parentPort?.on('message', async (name: string) => {
    const { catalogue } = await opened;
    const input = inputOf(name, { cwd, terraform, stdin: nothing() });
    parentPort?.postMessage(await judgeInput(input, { ...ground, catalogue }));
  });
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
