import { type AttributeCause, type Cause, takesAway } from '../../model/change.ts';
import type { JudgedChange } from '../../model/report.ts';
import { environmentRows } from '../text/environment.ts';
import { fateText } from '../text/fate.ts';
import { titleSpans, worstFirst } from '../text/finding.ts';
import { briefText, outcomeText } from '../text/outcome.ts';
import { pathText, valueText } from '../text/value.ts';
import { spelling, visible } from '../visible.ts';
import { badge, toneOf } from './badge.ts';
import { type Entry, idOf } from './entry.ts';
import { phrases } from './lines.ts';
import { code, type Html, html, name, when } from './markup.ts';

/** Everything that a person needs to judge one change. `hangs` says what hangs on it; `explain` is the command that tells more. */
export function card(entry: Entry, hangs: Html, explain: string | null, isOpen: boolean): Html {
  const { change, number } = entry;
  return html`<details class="card ${toneOf(change)}" id="${idOf(entry)}"${isOpen ? html` open` : null}>
<summary><span class="number">${number}</span> <h4>${name(change.address)}</h4> ${badge(change)} <span class="dim">${briefText(change)}</span></summary>
${worstFirst(change.findings).map((finding) => html`<p class="finding">${phrases(titleSpans(finding))}</p>`)}
<p>${sentence(outcomeText(change))}</p>
<dl>
${facts(change).map(([label, fact]) => html`<dt>${label}</dt><dd>${fact}</dd>`)}
</dl>
${causes(change)}
${hangs}
${instead(change, explain)}
</details>`;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function facts(change: JudgedChange): (readonly [label: string, fact: Html])[] {
  const fate = fateText(change);
  const plain = spelling(change.address);
  const place = [change.location.account, change.location.region].filter((part) => part !== null).join(', ');
  const told: (readonly [string, Html])[] = [];
  if (plain !== visible(change.address)) told.push(['Spelt', html`<span class="warn">${name(plain)}</span>`]);
  if (!change.address.includes(change.type)) told.push(['Type', name(change.type)]);
  if (change.deposed !== null)
    told.push(['Deposed', html`object ${name(change.deposed)}, left over from a replacement`]);
  if (change.loses !== '')
    told.push([takesAway(change.effect) ? 'Lost' : 'At stake', html`<strong>${change.loses}</strong>`]);
  told.push(['Holds', html`${change.holds}`]);
  if (fate !== '') told.push(['Fate', html`${fate}`]);
  for (const { says } of change.disarmed) told.push(['Disarms', html`<span class="warn">${says}</span>`]);
  for (const says of change.standing) told.push(['Guarded by', html`${says}`]);
  const label = change.environment.treatedAsProduction ? 'Production' : 'Environment';
  for (const row of environmentRows(change.environment)) told.push([label, phrases(row.spans)]);
  if (change.physicalId !== null) told.push(['Object', name(change.physicalId)]);
  if (place !== '') told.push(['Where', name(place)]);
  return told;
}

/** Before and after of what forces a replacement. */
function causes({ causes, effect }: JudgedChange): Html {
  const attributes = causes.filter((cause): cause is AttributeCause => cause.kind === 'attribute');
  const reasons = causes.filter((cause): cause is Exclude<Cause, AttributeCause> => cause.kind === 'reason');
  const shown = attributes.slice(0, CAUSES);
  return html`${reasons.map(({ says }) => html`<p>Because ${says}.</p>`)}${when(
    shown.length > 0,
    () => html`<div class="scroll" tabindex="0" role="group" aria-label="Before and after"><table>
<caption>${effect === 'replace' ? 'What forces the replacement' : 'What changes'}${attributes.length > shown.length ? `, the first ${CAUSES} of ${attributes.length}` : ''}</caption>
<thead><tr><th scope="col">attribute</th><th scope="col">before</th><th scope="col">after</th></tr></thead>
<tbody>${shown.map(
      ({ path, before, after }) =>
        html`<tr><th scope="row">${name(pathText(path))}</th><td class="before">${name(valueText(before))}</td><td class="after">${name(valueText(after))}</td></tr>`,
    )}</tbody></table></div>`,
  )}`;
}

const CAUSES = 30;

function instead({ findings }: JudgedChange, explain: string | null): Html {
  const steps = worstFirst(findings)[0]?.instead ?? [];
  return when(
    steps.length > 0,
    () => html`<details class="instead"><summary>What to do instead</summary><ul>
${steps.map((step) => html`<li>${step.includes('\n') ? code(step) : step}</li>`)}
</ul>${when(explain !== null, () => html`<p>Ready to paste:</p>${code(explain ?? '')}`)}</details>`,
  );
}
