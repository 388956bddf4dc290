import type { Engine } from '../engine.ts';
import { MODULE } from './module.ts';
import { createSimdRun, type RunExports } from './run.ts';
import { createSimdSkipper, type SkipExports } from './skipper.ts';
import { createSimdWalk, type WalkExports } from './walk.ts';

/** The engine that looks at many bytes at once (assembly/); null where this machine cannot run it. */
export async function loadSimdEngine(): Promise<Engine | null> {
  try {
    const module = await WebAssembly.compile(Buffer.from(MODULE, 'base64'));
    const instance = (): Exports => new WebAssembly.Instance(module).exports;
    return {
      kind: 'simd',
      createSkipper: (plain = null) => {
        const exports = instance();
        return createSimdSkipper(exports, plain === null ? null : createSimdRun(plain, exports));
      },
      createWalk: (members) => createSimdWalk(members, instance()),
    };
  } catch {
    return null;
  }
}

type Exports = SkipExports & WalkExports & RunExports;

/** The part of the global that is used here; the types of Node have none of it. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  readonly Instance: new (module: object) => { readonly exports: Exports };
};
