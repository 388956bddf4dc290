import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { providerOf } from '../../src/catalogue/catalogue.ts';
import { parseIndex } from '../../src/catalogue/index-file.ts';
import { KINDS, parseProtections, protectionsIn } from '../../src/catalogue/protection.ts';
import { parseShown } from '../../src/catalogue/shown.ts';
import { typeColumns } from '../../src/catalogue/side-by-side.ts';
import { coversType, parseTable } from '../../src/catalogue/table.ts';
import { parseTypes } from '../../src/catalogue/types.ts';
import { DIRECTION_WORDS } from '../../src/catalogue/weakened.ts';
import { catalogue, readTable } from './catalogue-under-test.ts';
import { json } from './sample.ts';

const index = parseIndex(readTable);
const filesIn = (folder: string): readonly string[] =>
  readdirSync(new URL(`../../rules/${folder}`, import.meta.url))
    .map((file) => file.replace(/\.tsv$/, ''))
    .sort();
const typeTables = [...new Set(index.types.values())];
const protectionTables = [...new Set(index.protections.values())];

test('the index names every file of the catalogue, and no other', () => {
  expect([...typeTables].sort()).toEqual(filesIn('types'));
  expect([...new Set(index.protections.values())].sort()).toEqual(filesIn('protections'));
  const rules = readdirSync(new URL('../../rules', import.meta.url)).filter((file) => /^CP/.test(file));
  expect(rules.sort()).toEqual(index.rules.map((id) => `${id}.json`).sort());
});

test.each(typeTables)('types/%s.tsv is well formed, and every type in it is found by its prefix', (name) => {
  const types = parseTypes(readTable, `types/${name}.tsv`);
  expect(types.size).toBeGreaterThan(0);
  for (const type of types.keys()) expect(index.types.get(providerOf(type))).toBe(name);
});

test.each(protectionTables)('protections/%s.tsv is well formed', (name) => {
  const lookup = parseProtections(readTable, `protections/${name}.tsv`);
  for (const { type, safe, unsafe } of protectionsIn(readTable, `protections/${name}.tsv`)) {
    expect(type === '*' || index.protections.get(providerOf(type)) === name, type).toBe(true);
    expect(unsafe).not.toContain('unchanged');
    expect(safe.filter((word) => unsafe.includes(word))).toEqual([]);
    expect(lookup(type.replace('*', 'Any::Other::Type')).length).toBeGreaterThan(0);
  }
});

test('every kind and every direction is in use', () => {
  const rows = protectionTables.flatMap((name) => protectionsIn(readTable, `protections/${name}.tsv`));
  expect(KINDS.filter((kind) => !rows.some((row) => row.kind === kind))).toEqual([]);
  const words = new Set(rows.flatMap(({ safe, unsafe }) => [...safe, ...unsafe]));
  expect(DIRECTION_WORDS.filter((word) => !words.has(word))).toEqual([]);
});

