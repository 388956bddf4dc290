import type { DecisionIs } from '../../model/decision.ts';
import type { JudgedChangeSet, Report } from '../../model/report.ts';
import { type Line, line, span, whole } from './layout.ts';
import { counted } from './number.ts';

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
      span('A person on the roster who had no hand in this change reads what would be lost, and signs it:'),
    ),
    ...report.changeSets.filter(({ signOffDigest }) => signOffDigest !== null).flatMap(signLines),
    ...handLines(report),
    line(2, span('Or change the plan so that it destroys less; then run check-plan again.')),
  ],
  blocked: () => [
    line(
      2,
      span(
        'Change the plan so that it does not do this, or let its owners change the policy; then run check-plan again.',
      ),
    ),
  ],
};

const rosterLines: Line[] = [
  line(2, span('Nobody can sign yet: there is no policy, so no roster. This writes a first one:')),
  line(4, whole('check-plan init', 'code')),
  line(2, span('Put the people who may sign into it, and bring it to the protected branch.')),
];

const signLines = ({ source, signOffDigest }: JudgedChangeSet): Line[] => [
  ...(isPipe(source)
    ? [line(4, span('(first save the plan to a file: it came through a pipe)', 'dim'))]
    : []),
  line(
    4,
    whole(
      `check-plan sign ${isPipe(source) ? 'plan.json' : shellWord(source)} --key ~/.ssh/id_ed25519`,
      'code',
    ),
  ),
  ...(signOffDigest === null ? [] : [line(4, span(`sign-off digest ${signOffDigest}`, 'dim'))]),
];

const isPipe = (source: string): boolean => source === 'standard input';

/** A file name can be written so that copying the command would run another. */
function shellWord(text: string): string {
  const name = text.startsWith('-') ? `./${text}` : text;
  return /^[\w./:@%+=,-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

function handLines({ authorship: { hands } }: Report): Line[] {
  const identities = [...new Set(hands.map(({ identity }) => identity))];
  if (identities.length === 0) return [];
  const more = identities.length - HANDS;
  const names = identities.slice(0, HANDS).join(', ');
  const rest = more > 0 ? `, and ${counted(more, 'other')}` : '';
  return [line(2, span(`Who had a hand in it cannot sign: ${names}${rest}.`))];
}

const HANDS = 6;
