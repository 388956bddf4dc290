import type { Engine } from '../engine.ts';
import { MODULE } from './module.ts';
import { createSimdRun, type RunExports } from './run.ts';
import { createSimdSkipper, type SkipExports } from './skipper.ts';
import { createSimdWalk, type WalkExports } from './walk.ts';

/**
 * What makes engines that look at many bytes at once (assembly/), each for one document; null where this machine cannot
 * run them. To make an instance, and its memory, costs as much as to judge a change, so those of a document that is done
 * with go to the next one. No state outlives it: the first call of every skip, walk and run sets its own. The module is
 * so small that to compile it takes less time than to wait for who compiles it elsewhere.
 */
export function loadSimd(): (() => Engine) | null {
  try {
    const module = new WebAssembly.Module(Buffer.from(MODULE, 'base64'));
    const free: Exports[] = [];
    return () => engineOf(() => free.pop() ?? new WebAssembly.Instance(module).exports, free);
  } catch {
    return null;
  }
}

function engineOf(take: () => Exports, free: Exports[]): Engine {
  const taken: Exports[] = [];
  const instance = (): Exports => {
    const exports = take();
    taken.push(exports);
    return exports;
  };
  return {
    kind: 'simd',
    createSkipper: (plain = null) => {
      const exports = instance();
      return createSimdSkipper(exports, plain === null ? null : createSimdRun(plain, exports));
    },
    createWalk: (members) => createSimdWalk(members, instance()),
    end: () => void free.push(...taken.splice(0)),
  };
}

type Exports = SkipExports & WalkExports & RunExports;

/** The part of the global that is used here; the types of Node have none of it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Exports };
};
