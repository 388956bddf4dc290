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
    const known = tables.get(name) ?? readRows(bytesOf(readTable, name));
    tables.set(name, known);
    return known;
  };
  return (type) => (name) => linesFor(type, tableOf(name));
}

/**
 * The row of a table whose first two columns are `*` and this key, which has no tab and no line break in it: its text
 * with that of the header, or null where there is none.
 */
export function rowOfKey(readTable: ReadTable, name: string): (key: string) => ReadTable | null {
  const bytes = bytesOf(readTable, name);
  return (key) => {
    const before = bytes.indexOf(`\n*\t${key}\t`);
    return before < 0 ? null : () => textOf(bytes, [0, before + 1]);
  };
}

function bytesOf(readTable: ReadTable, name: string): Buffer {
  const bytes = readTable.bytes?.(name);
  return bytes === undefined
    ? Buffer.from(readTable(name))
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

interface Table {
  readonly bytes: Buffer;
  /** How many columns, from the first, name types. */
  readonly columns: number;
  /** Where the rows begin that a pattern such as `google_*` or `*` stands in. */
  readonly patterns: readonly Pattern[];
}
interface Pattern {
  readonly start: number;
  readonly prefix: string;
}

function readRows(bytes: Buffer): Table {
  const columns = typeColumns(lineAt(bytes, 0));
  const patterns: Pattern[] = [];
  for (let star = bytes.indexOf(STAR); star >= 0; star = bytes.indexOf(STAR, star + 1)) {
    if (!END.has(bytes[star + 1])) continue;
    const start = rowWith(bytes, star, columns);
    if (start !== null) patterns.push({ start, prefix: bytes.toString('utf8', wordAt(bytes, star), star) });
  }
  return { bytes, columns, patterns };
}

const [LINE_FEED, TAB, SPACE, STAR] = [0x0a, 0x09, 0x20, 0x2a];

/** What ends the name of a type in a cell. */
const END: ReadonlySet<number | undefined> = new Set([TAB, SPACE]);

/** Where the word begins that goes on to here. */
function wordAt(bytes: Buffer, at: number): number {
  let start = at;
  while (start > 0 && !BEFORE.has(bytes[start - 1])) start -= 1;
  return start;
}

const BEFORE: ReadonlySet<number | undefined> = new Set([LINE_FEED, TAB, SPACE]);

/** Where the row begins, if this place in it is in one of the columns that name types. */
function rowWith(bytes: Buffer, at: number, columns: number): number | null {
  const start = bytes.lastIndexOf(LINE_FEED, at) + 1;
  let column = 1;
  for (let before = start; before < at; before++) if (bytes[before] === TAB) column += 1;
  return column <= columns ? start : null;
}

function linesFor(type: string, { bytes, columns, patterns }: Table): string {
  const starts = patterns.filter(({ prefix }) => type.startsWith(prefix)).map(({ start }) => start);
  // No type has a blank, a tab or a line break in it; such a text could only find what is none of its rows.
  if (/^[^\s]+$/.test(type)) {
    const key = Buffer.from(type);
    for (let at = bytes.indexOf(key); at >= 0; at = bytes.indexOf(key, at + 1)) {
      if (!END.has(bytes[at + key.length]) || (at > 0 && !BEFORE.has(bytes[at - 1]))) continue;
      const start = rowWith(bytes, at, columns);
      if (start !== null) starts.push(start);
    }
  }
  return textOf(
    bytes,
    [...new Set([0, ...starts])].sort((a, b) => a - b),
  );
}

const textOf = (bytes: Buffer, starts: readonly number[]): string =>
  `${starts.map((start) => lineAt(bytes, start)).join('\n')}\n`;

function lineAt(bytes: Buffer, start: number): string {
  const end = bytes.indexOf(LINE_FEED, start);
  return bytes.toString('utf8', start, end < 0 ? bytes.length : end);
}
