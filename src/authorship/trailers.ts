import { spokenLines } from './spoken-lines.ts';

export interface Trailer {
  /** Lower case. */
  readonly key: string;
  /** Unfolded, without white space around it; never empty. */
  readonly value: string;
}

const TRAILER = /^([A-Za-z0-9][A-Za-z0-9-]{0,63})[ \t]*:(.*)$/;
/** Where a line is indented, a space must follow the colon, else the `https:` of a folded link would be a key. */
const INDENTED = /^[ \t]+([A-Za-z0-9][A-Za-z0-9-]{0,63})[ \t]*:([ \t].*)$/;

/**
 * Every line of the form `Key: value`, wherever it stands: a squash merge leaves the trailers of its commits in the
 * middle of the message, where git itself no longer sees them. A value that is folded over indented lines is joined.
 */
export function trailersOf(text: string): Trailer[] {
  const found: { key: string; parts: string[] }[] = [];
  let open: { key: string; parts: string[] } | null = null;
  for (const line of spokenLines(text)) {
    const match = TRAILER.exec(line) ?? INDENTED.exec(line);
    if (match) {
      open = { key: (match[1] ?? '').toLowerCase(), parts: [(match[2] ?? '').trim()] };
      found.push(open);
    } else if (open && /^[ \t]+\S/.test(line)) open.parts.push(line.trim());
    else open = null;
  }
  return found
    .map(({ key, parts }) => ({ key, value: parts.join(' ').trim() }))
    .filter(({ value }) => value !== '');
}
