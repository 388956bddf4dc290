import { createHash } from 'node:crypto';
import type { BlastRadius, Untold } from '../model/blast-radius.ts';
import type { Reason } from '../model/decision.ts';
import type { Report } from '../model/report.ts';
import { eachChange, overview, titleOf } from './html/chapter.ts';
import { type Chapter, chaptersOf } from './html/entry.ts';
import { paragraphs } from './html/lines.ts';
import { type Html, html, name, when } from './html/markup.ts';
import { STYLE } from './html/style.ts';
import { authorshipLines } from './text/authorship.ts';
import { sourceLines } from './text/decision.ts';
import { errorLines } from './text/errors.ts';
import { nextLines } from './text/next.ts';
import { noteLines } from './text/notes.ts';
import { valuesText } from './text/reasons.ts';
import { signOffLines } from './text/signoffs.ts';
import { verdictOf } from './text/verdict.ts';

/**
 * The report as one page that asks nobody for anything: no script, no font, no picture from elsewhere, and a policy in
 * it that forbids them all. `radii` are the blast radii of the change sets, in their order.
 */
export function renderHtml(report: Report, radii: readonly (BlastRadius | Untold)[]): string {
  const chapters = chaptersOf(report, radii);
  const several = chapters.length > 1;
  const { word, rest, style } = verdictOf(report);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${{ markup: STYLE_HASH }}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${word}: ${report.changeSets.map(({ source }) => source).join(', ') || 'check-plan'}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<a class="skip" href="#content">To the report</a>
<header>
<div class="verdict ${style}"><p class="word">${word}</p><h1>${sentence(rest)}</h1>
<ul class="sources">${report.changeSets.map((set) => html`<li>${paragraphs(sourceLines(set))}</li>`)}</ul></div>
${contents(report, chapters)}
</header>
<main id="content">
${when(report.errors.length > 0, () => part('errors', 'What keeps it from being judged', paragraphs(errorLines(report.errors))))}
${chapters.map((chapter) => overview(chapter, several))}
${when(nextLines(report).length > 0, () => part('next', 'What to do now', paragraphs(nextLines(report))))}
${chapters.map((chapter) => eachChange(chapter, report.decision, several))}
${when(chapters.length > 0, () => part('authorship', 'Who wrote it', paragraphs(authorshipLines(report.authorship))))}
${when(report.signOffs.length > 0, () => part('sign-offs', 'Sign-offs', paragraphs(signOffLines(report.signOffs))))}
${part('reasons', 'Why this decision', reasonTree(report.reasons))}
${part('notes', 'Notes', paragraphs(noteLines(report)))}
</main>
<footer>Made by check-plan from its report; exit code ${report.exitCode}. Nothing in this page is loaded from anywhere.</footer>
</body>
</html>
`;
  return page.markup;
}

const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const part = (id: string, title: string, body: Html): Html =>
  html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`;

function contents(report: Report, chapters: readonly Chapter[]): Html {
  const several = chapters.length > 1;
  const links: (readonly [id: string, title: Html])[] = [
    ...(report.errors.length > 0 ? [['errors', html`Errors`] as const] : []),
    ...chapters.map(
      (chapter) =>
        [`${chapter.key}-lost`, several ? name(chapter.set.source) : html`${titleOf(chapter)}`] as const,
    ),
    ...(nextLines(report).length > 0 ? [['next', html`What to do now`] as const] : []),
    ...(chapters.length > 0 ? [['authorship', html`Who wrote it`] as const] : []),
    ['reasons', html`Why this decision`],
  ];
  return html`<nav aria-label="Contents"><ul>${links.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
}

/** The whole tree: what each node saw and asked for. */
function reasonTree(reasons: readonly Reason[]): Html {
  return when(
    reasons.length > 0,
    () => html`<ul class="tree">
${reasons
  .slice(0, MOST_REASONS)
  .map(
    (reason) =>
      html`<li>${reason.because.length === 0 ? reasonHtml(reason) : html`<details><summary>${reasonHtml(reason)}</summary>${reasonTree(reason.because)}</details>`}</li>`,
  )}
${when(reasons.length > MOST_REASONS, () => html`<li>and ${reasons.length - MOST_REASONS} more: --format json lists every one</li>`)}
</ul>`,
  );
}

const MOST_REASONS = 200;

const reasonHtml = (reason: Reason): Html =>
  html`<span class="${REASON_STYLE[reason.is]}">${reason.is}</span>: ${reason.says}<span class="dim">${valuesText(reason)}</span>`;

const REASON_STYLE = { allowed: 'good', 'sign-off-required': 'warn', blocked: 'bad' } as const;
