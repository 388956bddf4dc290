import { visible } from '../visible.ts';

/**
 * Text of others as Markdown that shows it and does nothing else on GitHub or GitLab: no link, image, tag, mention,
 * reference, emoji or formula. Words that are only words stay as they are; whatever else becomes code, where nothing is
 * read as markup. Backslashes would not do: GitHub looks for mentions and references after it has taken them away.
 */
export function prose(text: string, longest: number): string {
  const [first = '', ...rest] = shortened(visible(text), longest).split(QUOTED);
  // What the text itself quotes as code stands at the odd places.
  return [
    words(first, true),
    ...rest.map((part, index) => (index % 2 === 0 ? fenced(part) : words(part, false))),
  ].join('');
}

function words(text: string, isStart: boolean): string {
  const parts: string[] = [];
  let run: string[] = [];
  const close = (): void => {
    if (run.length === 0) return;
    const [, before = '', core = '', after = ''] = TRIMMED.exec(run.join(' ')) ?? [];
    parts.push(core === '' ? fenced(run.join(' ')) : `${before}${fenced(core)}${after}`);
    run = [];
  };
  for (const word of text.split(' ')) {
    if (isPlain(word, isStart && parts.length + run.length === 0)) {
      close();
      parts.push(word);
    } else run.push(word);
  }
  close();
  return parts.join(' ');
}

/** Text of others as one piece of code. */
export const code = (text: string, longest: number): string => fenced(shortened(visible(text), longest));

/** A block of code, its lines as they are. */
export function block(lines: readonly string[], language: string, longest: number): string[] {
  const safe = lines.map((line) => shortened(visible(line), longest));
  const fence = '`'.repeat(Math.max(3, longestRun(safe.join('\n')) + 1));
  return [`${fence}${language}`, ...safe, fence];
}

/**
 * Markdown as a cell of a table: a bar would end it, in code too. Whether a backslash before the bar guards it or is
 * guarded itself, parsers disagree on, so that bar is written out.
 */
export const cell = (markdown: string): string =>
  markdown.replace(/(?<=\\)\|/g, '\\u{7c}').replaceAll('|', '\\|');

function fenced(text: string): string {
  if (text === '') return '(empty)';
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = /^[` ]|[` ]$/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

const longestRun = (text: string): number =>
  Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));

const shortened = (text: string, longest: number): string => {
  if (text.length <= longest) return text;
  const kept = text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
  return `${kept}… (${text.length - kept.length} more)`;
};

/** Code in a sentence, with nothing beside it that another fence could run into. */
const QUOTED = /(?<=^| )`([^`]+)`(?=[)"',;:.?!]*(?: |$))/;
/** What stands around a name in a sentence is no part of it. */
const TRIMMED = /^([("']?)(.*?)([)"',;:.?!]*)$/s;

const PLAIN = /^[("']*[\p{L}\p{N}]+(?:['’,-][\p{L}\p{N}]+)*%?[)"',;:.?!…]*$/u;
const SIGN = /^(?:→|=|…|[)"',;:.?!]+)$/;
/** Things that hosts turn into links though they look like words: commits, `GH-12`. */
const REFERENCE = /gh-\d|\b[0-9a-f]{7,}\b/i;
/** What begins a list where a line begins. */
const NUMBERED = /^\d+[.)]/;

const isPlain = (word: string, isFirst: boolean): boolean =>
  (PLAIN.test(word) && !REFERENCE.test(word) && !(isFirst && NUMBERED.test(word))) ||
  (!isFirst && (word === '' || SIGN.test(word)));
