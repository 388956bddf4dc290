import type { ReadTable } from './table.ts';

/**
 * The catalogue as it is for one resource type: of every table whose first column is the type, only the rows for it and
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
  /** Where the rows begin that a pattern such as `google_*` or `*` stands in. */
  readonly patterns: readonly Pattern[];
}
interface Pattern {
  readonly start: number;
  readonly prefix: string;
}

function readRows(text: string): Table {
  const patterns: Pattern[] = [];
  for (let star = text.indexOf(STAR); star >= 0; star = text.indexOf(STAR, star + 1)) {
    const start = text.lastIndexOf('\n', star) + 1;
    const prefix = text.slice(start, star);
    // Behind a tab the star belongs to another column.
    if (!prefix.includes('\t')) patterns.push({ start, prefix });
  }
  return { text, patterns };
}

const STAR = '*\t';

function linesFor(type: string, { text, patterns }: Table): string {
  const starts = patterns.filter(({ prefix }) => type.startsWith(prefix)).map(({ start }) => start);
  const key = `\n${type}\t`;
  // No type has a tab or a line break in it; such a text could only find what is none of its rows.
  if (!/[\t\n]/.test(type))
    for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) starts.push(at + 1);
  const lines = [...new Set([0, ...starts])].sort((a, b) => a - b).map((start) => lineAt(text, start));
  return `${lines.join('\n')}\n`;
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end);
}
