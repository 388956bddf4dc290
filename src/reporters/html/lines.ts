import type { Line, Span, Style } from '../text/layout.ts';
import { type Html, html, name } from './markup.ts';

/** Paragraphs of the text report as they stand in a page; a line that is not indented is a heading. */
export const paragraphs = (lines: readonly Line[]): Html =>
  html`${lines.filter(({ lead, spans }) => lead.text !== '' || spans.length > 0).map(paragraph)}`;

function paragraph({ indent, lead, spans }: Line): Html {
  const all = lead.text.trim() === '' ? spans : [{ ...lead, text: `${lead.text.trim()} ` }, ...spans];
  const [only] = all;
  if (only?.style === 'code' && all.length === 1) return html`<pre><code>${only.text}</code></pre>`;
  return indent === 0 ? html`<h3>${phrases(all)}</h3>` : html`<p>${phrases(all)}</p>`;
}

export const phrases = (spans: readonly Span[]): Html => html`${spans.map(phrase)}`;

function phrase({ text, style, whole }: Span): Html {
  const inner = whole ? name(text) : html`${text}`;
  return MARKUP[style](inner);
}

const MARKUP: Readonly<Record<Style, (inner: Html) => Html>> = {
  plain: (inner) => inner,
  strong: (inner) => html`<strong>${inner}</strong>`,
  bad: (inner) => html`<strong class="bad">${inner}</strong>`,
  warn: (inner) => html`<span class="warn">${inner}</span>`,
  good: (inner) => html`<span class="good">${inner}</span>`,
  dim: (inner) => html`<span class="dim">${inner}</span>`,
  code: (inner) => html`<code>${inner}</code>`,
};
