import type { Report } from '../model/report.ts';
import { code, prose } from './markdown/escape.ts';
import { listOf } from './markdown/lines.ts';
import { evidenceOf, lossTable } from './markdown/losses.ts';
import { ROOMS, type Room } from './markdown/room.ts';
import { authorshipLines } from './text/authorship.ts';
import { deferredLines, invocationLines, wholeLines } from './text/changeset.ts';
import { countsText } from './text/counts.ts';
import { errorLines } from './text/errors.ts';
import { insteadLines } from './text/instead.ts';
import type { Style } from './text/layout.ts';
import { type Listing, listingsOf } from './text/listing.ts';
import { nextLines } from './text/next.ts';
import { noteLines } from './text/notes.ts';
import { counted, grouped } from './text/number.ts';
import { reasonLines } from './text/reasons.ts';
import { signOffLines } from './text/signoffs.ts';
import { targetText } from './text/target.ts';
import { verdictOf } from './text/verdict.ts';

/** What a comment of check-plan begins with, so that the next run finds it again. */
export const MARKER = '<!-- check-plan -->';

/** The most characters that GitHub takes for a comment, and room for what a poster puts around it. */
export const LONGEST_COMMENT = 65_000;

/**
 * The report as the comment of a pull request: what is decided and what is lost in sight, the rest folded away. Ends
 * with a newline, and is never longer than `LONGEST_COMMENT`: what matters least is left out, and the comment says so.
 */
export function renderMarkdown(report: Report): string {
  const listings = listingsOf(report);
  let text = '';
  for (const room of ROOMS) {
    text = `${partsOf(report, listings, room)
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trimEnd()}\n`;
    if (text.length <= LONGEST_COMMENT) break;
  }
  return text;
}

function partsOf(report: Report, listings: readonly Listing[], room: Room): string[] {
  const { word, rest, style } = verdictOf(report);
  const several = listings.length > 1;
  return [
    MARKER,
    `## ${MARK[style]} ${word}`,
    '',
    `**${prose(rest, room.longest)}**`,
    '',
    ...listOf(errorLines(report.errors), room),
    '',
    ...listings.slice(0, room.entries).flatMap((listing) => changeSetPart(listing, several, room)),
    ...(listings.length > room.entries
      ? [`… and ${counted(listings.length - room.entries, 'more input')}.`, '']
      : []),
    ...section('Next', listOf(nextLines(report), room)),
    ...section('What to do instead', listOf(insteadLines(listings), room)),
    ...fold(
      'Who wrote it',
      report.changeSets.length > 0 ? listOf(authorshipLines(report.authorship), room) : [],
    ),
    ...fold('Sign-offs', listOf(signOffLines(report.signOffs), room)),
    ...fold('Why this decision', listOf(reasonLines(report), room)),
    ...fold('Notes', listOf(noteLines(report), room)),
    ...(room === ROOMS[0]
      ? []
      : ['Shortened to what fits into a comment: `--format json` lists everything.']),
  ];
}

const MARK: Record<Style, string> = {
  bad: '⛔',
  warn: '⚠️',
  good: '✅',
  plain: '',
  strong: '',
  dim: '',
  code: '',
};

/** What concerns one input. */
function changeSetPart(listing: Listing, several: boolean, room: Room): string[] {
  const { set, needSignOff, flagged, unopposed } = listing;
  const source = code(set.source, room.longest);
  const target = targetText(set.target);
  const about = [set.tool, ...(target === '' ? [] : [target]), countsText(set.counts) || 'no changes'];
  const listed = [...needSignOff, ...flagged];
  const [actions, deferred] = [invocationLines(set.invocations), deferredLines(set.deferred)];
  return [
    `${several ? '### ' : ''}${source}`,
    '',
    about.map((part) => prose(part, room.longest)).join(' · '),
    '',
    ...listOf(wholeLines(set), room),
    '',
    ...lossTable(listed, room),
    '',
    ...fold(evidenceTitle(listed.length, room), evidenceOf(listed.slice(0, room.evidence), set.target, room)),
    ...fold(
      `Destroyed or let go of, with no rule against it (${unopposed.length})`,
      lossTable(unopposed, room),
    ),
    ...fold(`Actions that would run (${set.invocations.length})`, listOf(actions, room)),
    ...fold(`Put off to a later apply (${set.deferred.length})`, listOf(deferred, room)),
  ];
}

const evidenceTitle = (listed: number, { evidence }: Room): string =>
  listed <= evidence ? 'Evidence' : `Evidence for the first ${evidence} of ${grouped(listed)}`;

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`### ${title}`, '', ...lines, ''];

/** Markdown is read again after the blank line. */
const fold = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['<details>', `<summary>${title}</summary>`, '', ...lines, '', '</details>', ''];
