import type { Report } from '../model/report.ts';
import { authorshipLines } from './text/authorship.ts';
import { changeSetLines } from './text/changeset.ts';
import { decisionLines } from './text/decision.ts';
import { errorLines } from './text/errors.ts';
import { hazardLines } from './text/hazards.ts';
import { insteadLines } from './text/instead.ts';
import { type Line, type Look, layOut, section } from './text/layout.ts';
import { listingsOf } from './text/listing.ts';
import { nextLines } from './text/next.ts';
import { noteLines } from './text/notes.ts';
import { reasonLines } from './text/reasons.ts';
import { signOffLines } from './text/signoffs.ts';

/**
 * The report for people, what is needed first standing first. Ends with a newline. `width` is in columns, 40 at least;
 * colour only repeats what the words say. Nothing in the text can act on a terminal or on a build system's log.
 */
export function renderText(report: Report, look: Look): string {
  return layOut(linesOf(report), look);
}

function linesOf(report: Report): Line[] {
  const listings = listingsOf(report);
  const several = report.changeSets.length > 1;
  return [
    ...decisionLines(report),
    ...errorLines(report.errors),
    ...listings.flatMap((listing) => changeSetLines(listing, report.decision, several)),
    ...section('What to do instead', insteadLines(listings)),
    ...section('What the app declares, whatever is deployed', hazardLines(report)),
    ...(report.changeSets.length > 0 ? authorshipLines(report.authorship) : []),
    ...section('Sign-offs', signOffLines(report.signOffs)),
    ...section('Why this decision', reasonLines(report)),
    ...section('Next', nextLines(report)),
    ...section('Notes', noteLines(report)),
  ];
}
