import type { Report } from '../model/report.ts';
import { commandOf, type Level } from './github/command.ts';
import { type Objection, objectionsOf, objectionText } from './objection.ts';
import { placeOf } from './place.ts';
import { counted } from './text/number.ts';
import { verdictOf } from './text/verdict.ts';
import { renderText } from './text.ts';

/**
 * The log of a GitHub Actions step: the text report, with a workflow command before it for the decision and for each of
 * the worst findings, which GitHub shows on the page of the run and on the pull request. Ends with a newline.
 */
export function renderGithub(report: Report): string {
  const objections = objectionsOf(report);
  const lines = [
    decisionLine(report),
    ...report.errors
      .slice(0, MOST)
      .map(({ code, message, mend, source }) =>
        commandOf(
          'error',
          `check-plan cannot judge (${code})`,
          `${source === null ? '' : `${source}: `}${message}${mend === null ? '' : `. To fix it: ${mend}`}`,
        ),
      ),
    ...objections.slice(0, MOST).map((objection) => findingLine(objection, report)),
  ];
  const more = objections.length - MOST;
  return [
    ...lines,
    ...(more > 0 ? [`… and ${counted(more, 'more finding')} without an annotation`] : []),
    '',
    renderText(report, { width: WIDTH, color: false }),
  ].join('\n');
}

/** GitHub shows ten annotations of a level for a step; one is the decision. */
const MOST = 9;
const WIDTH = 120;

function decisionLine(report: Report): string {
  const { word, rest, style } = verdictOf(report);
  return commandOf(
    style === 'bad' ? 'error' : style === 'good' ? 'notice' : 'warning',
    `check-plan: ${word}`,
    rest,
  );
}

function findingLine(objection: Objection, report: Report): string {
  const { finding, address, set } = objection;
  const stops = objection.needsSignOff && report.decision !== 'allowed' && !report.advisory;
  const level: Level = stops ? 'error' : objection.needsSignOff ? 'warning' : 'notice';
  return commandOf(
    level,
    `${finding.rule} ${finding.severity}: ${address ?? set.source}`,
    objectionText(objection),
    placeOf(objection),
  );
}
