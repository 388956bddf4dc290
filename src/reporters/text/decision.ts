import type { JudgedChangeSet, Report } from '../../model/report.ts';
import { countsText } from './counts.ts';
import { WORD } from './kind.ts';
import { BLANK, type Line, line, span, whole } from './layout.ts';
import { targetText } from './target.ts';
import { verdictOf } from './verdict.ts';

/** The verdict in one line, and what was judged. */
export function decisionLines(report: Report): Line[] {
  const { word, rest, style } = verdictOf(report);
  return [
    line(0, span(word, style), span(`: ${rest}`, 'strong')),
    ...report.changeSets.flatMap((set) => [BLANK, ...sourceLines(set)]),
  ];
}

export function sourceLines(set: JudgedChangeSet): Line[] {
  const target = targetText(set.target);
  const made = set.plannedAt === null ? set.tool : `${set.tool}, planned ${set.plannedAt}`;
  return [
    line(2, whole(set.source, 'code'), span(` (${made})`, 'dim')),
    ...(target === '' ? [] : [line(2, span(target))]),
    line(2, span(countsText(set.counts) || 'no changes')),
    ...(set.complete === false
      ? [
          line(
            2,
            span(
              `This ${WORD[set.kind]} is not the whole: a full one would change more than it lists.`,
              'warn',
            ),
          ),
        ]
      : []),
  ];
}
