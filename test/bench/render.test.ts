import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { results } from './results.ts';

type Results = typeof results;
const bench = (file: string) => import(new URL(`../../bench/${file}`, import.meta.url).href);
const { section } = (await bench('table.mjs')) as { section: (of: Results) => string };
const { plot } = (await bench('plot.mjs')) as { plot: (of: Results) => string };
const { withSection } = (await bench('page.mjs')) as { withSection: (text: string, now: string) => string };
const { BARS } = (await bench('ratios.mjs')) as {
  BARS: readonly { readonly says: string; readonly of: (of: Results) => number | null }[];
};

const ROOT = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const rowOf = (start: string) =>
  section(results)
    .split('\n')
    .find((line) => line.startsWith(`| ${start}`));

test('the page and the plot show what the results say, and nothing else', () => {
  const kept = JSON.parse(text('bench/results.json'));
  expect(withSection(text('docs/speed.md'), section(kept))).toBe(text('docs/speed.md'));
  expect(plot(kept)).toBe(text('bench/plot.svg'));
});

test.each([
  ['time, 600 MB', '≤ 1.5 | 1.5 | met |'],
  ['time, 235 MB plan: check-plan / `jq', '≤ 1/20 | 1/28.2 | met |'],
  ['time, 235 MB plan: check-plan / `JSON.parse', '≤ 1/8 | 1/5 | **not met** |'],
  ['peak memory, 600 MB', '≤ 150 MB | 81 MB | met |'],
  ['peak memory, 3 GB', '≤ 150 MB | not measured |  |'],
  ['time, 100 KB', '≤ 2 | 2 | met |'],
])('%s: medians of one run, beside the bar', (start, end) => {
  expect(rowOf(start)?.endsWith(`| ${end}`), rowOf(start)).toBe(true);
});

test('bars that are missed, and those that nothing was measured for, are named under the table', () => {
  const sentence = (start: string) => section(results).match(new RegExp(`^${start}: (.*)\\.$`, 'm'))?.[1];
  const says = (...starts: readonly string[]) =>
    BARS.filter((bar) => starts.some((start) => bar.says.startsWith(start))).map((bar) => bar.says);
  expect(sentence('Not met')?.split('; ')).toEqual(
    BARS.filter(({ says }) => says.includes('JSON.parse(')).map(({ says }) => says),
  );
  expect(sentence('Not measured')?.split('; ')).toEqual(
    says('peak memory, 3 GB', 'peak memory, difference', 'time for each'),
  );
  expect(section(results)).not.toContain('Every bar is met');
});

test('programs that were left out are said', () => {
  expect(section(results)).toContain('Left out: opa.');
});

test('a bar inside of a cell does not end it', () => {
  for (const row of section(results)
    .split('\n')
    .filter((line) => line.startsWith('| time')))
    expect(row.replaceAll('\\|', '').split('|')).toHaveLength(6);
});

test('the plot has a line for each program in both panels, with a mark for each size, and a name', () => {
  const drawn = plot(results);
  expect(drawn.match(/<polyline/g)).toHaveLength(2 * 4);
  expect(drawn.match(/<circle/g)).toHaveLength(1 + 2 * 2);
  for (const program of ['check-plan', 'sha256sum', 'jq', 'JSON.parse'])
    expect(drawn.match(new RegExp(`>${program}</text>`, 'g'))).toHaveLength(1);
  expect(drawn).not.toMatch(/NaN|undefined|Infinity|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  expect(drawn).toContain('prefers-color-scheme:dark');
});

test('where memory was not measured, it is said', () => {
  const without = JSON.parse(JSON.stringify(results).replaceAll(/"peak":\d+/g, '"peak":null'));
  expect(plot(without)).toContain('Peak memory: not measured');
  expect(plot(without)).not.toMatch(/NaN|Infinity/);
  expect(section(without)).toMatch(/^\| peak memory, 600 MB plan \| ≤ 150 MB \| not measured \|/m);
});

test('larger plans lie further right, longer times higher up', () => {
  const [, points = ''] = plot(results).match(/<polyline class="line" points="([^"]*)"/) ?? [];
  const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = points
    .split(' ')
    .map((point) => point.split(',').map(Number));
  expect(x2).toBeGreaterThan(x1);
  expect(y2).toBeLessThan(y1);
});

test('only what is between the marks is replaced', () => {
  expect(withSection('a\n<!-- bench -->\nold\n<!-- /bench -->\nz\n', 'new')).toBe(
    'a\n<!-- bench -->\n\nnew\n\n<!-- /bench -->\nz\n',
  );
  expect(() => withSection('no marks', 'new')).toThrow('<!-- bench -->');
});
