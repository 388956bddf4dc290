import type { KeyHardware, SignOff } from '../../model/signoff.ts';
import { type Line, led, line, span, whole } from './layout.ts';
import { moreText } from './number.ts';
import { quoted } from './value.ts';

/** Every record found: the accepted with who and until when, the refused with the step that they failed at. */
export function signOffLines(signOffs: readonly SignOff[]): Line[] {
  const ordered = signOffs.toSorted((a, b) => Number(b.accepted) - Number(a.accepted));
  return [
    ...ordered
      .slice(0, LISTED)
      .flatMap((signOff) => (signOff.accepted ? accepted(signOff) : refused(signOff))),
    ...(ordered.length > LISTED ? [line(2, span(moreText(ordered.length - LISTED), 'warn'))] : []),
  ];
}

const LISTED = 20;
const COLUMN = 10;

function accepted(signOff: SignOff): Line[] {
  const until = signOff.expiresAt === null ? '' : `, until ${signOff.expiresAt}`;
  return [
    led(
      2,
      whole('accepted'.padEnd(COLUMN), 'good'),
      span(whose(signOff), 'strong'),
      span(until),
      ...source(signOff),
    ),
    ...worthKnowing(signOff).map((says) => line(2 + COLUMN, span(says, 'warn'))),
    ...commentLine(signOff),
  ];
}

/** What makes an accepted record weaker than another. */
const worthKnowing = ({ kind, selfSignOff, hardware }: SignOff): readonly string[] => [
  ...(kind === 'break-glass' ? ['BREAKS THE GLASS: an emergency, to be reviewed by somebody else'] : []),
  ...(selfSignOff ? ['their own change: nobody else could sign, and the waiting time is over'] : []),
  ...(hardware === null ? [] : KEY[hardware]),
];

const KEY: Readonly<Record<KeyHardware, readonly string[]>> = {
  attested: [],
  claimed: ['the key says that it is on a security key, and nobody has checked that'],
  none: ['the key is on no security key: whoever can read it can sign with it'],
};

function refused(signOff: SignOff): Line[] {
  const failed = signOff.steps.findLast((step) => !step.holds);
  const why =
    failed === undefined ? 'no step of the verification says why' : `${failed.says} (step ${failed.step})`;
  return [
    led(2, whole('refused'.padEnd(COLUMN), 'bad'), span(whose(signOff)), ...source(signOff)),
    line(2 + COLUMN, span(why)),
    ...commentLine(signOff),
  ];
}

const whose = ({ person, level }: SignOff): string =>
  person === null ? 'by an unknown key' : level === null ? person : `${person} (${level})`;

const source = ({ source: path }: SignOff) => [span(', ', 'dim'), whole(path, 'dim')];

const commentLine = ({ comment }: SignOff): Line[] =>
  comment === null || comment === '' ? [] : [line(2 + COLUMN, span(quoted(comment), 'dim'))];
