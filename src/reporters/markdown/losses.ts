import { takesAway } from '../../model/change.ts';
import type { JudgedChange } from '../../model/report.ts';
import type { Target } from '../../model/signoff.ts';
import { causeText } from '../text/cause.ts';
import { changeLines } from '../text/change.ts';
import { fateText } from '../text/fate.ts';
import { worstFirst } from '../text/finding.ts';
import type { Entry } from '../text/listing.ts';
import { grouped } from '../text/number.ts';
import { briefText } from '../text/outcome.ts';
import { cell, code, prose } from './escape.ts';
import { listOf } from './lines.ts';
import type { Room } from './room.ts';

/** What is lost, a change a row. */
export function lossTable(entries: readonly Entry[], { rows, longest }: Room): string[] {
  const shown = entries.slice(0, rows);
  const more = entries.length - shown.length;
  if (shown.length === 0) return [];
  return [
    '| | resource | what happens | what is lost | why |',
    '|---|---|---|---|---|',
    ...shown.map(({ change, number }) =>
      [
        '',
        ` ${number} `,
        ...[nameOf, happensTo, lostWith, whyOf].map((part) => ` ${cell(part(change, longest))} `),
        '',
      ].join('|'),
    ),
    ...(more > 0 ? ['', `… and ${grouped(more)} more, which there is no room for here.`] : []),
  ];
}

/** All that is known of each of them. */
export function evidenceOf(entries: readonly Entry[], target: Target, room: Room): string[] {
  return entries.flatMap(({ change, number }) => [
    `**${number}.** ${nameOf(change, room.longest)}`,
    '',
    ...listOf(changeLines(change, number, target).slice(1), room),
    '',
  ]);
}

type Part = (change: JudgedChange, longest: number) => string;

const nameOf: Part = ({ address, type, deposed }, longest) =>
  [
    code(address, longest),
    ...(address.includes(type) ? [] : [`(${code(type, longest)})`]),
    ...(deposed === null ? [] : [`(deposed object ${code(deposed, longest)})`]),
  ].join(' ');

const happensTo: Part = (change) => {
  const worst = worstFirst(change.findings)[0];
  return worst === undefined ? briefText(change) : `**${worst.severity}**: ${briefText(change)}`;
};

const lostWith: Part = (change, longest) => {
  const lost = takesAway(change.effect) ? change.loses : change.disarmed.map(({ says }) => says).join(', ');
  return [lost, fateText(change)]
    .filter((part) => part !== '')
    .map((part) => prose(part, longest))
    .join('; ');
};

const whyOf: Part = ({ causes, effect }, longest) => {
  const shown = causes
    .slice(0, CAUSES)
    .map((cause) => prose(causeText(cause, effect === 'replace'), longest));
  return [...shown, ...(causes.length > CAUSES ? [`and ${causes.length - CAUSES} more`] : [])].join('; ');
};

const CAUSES = 2;
