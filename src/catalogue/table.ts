import { CheckError } from '../model/error.ts';

/** Reads a file of the catalogue: its text by its name relative to `rules/`. */
export interface ReadTable {
  (name: string): string;
  /** Its bytes, where those are at hand: of a large table few become a text. */
  readonly bytes?: (name: string) => Uint8Array;
}

/**
 * The rows of a tab-separated table whose first line names exactly these columns. No quoting; an empty line ends
 * nothing but the file. Anything else is a broken catalogue: throws `catalogue-invalid`.
 */
export function parseTable<Column extends string>(
  read: ReadTable,
  name: string,
  columns: readonly Column[],
): readonly Readonly<Record<Column, string>>[] {
  const [header, ...lines] = read(name).replace(/\n$/, '').split('\n');
  if (header !== columns.join('\t'))
    throw invalid(
      name,
      `its columns are ${JSON.stringify(header)}, not ${JSON.stringify(columns.join('\t'))}`,
    );
  return lines.map((line, index) => {
    const cells = line.split('\t');
    if (cells.length !== columns.length)
      throw invalid(name, `line ${index + 2} has ${cells.length} cells, not ${columns.length}`);
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])) as Record<
      Column,
      string
    >;
  });
}

/** A word of a closed list, or a broken catalogue. */
export function oneOf<Word extends string>(words: readonly Word[], value: unknown, where: string): Word {
  const word = words.find((known) => known === value);
  if (word === undefined) throw invalid(where, `${JSON.stringify(value)} is none of ${words.join(', ')}`);
  return word;
}

/** A text that is there, or a broken catalogue. */
export function aText(value: unknown, where: string): string {
  if (typeof value !== 'string' || value.trim() === '')
    throw invalid(where, `${JSON.stringify(value)} is no text`);
  return value;
}

export const invalid = (where: string, says: string): CheckError =>
  new CheckError('catalogue-invalid', `rules/${where}: ${says}`, 'install check-plan again');

/** `google_*` is every type that begins with `google_`; a pattern without `*` is one type. */
export const coversType = (pattern: string, type: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
