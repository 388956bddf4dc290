import type { BlastRadius } from '../../model/blast-radius.ts';
import type { DecisionIs } from '../../model/decision.ts';
import { resourceOf } from '../../model/dependency.ts';
import { hangingOn } from '../../model/hanging.ts';
import type { JudgedChange, JudgedChangeSet } from '../../model/report.ts';
import { causeText } from '../text/cause.ts';
import { deferredLines, invocationLines, TITLE, unopposedTitle, wholeLines } from '../text/changeset.ts';
import { environmentText } from '../text/environment.ts';
import { WORD } from '../text/kind.ts';
import { grouped } from '../text/number.ts';
import { briefText } from '../text/outcome.ts';
import { isPipe, shellWord } from '../text/sign-command.ts';
import { badge } from './badge.ts';
import { card } from './card.ts';
import { type Chapter, type Entry, idOf } from './entry.ts';
import { hangingList, hangsOnCard } from './hangs.ts';
import { paragraphs } from './lines.ts';
import { type Html, html, name, when } from './markup.ts';
import { picture } from './picture.ts';

/** What a senior needs first of a change set: what concerns it as a whole, what is lost, and the picture of it. */
export function overview(chapter: Chapter, several: boolean): Html {
  const { set, needSignOff, flagged, unopposed, radius } = chapter;
  const of = several ? html`: ${name(set.source)}` : html``;
  const listed = [...needSignOff, ...flagged, ...unopposed];
  return html`<section aria-labelledby="${chapter.key}-lost">
<h2 id="${chapter.key}-lost">${titleOf(chapter)}${of}</h2>
${paragraphs(wholeLines(set))}
${when(listed.length === 0, () => html`<p>Nothing is destroyed, let go of or objected to.</p>`)}
${when(listed.length > 0, () => losses(chapter, listed))}
</section>
${when(!('why' in radius) && radius.resources.length > 0, () => html`<section aria-labelledby="${chapter.key}-radius"><h2 id="${chapter.key}-radius">Blast radius${of}</h2>${pictured(chapter, radius as BlastRadius)}</section>`)}
${'why' in radius && listed.length > 0 ? html`<section aria-labelledby="${chapter.key}-radius"><h2 id="${chapter.key}-radius">Blast radius${of}</h2><p>What hangs on it is not known: ${radius.why}.</p></section>` : null}`;
}

/** What the overview is called. */
export const titleOf = ({ needSignOff, flagged, unopposed }: Chapter): string =>
  needSignOff.length + flagged.length + unopposed.length > 0 ? 'What is lost' : 'What changes';

/** Every change of a change set, the dangerous ones first. */
export function eachChange(chapter: Chapter, decision: DecisionIs, several: boolean): Html {
  const { set, needSignOff, flagged, unopposed, rest } = chapter;
  const of = several ? html`: ${name(set.source)}` : html``;
  const hangs = hangsOnCard(chapter);
  const cards = (title: string, entries: readonly Entry[]): Html =>
    when(
      entries.length > 0,
      () => html`<h3>${title}${of}</h3>
${entries
  .slice(0, MOST_CARDS)
  .map((entry, index) =>
    card(
      entry,
      hangs(resourceOf(entry.change.address)),
      explainCommand(set, entry.change),
      index < OPEN_CARDS && entry.number <= OPEN_CARDS,
    ),
  )}
${when(entries.length > MOST_CARDS, () => html`<p class="warn">And ${grouped(entries.length - MOST_CARDS)} more: --format json lists every one.</p>`)}`,
    );
  const count = chapter.set.changes.length + set.invocations.length + set.deferred.length;
  return when(
    count > 0,
    () => html`<section aria-labelledby="${chapter.key}-changes"><h2 id="${chapter.key}-changes">Each change${of}</h2>
${cards(TITLE[decision], needSignOff)}
${cards('Worth a look', flagged)}
${titled('Actions that would run', paragraphs(invocationLines(set.invocations)), set.invocations.length)}
${titled('Put off to a later apply', paragraphs(deferredLines(set.deferred)), set.deferred.length)}
${cards(unopposedTitle(unopposed), unopposed)}
${restList(rest)}</section>`,
  );
}

const OPEN_CARDS = 10;
const MOST_CARDS = 2_000;

/** What tells more of a change; null where the input was read from a pipe and cannot be named. */
const explainCommand = ({ source }: JudgedChangeSet, { address }: JudgedChange): string | null =>
  isPipe(source) ? null : `check-plan explain ${shellWord(source)} ${shellWord(address)}`;

const titled = (title: string, body: Html, count: number): Html =>
  when(count > 0, () => html`<h3>${title}</h3>${body}`);

const pictured = (chapter: Chapter, radius: BlastRadius): Html =>
  html`${picture(chapter, radius)}${hangingList(chapter, radius)}`;

/** What a senior must take in first: what goes, what is in it, and how much hangs on it. */
function losses(chapter: Chapter, listed: readonly Entry[]): Html {
  const { radius, set } = chapter;
  const hanging = 'why' in radius ? null : hangingOn(radius);
  const shown = listed.slice(0, MOST_ROWS);
  return html`<div class="scroll" tabindex="0" role="group" aria-label="What is lost"><table class="losses">
<thead><tr><th scope="col">resource</th><th scope="col">what happens</th><th scope="col">what it costs</th><th scope="col">hangs on it</th></tr></thead>
<tbody>
${shown.map((entry) => {
  const { change } = entry;
  const links = hanging?.(resourceOf(change.address)).length ?? null;
  return html`<tr><th scope="row"><a href="#${idOf(entry)}">${name(change.address)}</a></th><td>${badge(change)} ${briefText(change)}${why(change)}</td><td>${change.loses === '' ? `holds ${change.holds}` : change.loses} <span class="dim">(${environmentText(change.environment)})</span></td><td>${links === null ? html`<span class="dim">not known</span>` : links === 0 ? html`<span class="dim">none known</span>` : html`${links}<span class="narrow"> hang on it</span>`}</td></tr>`;
})}
</tbody></table></div>
${when(listed.length > shown.length, () => html`<p>And <a href="#${chapter.key}-changes">${grouped(listed.length - shown.length)} more of this ${WORD[set.kind]}</a>.</p>`)}`;
}

const MOST_ROWS = 12;

/** The first thing that makes it happen, or that it takes away. */
function why({ causes, disarmed }: JudgedChange): Html {
  const [cause] = causes;
  const says = disarmed[0]?.says ?? (cause === undefined ? '' : causeText(cause, false));
  return when(
    says !== '',
    () => html`${disarmed.length > 0 ? ': ' : html` <span class="dim">because</span> `}${says}`,
  );
}

function restList(rest: readonly Entry[]): Html {
  return when(
    rest.length > 0,
    () => html`<details><summary>The rest: ${grouped(rest.length)} without a loss or an objection</summary><ul>
${rest.slice(0, MOST_CARDS).map((entry) => html`<li id="${idOf(entry)}">${name(entry.change.address)} ${badge(entry.change)}</li>`)}
</ul>${when(rest.length > MOST_CARDS, () => html`<p class="warn">And ${grouped(rest.length - MOST_CARDS)} more: --format json lists every one.</p>`)}</details>`,
  );
}
