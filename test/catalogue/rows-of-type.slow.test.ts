import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowOfKey, rowsOfType } from '../../src/catalogue/rows-of-type.ts';
import { coversType } from '../../src/catalogue/table.ts';
import { readTable } from './catalogue-under-test.ts';

const TABLES = readdirSync(new URL('../../rules', import.meta.url), { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.tsv') && /^(?:type|terraform)\t/.test(readTable(name)));
const typesIn = (text: string, line: string): readonly string[] =>
  line
    .split('\t')
    .slice(0, text.startsWith('terraform\t') ? 2 : 1)
    .flatMap((cell) => cell.split(' '));

/** The slow way: each line by itself. */
function covering(text: string, type: string): string {
  const [header, ...lines] = text.replace(/\n$/, '').split('\n');
  return `${[header, ...lines.filter((line) => typesIn(text, line).some((one) => coversType(one, type)))].join('\n')}\n`;
}

test('there are tables to look at', () => {
  expect(TABLES.length).toBeGreaterThan(20);
});

test.each(TABLES)('of %s a type gets exactly the rows that cover it, in their order', (name) => {
  const text = readTable(name);
  const rowsOf = rowsOfType(readTable);
  const listed = text
    .split('\n')
    .slice(1)
    .flatMap((line) => typesIn(text, line));
  const types = new Set([...listed, ...listed.map((type) => type.replace('*', 'thing')), 'no_such_type']);
  types.delete('');
  for (const type of types) if (type !== 'type') expect(rowsOf(type)(name)).toBe(covering(text, type));
});

describe('a made-up table', () => {
  const word = fc.constantFrom('a', 'a_b', 'a_', 'b', '*', 'a*', 'a_*', 'type');
  const row = fc.tuple(word, fc.constantFrom('x', '*', 'a', 'x*')).map(([type, cell]) => `${type}\t${cell}`);

  test('is narrowed to what covers the type, whatever stands in its other columns', () => {
    fc.assert(
      fc.property(fc.array(row), word, (rows, type) => {
        const text = `first\tsecond\n${rows.map((line) => `${line}\n`).join('')}`;
        expect(rowsOfType(() => text)(type)('a.tsv')).toBe(covering(text, type));
      }),
    );
  });

  test.each(['a\tx', 'x\na', 'a\tx\na', '\n', '\t', ''])(
    'has no row for the type %j of a hostile plan',
    (type) => {
      expect(rowsOfType(() => 'type\tb\na\tx\na\tx\n')(type)('a.tsv')).toBe('type\tb\n');
    },
  );
});

describe('the row of a key', () => {
  const name = 'protections/any.tsv';
  const rowFor = rowOfKey(readTable, name);
  const [header = '', ...lines] = readTable(name).trimEnd().split('\n');

  test('is found for every key of the table', () => {
    expect(lines.length).toBeGreaterThan(300);
    for (const line of lines) expect(rowFor(line.split('\t')[1] ?? '')?.(name)).toBe(`${header}\n${line}\n`);
  });

  test.each(['no_such_attribute', '', '*', 'path', 'deletion_protection\tx'])(
    'is not there for %j',
    (key) => {
      expect(rowFor(key)).toBeNull();
    },
  );
});
