import { visible } from '../visible.ts';

/** Markup of ours, with every text in it made harmless. Only `html` and `joined` make it. */
export interface Html {
  readonly markup: string;
}
export type Part = Html | string | number | null | readonly Part[];

/** The only way for a text into the page: between tags, or in an attribute in double quotes. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  markup: strings.reduce((whole, string, index) => whole + markupOf(parts[index - 1] ?? null) + string),
});

export const NOTHING: Html = { markup: '' };

/** Markup where there is something to show, else nothing. */
export const when = (condition: boolean, part: () => Html): Html => (condition ? part() : NOTHING);

function markupOf(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(markupOf).join('');
}

/**
 * A browser takes none of it for markup, what cannot be seen is written out, and a build log in which the page is
 * printed finds no command of its own: those begin with `::`, `##[` or `##vso[`.
 */
const escaped = (text: string): string =>
  visible(text).replace(/[&<>"'`]|::|##/g, (seen) =>
    seen.replace(/[\s\S]/g, (char) => `&#${char.charCodeAt(0)};`),
  );

/** A name from outside: which way its letters run changes nothing around it, and where it is too long it breaks at its joints. */
export const name = (text: string): Html =>
  html`<bdi class="name">${cut(text)
    .split(/(?<=[./:])(?=[^./:])/)
    .map((part, index) => [index > 0 ? BREAK : '', part])}</bdi>`;

/** One endless name must not push the rest out of sight; its ends tell most. */
const cut = (text: string): string =>
  text.length <= LONGEST
    ? text
    : `${text.slice(0, LONGEST / 2)}…(${text.length - LONGEST} more characters)…${text.slice(-LONGEST / 2)}`;

const LONGEST = 600;

const BREAK: Html = { markup: '<wbr>' };

/** Code to copy, with its own line breaks. */
export const code = (text: string): Html =>
  html`<pre><code>${text.split('\n').map((line, index) => (index === 0 ? line : [{ markup: '\n' }, line]))}</code></pre>`;
