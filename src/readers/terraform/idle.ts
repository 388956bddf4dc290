import { CheckError } from '../../model/error.ts';
import type { Engine } from '../json/engine.ts';
import { stringAt } from '../json/raw-string.ts';
import type { Members } from '../json/walk.ts';

/** An element of `resource_changes` that changes nothing: what is needed of it besides that it is there. */
export interface Idle {
  readonly address: string;
  readonly deposed: string | null;
  /** A managed object that is there before. */
  readonly existed: boolean;
  readonly provider: string | null;
}

/**
 * Makes a look at the raw bytes of an element that tells, without parsing it, whether it plainly changes nothing: its
 * actions are exactly `no-op`, it neither imports nor moves, and nothing about its own members or those of its `change`
 * is unusual. Null for every other element, which is then for `readChange`, a broken one too.
 *
 * `readChange` says of such an element that its effect is `none`, unless a value deep inside of it, or a name that
 * nothing is done with, is broken.
 */
export function createIdleLook(engine: Engine): (raw: Uint8Array) => Idle | null {
  const walk = engine.createWalk(ELEMENT);
  const { places } = walk;

  /** Nearly every element has the provider of the one before: its value as it stands there, and what it says. */
  let providerBytes = NULL;
  let provider: string | null = null;

  const has = (raw: Uint8Array, row: number, what: Uint8Array): boolean => {
    const at = places[2 * row] ?? 0;
    for (let i = 0; i < what.length; i++) if (raw[at + i] !== what[i]) return false;
    return true;
  };

  const isNull = (raw: Uint8Array, row: number): boolean => places[2 * row] === 0 || has(raw, row, NULL);

  const text = (raw: Uint8Array, row: number): string | null =>
    isNull(raw, row) ? null : stringAt(raw, places[2 * row] ?? 0, places[2 * row + 1] ?? 0) || null;

  const existed = (raw: Uint8Array): boolean => {
    if (isNull(raw, BEFORE)) return false;
    if (has(raw, MODE, MANAGED)) return true;
    const mode = text(raw, MODE);
    return mode !== 'data' && mode !== 'ephemeral';
  };

  const providerOf = (raw: Uint8Array): string | null => {
    if (isNull(raw, PROVIDER)) return null;
    if (!has(raw, PROVIDER, providerBytes)) {
      provider = text(raw, PROVIDER);
      providerBytes = Uint8Array.from(raw.subarray(places[2 * PROVIDER], places[2 * PROVIDER + 1]));
    }
    return provider;
  };

  const look = (raw: Uint8Array): Idle | null => {
    if (!walk.over(raw) || places[2 * ACTIONS] === 0) return null;
    const address = text(raw, ADDRESS);
    const previous = text(raw, PREVIOUS_ADDRESS);
    if (address === null || (previous !== null && previous !== address)) return null;
    // It is there before and not after: that is not nothing.
    if (!isNull(raw, BEFORE) && has(raw, AFTER, NULL)) return null;
    return {
      address,
      deposed: text(raw, DEPOSED),
      existed: existed(raw),
      provider: providerOf(raw),
    };
  };

  return (raw) => {
    try {
      return look(raw);
    } catch (thrown) {
      if (thrown instanceof CheckError) return null;
      throw thrown;
    }
  };
}

const NULL = new TextEncoder().encode('null');
const MANAGED = new TextEncoder().encode('"managed"');

/** The members in the order that Terraform writes them in. */
export const ELEMENT: Members = {
  outer: [
    ['address', 'text'],
    ['previous_address', 'text'],
    ['module_address', 'text'],
    ['mode', 'text'],
    ['type', 'text'],
    ['name', 'text'],
    ['index', 'any'],
    ['provider_name', 'text'],
    ['deposed', 'text'],
    ['change', 'object'],
  ],
  inner: [
    ['actions', 'list-of-word'],
    ['before', 'any'],
    ['after', 'any'],
    ['after_unknown', 'any'],
    ['before_sensitive', 'any'],
    ['after_sensitive', 'any'],
    ['before_identity', 'any'],
    ['after_identity', 'any'],
  ],
  word: 'no-op',
};

export const rowOf = (wanted: string): number =>
  [...ELEMENT.outer, ...ELEMENT.inner].findIndex(([key]) => key === wanted);
const ADDRESS = rowOf('address');
const PREVIOUS_ADDRESS = rowOf('previous_address');
const MODE = rowOf('mode');
const PROVIDER = rowOf('provider_name');
const DEPOSED = rowOf('deposed');
const ACTIONS = rowOf('actions');
const BEFORE = rowOf('before');
const AFTER = rowOf('after');
