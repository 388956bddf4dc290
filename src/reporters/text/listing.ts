import type { Effect } from '../../model/change.ts';
import type { Counts, JudgedChange, JudgedChangeSet, Report } from '../../model/report.ts';
import { isLoss } from './outcome.ts';

/** How the changes of one change set are shown, with the number that each has in the whole report. */
export interface Listing {
  readonly set: JudgedChangeSet;
  readonly needSignOff: readonly Entry[];
  readonly flagged: readonly Entry[];
  /** Losses that no rule objects to. */
  readonly unopposed: readonly Entry[];
  /** What is in no list. */
  readonly rest: Counts;
}

export interface Entry {
  readonly number: number;
  readonly change: JudgedChange;
  readonly detail: 'full' | 'line' | 'counted';
}

export function listingsOf(report: Report): Listing[] {
  let number = 0;
  const enter = (detail: (number: number) => Entry['detail']) => (change: JudgedChange) => {
    number += 1;
    return { number, change, detail: detail(number) };
  };
  const dangerous = enter((at) => (at <= IN_FULL ? 'full' : at <= IN_FULL + AS_LINES ? 'line' : 'counted'));
  const plain = enter((at) => (at <= IN_FULL + AS_LINES ? 'line' : 'counted'));
  return report.changeSets.map((set) => {
    const needSignOff = set.changes.filter(needs).map(dangerous);
    const flagged = set.changes.filter((change) => !needs(change) && hasFinding(change)).map(dangerous);
    const unopposed = set.changes
      .filter((change) => !needs(change) && !hasFinding(change) && isLoss(change.effect))
      .map(plain);
    const rest = minus(set.counts, [...needSignOff, ...flagged, ...unopposed]);
    return { set, needSignOff, flagged, unopposed, rest };
  });
}

/** More than these nobody reads; past them a change gets one line, and past those it is only counted. */
const IN_FULL = 40;
const AS_LINES = 200;

const needs = (change: JudgedChange): boolean => change.needsSignOff;
const hasFinding = (change: JudgedChange): boolean => change.findings.length > 0;

function minus(counts: Counts, listed: readonly Entry[]): Counts {
  const rest: Record<Effect, number> = { ...counts };
  for (const { change } of listed) rest[change.effect] -= 1;
  return rest;
}
