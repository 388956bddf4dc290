import { visible } from './visible.ts';

/**
 * Takes the power from a word that a build system would run if it met it in its log. GitHub's runner trims a line
 * before it looks for `::`, so indenting is no shelter; and it takes `##[`, as Azure takes `##vso[`, from anywhere in
 * it. The word comes in the pieces that it is made of, and so it goes.
 */
export function withoutLogCommand(pieces: readonly string[]): string[] {
  const first = /^\s*::/.test(pieces.join('')) ? pieces.findIndex((piece) => /\S/.test(piece)) : -1;
  return pieces.map((piece, index) =>
    (index === first ? piece.replace(':', '\\u{3a}') : piece).replace(ANYWHERE, '#\\u{23}'),
  );
}

/** A text for a line that something of ours begins: neither a terminal nor a build system acts on anything in it. */
export const harmless = (text: string): string => withoutLogCommand([visible(text)]).join('');

/** The same for JSON, where no line starts with a value. */
export const withoutLogCommandInJson = (json: string): string => json.replace(ANYWHERE, '#\\u0023');

const ANYWHERE = /##(?=[a-z]*\[)/gi;