describe('where the rows come from', () => {
  const sources = parseTable(readTable, 'sources.tsv', ['table', 'rows', 'source']);
  const tables = readdirSync(new URL('../../rules', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsv') && file !== 'sources.tsv')
    .map((file) => file.replaceAll('\\', '/').replace(/\.tsv$/, ''));

  /** The types of each row; a table that speaks of no types has rows for `*`. */
  const typesOfRows = (table: string): readonly (readonly string[])[] => {
    const text = readTable(`${table}.tsv`);
    const [header = '', ...lines] = text.trim().split('\n');
    const columns = typeColumns(text) === 2 ? 2 : header.startsWith('type\t') ? 1 : 0;
    return lines.map((line) => {
      const cells = line.split('\t').slice(0, columns);
      return columns === 0 ? ['*'] : cells.flatMap((cell) => cell.split(' ')).filter((type) => type !== '');
    });
  };
  /** The closest source of a row: the longest pattern that covers its type. */
  const sourceOf = (table: string, type: string) =>
    sources
      .filter((row) => row.table === table && coversType(row.rows, type))
      .sort((one, other) => other.rows.length - one.rows.length)[0];

  test('no table is without a source, and no source is said twice', () => {
    expect([...new Set(sources.map(({ table }) => table))].sort()).toEqual([...tables].sort());
    const keys = sources.map(({ table, rows }) => `${table} ${rows}`);
    expect(keys.filter((key, at) => keys.indexOf(key) < at)).toEqual([]);
    expect(sources.filter(({ source }) => source.length < 10)).toEqual([]);
  });

  test.each(tables)('every row of %s has one, and each is that of a row', (table) => {
    const types = typesOfRows(table);
    expect(types.length).toBeGreaterThan(0);
    expect(
      types.filter((row) => row.length === 0 || row.some((type) => sourceOf(table, type) === undefined)),
    ).toEqual([]);
    const needed = new Set(types.flatMap((row) => row.map((type) => sourceOf(table, type))));
    expect(sources.filter((row) => row.table === table && !needed.has(row))).toEqual([]);
  });

  test('a table of more than one provider names each', () => {
    const general = sources.filter(
      ({ table, rows }) => rows === '*' && /^(?:types|protections)\/(?!any$)/.test(table),
    );
    expect(general).toEqual([]);
  });
});

test.each(typeTables)('no row of types/%s.tsv is dead', (name) => {
  const types = [...parseTypes(readTable, `types/${name}.tsv`)];
  const dead = types.filter(([type, facts]) =>
    types.some(
      ([pattern, more]) =>
        pattern.endsWith('*') &&
        pattern !== type &&
        coversType(pattern, type) &&
        JSON.stringify(more) === JSON.stringify(facts),
    ),
  );
  expect(dead).toEqual([]);
});

const TYPES = new Set(typeTables.flatMap((name) => [...parseTypes(readTable, `types/${name}.tsv`).keys()]));
const typed = (name: string, columns: readonly string[]): readonly string[] =>
  parseTable(readTable, name, columns)
    .map((row) => row['type'] ?? '')
    .filter((type) => !type.endsWith('*'));

test('every type that has a fate, a standing protection or a shown attribute is of a known provider', () => {
  const named = [
    ...typed('fates.tsv', ['type', 'when', 'fate', 'because']),
    ...typed('standing.tsv', ['type', 'when', 'says']),
    ...typed('shown.tsv', ['type', 'path']),
  ];
  expect(named.filter((type) => !index.types.has(providerOf(type)))).toEqual([]);
  expect(named.filter((type) => TYPES.has(type)).length).toBeGreaterThan(named.length / 2);
});

describe('shown values', () => {
  const isShown = parseShown(readTable);

  test.each([
    'password',
    'master_password',
    'master_username',
    'username',
    'user_data',
    'token',
    'auth_token',
    'environment',
    'value',
    'content',
    'policy',
    'connection_string',
    'secret_string',
    'private_key',
    'access_key',
    'setting',
  ])('%s is never shown', (attribute) => {
    for (const type of TYPES) expect(isShown(type, [attribute], 'x')).toBe(false);
  });

  test('no listed path speaks of a secret', () => {
    const paths = parseTable(readTable, 'shown.tsv', ['type', 'path']).map(({ path }) => path);
    expect(
      paths.filter((path) =>
        /pass|secret|token|user_?data|credential|content|policy$|value|username/i.test(path),
      ),
    ).toEqual(['deletion_policy', 'DeletionPolicy', 'UpdateReplacePolicy']);
  });

  test('a name is shown, a long text and a block under a shown name are not', () => {
    expect(isShown('aws_db_instance', ['identifier'], 'orders')).toBe(true);
    expect(isShown('aws_db_instance', ['identifier'], 'x'.repeat(201))).toBe(false);
    expect(isShown('aws_db_instance', ['sku', 0], json({ password: 'x' }))).toBe(false);
    expect(isShown('aws_db_instance', ['setting', 0, 'name'], 'x')).toBe(false);
  });
});

test('a type is known by all that its table says, and no other is', () => {
  expect(TYPES.size).toBeGreaterThan(1000);
  expect(catalogue.rules.length).toBe(index.rules.length);
});
