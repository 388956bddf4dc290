import type { DecisionIs } from '../../model/decision.ts';
import type { JudgedChangeSet, Report } from '../../model/report.ts';
import { WORD, wordFor } from './kind.ts';
import { type Line, line, span, whole } from './layout.ts';
import { counted } from './number.ts';
import { isPipe, signCommand } from './sign-command.ts';

/** What to do now, with the commands to copy. */
export function nextLines(report: Report): Line[] {
  if (report.errors.length > 0 || report.exitCode === 1 || report.exitCode === 64) return [];
  return NEXT[report.decision](report);
}

const NEXT: Record<DecisionIs, (report: Report) => Line[]> = {
  allowed: () => [],
  'sign-off-required': (report) => [
    ...(report.policy.digest === null ? rosterLines : []),
    line(
      2,
      span('A person on the roster who had no hand in this change reads the list above, and signs it:'),
    ),
    ...report.changeSets
      .filter(({ signOffDigest }) => signOffDigest !== null)
      .flatMap((set) => signLines(set, report.signWith)),
    ...handLines(report),
    line(
      2,
      span(`Or change the code so that none of this is planned, and run check-plan on ${theNew(report)}.`),
    ),
  ],
  blocked: (report) => [
    line(
      2,
      span(
        `Change the code so that none of this is planned, or let the owners of the policy change it; then run check-plan on ${theNew(report)}.`,
      ),
    ),
  ],
};

const theNew = ({ changeSets }: Report): string => `the new ${wordFor(changeSets.map(({ kind }) => kind))}`;

const rosterLines: Line[] = [
  line(2, span('Nobody can sign yet: no policy says who may. This writes a first one:')),
  line(4, whole('check-plan init', 'code')),
  line(2, span('Put the people who may sign into it, and bring it to the protected branch.')),
];

const signLines = (set: JudgedChangeSet, signWith: readonly string[]): Line[] => [
  ...(isPipe(set.source)
    ? [line(4, span(`(first save the ${WORD[set.kind]} to a file: it came through a pipe)`, 'dim'))]
    : []),
  line(4, whole(signCommand(set, signWith), 'code')),
  ...(set.signOffDigest === null
    ? []
    : [line(4, span(`(sign-off digest ${set.signOffDigest.slice(0, DIGEST)}…)`, 'dim'))]),
];

const DIGEST = 'sha256:'.length + 12;

function handLines({ authorship: { hands, handsHidden } }: Report): Line[] {
  if (handsHidden !== null)
    return [
      line(2, span(`No signature counts until all commits of the change can be read: ${handsHidden}.`)),
    ];
  const identities = [...new Set(hands.map(({ identity }) => identity))];
  if (identities.length === 0) return [];
  const more = identities.length - HANDS;
  const names = identities.slice(0, HANDS).join(', ');
  const rest = more > 0 ? `, and ${counted(more, 'other')}` : '';
  return [line(2, span(`Who had a hand in it cannot sign: ${names}${rest}.`))];
}

const HANDS = 6;
