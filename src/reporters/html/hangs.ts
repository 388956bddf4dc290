import type { BlastRadius, Link } from '../../model/blast-radius.ts';
import { hangingOn } from '../../model/hanging.ts';
import { counted } from '../text/number.ts';
import { briefText } from '../text/outcome.ts';
import { badge } from './badge.ts';
import { type Chapter, idOf } from './entry.ts';
import { type Html, html, NOTHING, name, when } from './markup.ts';
import { drawingOf } from './picture/drawing.ts';

/** The picture in words: every resource that goes or hangs on what goes, and over what. */
export function hangingList(chapter: Chapter, radius: BlastRadius): Html {
  const hanging = radius.resources.filter(({ distance }) => distance > 0);
  const links = new Map<string, Link[]>();
  for (const link of radius.links) links.set(link.from, [...(links.get(link.from) ?? []), link]);
  return html`${groups(chapter, radius)}${when(
    hanging.length > 0,
    () => html`<details${hanging.length <= OPEN ? html` open` : null}><summary>${counted(hanging.length + radius.more, 'resource hangs', 'resources hang')} on what goes</summary>
<ul>
${hanging.map(({ resource }) => {
  const [entry] = chapter.byResource.get(resource) ?? [];
  return html`<li${entry === undefined ? html` id="${chapter.placeOf(resource)}"` : null}>${
    entry === undefined
      ? html`${name(resource)} <span class="dim">not changed itself</span>`
      : html`<a href="#${idOf(entry)}">${name(resource)}</a> ${badge(entry.change)}`
  }: ${joined((links.get(resource) ?? []).slice(0, LINKS).map(over))}</li>`;
})}
</ul>${when(radius.more > 0, () => html`<p>And ${counted(radius.more, 'more resource')}.</p>`)}</details>`,
  )}${radius.untold.map((says) => html`<p class="dim">Not known: ${says}.</p>`)}`;
}

const OPEN = 30;
const LINKS = 8;

const over = ({ to, through, known }: Link): Html =>
  html`leans on ${name(to)}${when(through.length > 0, () => html`, through ${through.join(', ')}`)}<span class="dim"> (${known})</span>`;

const joined = (parts: readonly Html[]): Html =>
  html`${parts.map((part, index) => [index > 0 ? '; ' : '', part])}`;

/** What is in each box that stands for many. */
function groups(chapter: Chapter, radius: BlastRadius): Html {
  const many = drawingOf(chapter, radius).boxes.filter(({ resources }) => resources.length > 1);
  return html`${many.map(
    ({ id, title, module, resources }) =>
      html`<details id="${id}"><summary>${name(module === '' ? title : `${module}: ${title}`)}</summary><ul>
${resources.map(({ resource }) => member(chapter, resource))}
</ul></details>`,
  )}`;
}

function member({ byResource, placeOf }: Chapter, resource: string): Html {
  const entries = byResource.get(resource) ?? [];
  if (entries.length === 0)
    return html`<li><a href="#${placeOf(resource)}">${name(resource)}</a> <span class="dim">not changed itself</span></li>`;
  return html`${entries.map(
    (entry) =>
      html`<li><a href="#${idOf(entry)}">${name(entry.change.address)}</a> ${badge(entry.change)} <span class="dim">${briefText(entry.change)}, holds ${entry.change.holds}</span></li>`,
  )}`;
}

/** For a card: what hangs on this resource, and what it leans on itself. */
export function hangsOnCard(chapter: Chapter): (resource: string) => Html {
  const { radius } = chapter;
  if ('why' in radius) return () => NOTHING;
  const hanging = hangingOn(radius);
  const leaning = new Map(radius.resources.map(({ resource, leansOn }) => [resource, leansOn]));
  return (resource) => {
    const links = hanging(resource);
    const leansOn = leaning.get(resource) ?? [];
    return html`${when(
      links.length > 0,
      () =>
        html`<p>${counted(links.length, 'resource hangs', 'resources hang')} on it: ${joined(links.slice(0, NAMED).map(({ from }) => html`<a href="#${chapter.placeOf(from)}">${name(from)}</a>`))}${links.length > NAMED ? `; and ${links.length - NAMED} more` : ''}.</p>`,
    )}${when(
      leansOn.length > 0,
      () =>
        html`<p class="dim">It leans on ${joined(leansOn.slice(0, NAMED).map(name))}${leansOn.length > NAMED ? `; and ${leansOn.length - NAMED} more` : ''}.</p>`,
    )}`;
  };
}

const NAMED = 10;
