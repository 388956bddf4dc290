import type { Deferred } from '../../model/change.ts';
import type { DecisionIs } from '../../model/decision.ts';
import type { JudgedChangeSet, JudgedInvocation } from '../../model/report.ts';
import type { Target } from '../../model/signoff.ts';
import { changeLine, changeLines } from './change.ts';
import { countsText, DONE } from './counts.ts';
import { findingSpans, worstFirst } from './finding.ts';
import { WORD } from './kind.ts';
import { BLANK, type Line, led, line, section, span, whole } from './layout.ts';
import type { Entry, Listing } from './listing.ts';
import { moreText } from './number.ts';
import { rowLines } from './row.ts';
import { tallyLines } from './tally.ts';

/** One change set: what concerns the whole of it, its dangerous changes, worst first, and what is besides. */
export function changeSetLines(listing: Listing, decision: DecisionIs, several: boolean): Line[] {
  const { set } = listing;
  const of = several ? `: ${set.source}` : '';
  const rest = countsText(listing.rest);
  const lines = (entries: readonly Entry[]): Line[] => entryLines(entries, set.target);
  const { needSignOff, flagged, unopposed } = listing;
  const listed = [...needSignOff, ...flagged, ...unopposed].map(({ change }) => change);
  return [
    ...section(`The ${WORD[set.kind]} as a whole${of}`, wholeLines(set)),
    ...tallyLines(listed, of),
    ...section(`${TITLE[decision]}${of}`, lines(needSignOff), 'bad'),
    ...section(`Worth a look${of}`, lines(flagged), 'warn'),
    ...section(`Actions that would run${of}`, invocationLines(set.invocations)),
    ...section(`Put off to a later apply${of}`, deferredLines(set.deferred)),
    ...section(`${unopposedTitle(unopposed)}${of}`, lines(unopposed)),
    ...(rest === '' || rest === countsText(set.counts)
      ? []
      : section(`The rest${of}`, [line(2, span(rest))])),
  ];
}

/** What the changes that need a sign-off are, once it is decided. */
export const TITLE: Record<DecisionIs, string> = {
  allowed: 'Permitted by sign-off',
  'sign-off-required': 'Needs a sign-off',
  blocked: 'Dangerous',
};

export const unopposedTitle = (entries: readonly Pick<Entry, 'change'>[]): string =>
  entries.every(({ change }) => !change.environment.treatedAsProduction)
    ? 'Destroyed or let go of, and not production by this sign'
    : 'Destroyed or let go of, with no rule against it';

function entryLines(entries: readonly Entry[], target: Target): Line[] {
  const full = entries.filter(({ detail }) => detail === 'full');
  const short = entries.filter(({ detail }) => detail === 'line');
  const more = entries.length - full.length - short.length;
  return [
    ...full.flatMap(({ change, number }, index) => [
      ...(index > 0 ? [BLANK] : []),
      ...changeLines(change, number, target),
    ]),
    ...(full.length > 0 && short.length > 0 ? [BLANK] : []),
    ...short.map(({ change }) => changeLine(change)),
    ...moreLines(more),
  ];
}

const moreLines = (more: number): Line[] => (more === 0 ? [] : [line(2, span(moreText(more), 'warn'))]);

export const wholeLines = ({ findings }: JudgedChangeSet): Line[] =>
  worstFirst(findings).map((finding) => line(2, ...findingSpans(finding)));

export function invocationLines(invocations: readonly JudgedInvocation[]): Line[] {
  const ordered = invocations.toSorted((a, b) => Number(b.needsSignOff) - Number(a.needsSignOff));
  return [
    ...ordered.slice(0, LISTED).flatMap(({ address, trigger, deferred, findings, needsSignOff }) => [
      led(
        2,
        span('- '),
        whole(address, needsSignOff ? 'strong' : 'plain'),
        span(`, ${trigger}`),
        ...(deferred ? [span(', put off to a later apply')] : []),
        ...(needsSignOff ? [span(', needs a sign-off', 'bad')] : []),
      ),
      ...rowLines(
        4,
        worstFirst(findings).map((finding) => ({ label: 'rule', spans: findingSpans(finding) })),
      ),
    ]),
    ...moreLines(Math.max(0, ordered.length - LISTED)),
  ];
}

export const deferredLines = (deferred: readonly Deferred[]): Line[] => [
  ...deferred
    .slice(0, LISTED)
    .map(({ address, effect, reason }) =>
      led(2, span('- '), whole(address), span(`: would be ${DONE[effect]}, ${reason}`)),
    ),
  ...moreLines(Math.max(0, deferred.length - LISTED)),
  ...(deferred.length === 0 ? [] : [line(2, span('Each will need a plan of its own.', 'dim'))]),
];

const LISTED = 40;
