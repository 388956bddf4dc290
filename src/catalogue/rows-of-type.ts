import { typeColumns } from './side-by-side.ts';
import type { ReadTable } from './table.ts';

/**
 * The catalogue as it is for one resource type: of every table whose first columns are types, only the rows for it and
 * those whose pattern covers it, in their order. The tables are large and a plan has few types, so the rows of all
 * others are found to be others without being parsed; what is wrong with them is held by the tests.
 */
export function rowsOfType(readTable: ReadTable): (type: string) => ReadTable {
  const tables = new Map<string, Table>();
  const tableOf = (name: string): Table => {
    const known = tables.get(name) ?? readRows(readTable(name));
    tables.set(name, known);
    return known;
  };
  return (type) => (name) => linesFor(type, tableOf(name));
}

interface Table {
  readonly text: string;
  /** How many columns, from the first, name types. */
  readonly columns: number;
  /** Where the rows begin that a pattern such as `google_*` or `*` stands in. */
  readonly patterns: readonly Pattern[];
}
interface Pattern {
  readonly start: number;
  readonly prefix: string;
}

function readRows(text: string): Table {
  const columns = typeColumns(text);
  const patterns: Pattern[] = [];
  for (let star = text.indexOf('*'); star >= 0; star = text.indexOf('*', star + 1)) {
    if (!END.has(text[star + 1])) continue;
    const start = rowWith(text, star, columns);
    if (start !== null) patterns.push({ start, prefix: text.slice(wordAt(text, star), star) });
  }
  return { text, columns, patterns };
}

/** What ends the name of a type in a cell. */
const END: ReadonlySet<string | undefined> = new Set(['\t', ' ']);

/** Where the word begins that goes on to here. */
function wordAt(text: string, at: number): number {
  let start = at;
  while (start > 0 && !BEFORE.has(text[start - 1])) start -= 1;
  return start;
}

const BEFORE: ReadonlySet<string | undefined> = new Set(['\n', '\t', ' ']);

/** Where the row begins, if this place in it is in one of the columns that name types. */
function rowWith(text: string, at: number, columns: number): number | null {
  const start = text.lastIndexOf('\n', at) + 1;
  return text.slice(start, at).split('\t').length <= columns ? start : null;
}

function linesFor(type: string, { text, columns, patterns }: Table): string {
  const starts = patterns.filter(({ prefix }) => type.startsWith(prefix)).map(({ start }) => start);
  // No type has a blank, a tab or a line break in it; such a text could only find what is none of its rows.
  if (/^[^\s]+$/.test(type))
    for (let at = text.indexOf(type); at >= 0; at = text.indexOf(type, at + 1)) {
      if (!END.has(text[at + type.length]) || (at > 0 && !BEFORE.has(text[at - 1]))) continue;
      const start = rowWith(text, at, columns);
      if (start !== null) starts.push(start);
    }
  const lines = [...new Set([0, ...starts])].sort((a, b) => a - b).map((start) => lineAt(text, start));
  return `${lines.join('\n')}\n`;
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end);
}
