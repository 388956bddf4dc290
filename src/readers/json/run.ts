import type { Members } from './walk.ts';

/** What makes an element plain, so that a skipper may pass over it, and who hears of those that it passed over. */
export interface PlainElements {
  readonly members: Members;
  /** The rows of the members that have a say, `outer` before `inner`, in the order of `ROLES`. */
  readonly roles: readonly number[];
  passed(run: Run): void;
}

/** In the order of the constants of assembly/run.ts. */
export const ROLES = [
  'address',
  'previous_address',
  'mode',
  'provider_name',
  'deposed',
  'actions',
  'before',
  'after',
] as const;

/** Elements that follow each other, all plain. What is told of them is good until the call returns. */
export interface Run {
  readonly count: number;
  /** Whether any of them is a managed object that is there before. */
  readonly existed: boolean;
  /** Whether any has a provider of OpenTofu's registry. */
  readonly openTofu: boolean;
  /** The two halves of the hash of an address, as `createSeen` makes it of an object that is not deposed. */
  low(nth: number): number;
  high(nth: number): number;
  /** The address as it stands there, with its quotes. */
  address(nth: number): Uint8Array;
}
