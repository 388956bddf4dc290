import pc from 'picocolors';
import { withoutLogCommand } from '../log-command.ts';
import { visible } from '../visible.ts';
import { widthOf } from './width.ts';

/** Lays the lines out: wraps at spaces under a hanging indent, makes every text harmless, and paints last. */
export function layOut(lines: readonly Line[], look: Look): string {
  const paint = painter(look.color);
  const width = Math.max(look.width, 40);
  return lines.map((line) => `${wrap(line, width, paint).join('\n')}\n`).join('');
}

export interface Look {
  readonly width: number;
  readonly color: boolean;
}

export type Style = 'plain' | 'strong' | 'bad' | 'warn' | 'good' | 'dim' | 'code';

export interface Span {
  readonly text: string;
  readonly style: Style;
  /** Keeps its spaces and is never broken: an address, a command to copy. */
  readonly whole: boolean;
}

/** What one paragraph says. The lead stands before its first line; the other lines hang under what follows it. */
export interface Line {
  readonly indent: number;
  readonly lead: Span;
  readonly spans: readonly Span[];
}

export const span = (text: string, style: Style = 'plain'): Span => ({ text, style, whole: false });
export const whole = (text: string, style: Style = 'plain'): Span => ({ text, style, whole: true });

export const line = (indent: number, ...spans: readonly Span[]): Line => ({ indent, lead: whole(''), spans });
export const led = (indent: number, lead: Span, ...spans: readonly Span[]): Line => ({ indent, lead, spans });
export const BLANK: Line = line(0);

/** A heading with lines below it; nothing at all where there are no lines. */
export const section = (title: string, lines: readonly Line[], style: Style = 'strong'): Line[] =>
  lines.length === 0 ? [] : [BLANK, line(0, span(title, style)), ...lines];

type Paint = (text: string, style: Style) => string;

function painter(color: boolean): Paint {
  const colors = pc.createColors(color);
  const styles: Record<Style, (text: string) => string> = {
    plain: (text) => text,
    strong: colors.bold,
    bad: (text) => colors.bold(colors.red(text)),
    warn: colors.yellow,
    good: colors.green,
    dim: colors.dim,
    code: colors.cyan,
  };
  return (text, style) => styles[style](text);
}

interface Word {
  readonly width: number;
  readonly painted: string;
}

function wrap({ indent, lead, spans }: Line, width: number, paint: Paint): string[] {
  const first = wordOf([lead], paint);
  const hang = indent + first.width;
  const rows: string[] = [];
  let row = ' '.repeat(spans.length === 0 ? 0 : indent) + first.painted;
  let used = hang;
  for (const [index, word] of wordsOf(spans, paint).entries()) {
    if (index > 0 && used + 1 + word.width > width) {
      rows.push(row);
      row = ' '.repeat(hang) + word.painted;
      used = hang + word.width;
    } else {
      row += (index > 0 ? ' ' : '') + word.painted;
      used += (index > 0 ? 1 : 0) + word.width;
    }
  }
  return [...rows, row];
}

/** Spans that touch without a space between them make one word. */
function wordsOf(spans: readonly Span[], paint: Paint): Word[] {
  const words: Span[][] = spans.length === 0 ? [] : [[]];
  for (const piece of spans) {
    const text = cut(piece.text, LONGEST_TEXT);
    for (const [index, part] of (piece.whole ? [text] : text.split(' ')).entries()) {
      if (index > 0) words.push([]);
      words.at(-1)?.push({ ...piece, text: part });
    }
  }
  return words.map((pieces) => wordOf(pieces, paint));
}

/** The only way for a text into the output. */
function wordOf(pieces: readonly Span[], paint: Paint): Word {
  const safe = withoutLogCommand(pieces.map(({ text }) => visible(cut(text, LONGEST_WORD))));
  const painted = safe.map((text, index) =>
    text === '' ? '' : paint(text, pieces[index]?.style ?? 'plain'),
  );
  return { width: safe.reduce((sum, text) => sum + widthOf(text), 0), painted: painted.join('') };
}

/** One endless name must not push the rest of the report off the screen. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const half = longest / 2;
  return `${text.slice(0, half)}…(${text.length - longest} more characters)…${text.slice(-half)}`;
}

const LONGEST_TEXT = 4000;
const LONGEST_WORD = 600;
