import { createPlainSkipper } from './plain-skipper.ts';
import { createPlainWalk } from './plain-walk.ts';
import type { PlainElements } from './run.ts';
import { loadSimd } from './simd/engine.ts';
import type { Skipper } from './skipper.ts';
import type { Members, Walk } from './walk.ts';

/** What goes over the bytes of a document without parsing them, in two ways that say the same of the same bytes. */
export interface Engine {
  readonly kind: 'plain' | 'simd';
  /** A skipper that passes over plain elements, where it can. */
  createSkipper(plain?: PlainElements | null): Skipper;
  createWalk(members: Members): Walk;
  /** Nothing that it made is used any more. */
  end(): void;
}

export const plainEngine: Engine = {
  kind: 'plain',
  createSkipper: () => createPlainSkipper(),
  createWalk: (members) => createPlainWalk(members, createPlainSkipper()),
  end: () => {},
};

/** For one document of so many bytes, or at least so many, the fastest way that this machine can go. */
export function engineFor(size: number): Engine {
  if (size < LARGE) return plainEngine;
  if (simd === undefined) simd = loadSimd();
  return simd?.() ?? plainEngine;
}

/** Made once: a thread reads many plans. */
let simd: ReturnType<typeof loadSimd> | undefined;

/** From this many bytes on, looking at every byte costs more than starting the SIMD engine does, some milliseconds. */
export const LARGE = 1 << 16;
