import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const page = readFileSync(join(ROOT, 'docs/threat-model.md'), 'utf8');
const attacks = readdirSync(join(ROOT, 'test/attacks')).filter((name) => name.endsWith('.test.ts'));
const rows = [...page.matchAll(/^\| T(\d+) \|(.*)\|$/gm)].map(([, number, cells = '']) => ({
  number: Number(number),
  cells: cells.split('|').map((cell) => cell.trim()),
}));
const named = (text: string): string[] =>
  [...text.matchAll(/(?<![\w/])[\w.-]+\.test\.ts/g)].map(([name]) => name);

test('every threat has one row, in its order', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
});

test.each(rows)(
  'T$number says what stands against it, and names tests or what stays out of reach',
  ({ cells }) => {
    const [attack, defence, tests = '', beyond] = cells;
    expect(attack).not.toBe('');
    expect(defence).not.toBe('');
    if (named(tests).length === 0) expect(beyond).not.toBe('');
  },
);

test('every test that is named is there, and every attack has its place in the tables', () => {
  expect(named(page).filter((name) => !attacks.includes(name))).toEqual([]);
  const numbered = new Set(rows.map(({ number }) => `T${String(number).padStart(2, '0')}-`));
  const lost = attacks.filter((name) => !numbered.has(name.slice(0, 4)) && !page.includes(name));
  expect(lost).toEqual([]);
  expect(attacks.length).toBeGreaterThan(20);
});

test('every other file that the page names is there', () => {
  const paths = [...page.matchAll(/`(test\/[\w/.-]+\.ts)`/g)].map(([, path]) => path ?? '');
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
