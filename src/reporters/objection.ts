import type { Finding, Severity } from '../model/finding.ts';
import type { JudgedChange, JudgedChangeSet, Report } from '../model/report.ts';
import { causeText } from './text/cause.ts';
import { fateText } from './text/fate.ts';
import { SEVERITY_RANK, worstFirst } from './text/finding.ts';
import { outcomeText } from './text/outcome.ts';

/** A finding with what it is about, as formats list it that show one finding at a time. */
export interface Objection {
  readonly finding: Finding;
  readonly set: JudgedChangeSet;
  /** The address of the change or the action; null where it is about the whole. */
  readonly address: string | null;
  readonly deposed: string | null;
  readonly change: JudgedChange | null;
  readonly needsSignOff: boolean;
}

/** Every finding, worst first; of equals those of the whole first, then in the order of the report. */
export function objectionsOf({ changeSets }: Report): Objection[] {
  const all = changeSets.flatMap((set) => [
    ...set.findings.map((finding) => ({ ...OF_THE_WHOLE, finding, set, needsSignOff: set.needsSignOff })),
    ...set.changes.flatMap((change) =>
      worstFirst(change.findings).map((finding) => ({
        finding,
        set,
        address: change.address,
        deposed: change.deposed,
        change,
        needsSignOff: change.needsSignOff,
      })),
    ),
    ...set.invocations.flatMap(({ address, findings, needsSignOff }) =>
      findings.map((finding) => ({ ...OF_THE_WHOLE, finding, set, address, needsSignOff })),
    ),
  ]);
  return all.sort((a, b) => SEVERITY_RANK[a.finding.severity] - SEVERITY_RANK[b.finding.severity]);
}

const OF_THE_WHOLE = { address: null, deposed: null, change: null };

/** What it is, in a sentence or two: what is found, what happens, what is lost, and why. */
export function objectionText({ finding, change }: Objection): string {
  if (change === null) return finding.message;
  const fate = fateText(change);
  const parts = [
    finding.message,
    outcomeText(change),
    ...(change.loses === '' ? [] : [`at stake: ${change.loses}`]),
    ...(fate === '' ? [] : [fate]),
    ...change.disarmed.map(({ says }) => says),
    ...change.causes.slice(0, CAUSES).map((cause) => causeText(cause, change.effect === 'replace')),
  ];
  return parts.join('; ');
}

const CAUSES = 2;

/** A key for this finding that a new run gives the same finding again. */
export const objectionKey = ({ finding, set, address, deposed }: Objection): string =>
  JSON.stringify([finding.rule, set.source, address, deposed]);

/** Levels as most tools of others know them. */
export const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};
