import { type Effect, takesAway } from '../../model/change.ts';
import type { Severity } from '../../model/finding.ts';
import type { Counts, JudgedChange, JudgedChangeSet, Report } from '../../model/report.ts';

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
  const enter =
    (detail: (at: number, change: JudgedChange) => Entry['detail']) =>
    (change: JudgedChange): Entry => {
      number += 1;
      return { number, change, detail: detail(number, change) };
    };
  const short = (at: number): Entry['detail'] => (at <= IN_FULL.grave + AS_LINES ? 'line' : 'counted');
  const dangerous = enter((at, change) => (at <= IN_FULL[gravityOf(change)] ? 'full' : short(at)));
  const plain = enter(short);
  return report.changeSets.map((set) => {
    const needSignOff = set.changes.filter(needs).map(dangerous);
    const flagged = set.changes.filter((change) => !needs(change) && hasFinding(change)).map(dangerous);
    const unopposed = set.changes
      .filter((change) => !needs(change) && !hasFinding(change) && takesAway(change.effect))
      .map(plain);
    const rest = minus(set.counts, [...needSignOff, ...flagged, ...unopposed]);
    return { set, needSignOff, flagged, unopposed, rest };
  });
}

/** More than these nobody reads; past them a change gets one line, and past those it is only counted. */
const IN_FULL = { grave: 40, slight: 10 } as const;
const AS_LINES = 100;

const gravityOf = ({ needsSignOff, findings }: JudgedChange): keyof typeof IN_FULL =>
  needsSignOff || findings.some(({ severity }) => GRAVE.has(severity)) ? 'grave' : 'slight';
const GRAVE: ReadonlySet<Severity> = new Set(['critical', 'high']);

const needs = (change: JudgedChange): boolean => change.needsSignOff;
const hasFinding = (change: JudgedChange): boolean => change.findings.length > 0;

function minus(counts: Counts, listed: readonly Entry[]): Counts {
  const rest: Record<Effect, number> = { ...counts };
  for (const { change } of listed) rest[change.effect] -= 1;
  return rest;
}
