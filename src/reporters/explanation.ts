import type { Link } from '../model/blast-radius.ts';
import { takesAway } from '../model/change.ts';
import { resourceOf } from '../model/dependency.ts';
import type { Explanation, Mend } from '../model/explanation.ts';
import { causeText } from './text/cause.ts';
import { environmentRows } from './text/environment.ts';
import { fateText } from './text/fate.ts';
import { titleSpans, worstFirst } from './text/finding.ts';
import {
  BLANK,
  type Line,
  type Look,
  layOut,
  led,
  line,
  type Span,
  section,
  span,
  whole,
} from './text/layout.ts';
import { counted } from './text/number.ts';
import { briefText, outcomeText, STAYS } from './text/outcome.ts';
import { type Row, rowLines } from './text/row.ts';

/** Explanations for people: the chain from the changed line to the loss, and what to write instead. */
export const renderExplanations = (explanations: readonly Explanation[], look: Look): string =>
  layOut(
    [
      ...explanations
        .slice(0, EXPLAINED)
        .flatMap((one, index) => [...(index > 0 ? [BLANK, BLANK] : []), ...linesOf(one)]),
      ...section('And more', moreLines(explanations.length - EXPLAINED)),
      ...section('Not known', untoldLines(explanations)),
    ],
    look,
  );

const EXPLAINED = 30;

const moreLines = (more: number): Line[] =>
  more > 0
    ? [line(2, span(`${counted(more, 'change')}: name one, or take --json, which has every one`, 'warn'))]
    : [];

const untoldLines = (explanations: readonly Explanation[]): Line[] =>
  [...new Set(explanations.flatMap(({ untold }) => untold))].map((says) => led(2, span('- '), span(says)));

function linesOf(explanation: Explanation): Line[] {
  const { change, mends } = explanation;
  return [
    line(0, whole(change.address, 'strong'), span(`: ${briefText(change)}`)),
    ...worstFirst(change.findings).map((finding) => line(2, ...titleSpans(finding))),
    ...section('How it comes to this', chainLines(explanation)),
    ...section(
      `What to write instead${mends.length > 1 ? ', whichever of these is meant' : ''}`,
      mends.length > 0 ? mends.flatMap(mendLines) : [line(2, span(NO_MEND))],
    ),
  ];
}

const NO_MEND = 'Nothing that fits is known. Change the code so that this is not planned, or have it signed.';

function chainLines({ change, follows, hanging, leansOn }: Explanation): Line[] {
  const steps: (readonly Span[])[] = [
    ...follows.map((cause, index) => [
      whole(cause.address),
      span(index === 0 ? `: ${causesOf(cause)}` : ' follows from it'),
      span(`; it ${outcomeText(cause)}`),
    ]),
    ...(follows.length > 0 ? [[whole(change.address), span(` leans on ${lastOf(follows)}`)]] : []),
    ...change.causes.slice(0, CAUSES).map((cause) => [span(causeText(cause, change.effect === 'replace'))]),
    ...change.disarmed.map(({ says }) => [span(says, 'warn')]),
    [span(`so it ${outcomeText(change)}`)],
    ...(fateText(change) === '' ? [] : [[span(`what exists is ${fateText(change)}`)]]),
    ...(change.loses === ''
      ? []
      : [
          [
            span(takesAway(change.effect) && !STAYS[change.fate] ? 'lost: ' : 'at stake: '),
            span(change.loses, 'strong'),
          ],
        ]),
  ];
  return [
    ...steps.map((spans, index) => led(2, whole(`${String(index + 1).padStart(2)}. `, 'dim'), ...spans)),
    ...rowLines(2, [
      ...environmentRows(change.environment),
      ...change.standing.map((says): Row => ({ label: 'guarded by', spans: [span(says)] })),
      ...(change.physicalId === null ? [] : [{ label: 'object', spans: [whole(change.physicalId)] }]),
      ...hangingRows(hanging, resourceOf(change.address)),
      ...leansOn.slice(0, LISTED).map((resource): Row => ({ label: 'leans on', spans: [whole(resource)] })),
    ]),
  ];
}

const CAUSES = 6;
const LISTED = 12;

const causesOf = ({ causes, effect }: Explanation['change']): string =>
  causes
    .slice(0, 2)
    .map((cause) => causeText(cause, effect === 'replace'))
    .join('; ') || 'no reason is given';

const lastOf = (follows: Explanation['follows']): string => follows.at(-1)?.address ?? '';

function hangingRows(hanging: Explanation['hanging'], resource: string): Row[] {
  if (hanging === null) return [];
  if (hanging.length === 0) return [{ label: 'hangs on it', spans: [span('nothing that is known', 'dim')] }];
  const rows = hanging.slice(0, LISTED).map(
    (link): Row => ({
      label: 'hangs on it',
      spans: [whole(link.from), span(` (${howText(link, resource)})`, 'dim')],
    }),
  );
  const more = hanging.length - rows.length;
  return more > 0
    ? [...rows, { label: 'hangs on it', spans: [span(`and ${counted(more, 'more resource')}`)] }]
    : rows;
}

/** Where it is written that something hangs on a resource, and what lies between. */
const howText = ({ to, through, known }: Link, resource: string): string =>
  [
    `by the ${known}`,
    ...(to === resource ? [] : [`over ${to}`]),
    ...(through.length > 0 ? [`through ${through.join(', ')}`] : []),
  ].join(', ');

/** Code to paste has lines of its own, which are never broken. */
const mendLines = ({ says, code }: Mend): Line[] => [
  led(2, span('- '), span(says)),
  ...(code === null ? [] : code.split('\n').map((text) => line(6, whole(text, 'code')))),
];
