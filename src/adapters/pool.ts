import { type Judged, type Judging, judgeInput } from '../check.ts';
import type { Ground } from '../judge.ts';
import { problemOf } from '../model/error.ts';
import type { FoundInput } from './inputs.ts';

/** Judges files elsewhere, one after another. */
export interface Thread {
  /** What came of the file. Rejects when the thread ends before it has told, and then it can do no more. */
  judge(name: string): Promise<Judged>;
  end(): void;
}

/**
 * Judges files in at most `most` threads, so many at a time and no more, and hands over what came of each in the order
 * of the inputs. A thread is started when there is work for it; one that dies is the problem of the input that it had,
 * and is replaced. What is no file is judged here, one after another.
 */
export const judgeInThreads = (
  inputs: readonly FoundInput[],
  most: number,
  start: (ground: Ground) => Thread,
): Judging =>
  async function* (_, ground) {
    const places = createPlaces<Thread>(most);
    const threads = new Set<Thread>();
    let isOver = false;
    const startOne = (): Thread => {
      if (isOver) throw new Error('nobody waits for it any more');
      const thread = start(ground);
      threads.add(thread);
      return thread;
    };
    const elsewhere = async ({ name }: FoundInput): Promise<Judged> => {
      let thread = await places.take();
      try {
        thread ??= startOne();
        const judged = await thread.judge(name);
        places.give(thread);
        return judged;
      } catch (thrown) {
        thread?.end();
        places.give(null);
        return problemOf(thrown, name);
      }
    };
    let here: Promise<unknown> = Promise.resolve();
    const all = inputs.map((input): Promise<Judged> => {
      if (input.size !== null) return elsewhere(input);
      const judged = here.then(() => judgeInput(input, ground));
      here = judged;
      return judged;
    });
    try {
      for (const judged of all) yield await judged;
    } finally {
      isOver = true;
      for (const thread of threads) thread.end();
    }
  };

interface Places<Thing> {
  /** A free place, first come, first served: with the thing that stands there, or null. */
  take(): Promise<Thing | null>;
  give(thing: Thing | null): void;
}

function createPlaces<Thing>(size: number): Places<Thing> {
  const free: (Thing | null)[] = Array.from({ length: size }, () => null);
  const waiting: ((thing: Thing | null) => void)[] = [];
  return {
    take: () =>
      free.length > 0
        ? Promise.resolve(free.pop() ?? null)
        : new Promise((resolve) => {
            waiting.push(resolve);
          }),
    give: (thing) => {
      const next = waiting.shift();
      if (next === undefined) free.push(thing);
      else next(thing);
    },
  };
}
