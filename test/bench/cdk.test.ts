import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const bench = (file: string) => import(new URL(`../../bench/${file}`, import.meta.url).href);
const { section } = (await bench('cdk-table.mjs')) as { section: (of: typeof results) => string };
const { withSection } = (await bench('page.mjs')) as { withSection: (text: string, now: string) => string };
const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const sample = (cpu: number, own = 0) => ({ cpu, wall: 1000, own, load: { cpu: 50, wall: 60 } });
const round = (without: number, aspect: number, plugin: number) => ({
  without: sample(without),
  aspect: sample(aspect, 20),
  plugin: sample(plugin, 30),
});
const results = {
  made: { date: '2026-01-02', machine: 'a machine', versions: { 'aws-cdk-lib': '2.276.0' } },
  runs: [
    {
      data: 1,
      validated: false,
      ways: ['without', 'aspect', 'plugin'],
      samples: [round(1000, 1030, 1100), round(2000, 2060, 2300), round(1000, 1500, 1120)],
    },
  ],
};

test('the page shows what the results say, and nothing else', () => {
  const kept = JSON.parse(text('bench/cdk-results.json'));
  expect(withSection(text('docs/cdk.md'), section(kept))).toBe(text('docs/cdk.md'));
});

test('each round is compared by itself, and what is over the bar is said first', () => {
  const [verdict] = section(results).split('\n');
  expect(verdict).toBe(
    'At most 5 % more processor time is the bar. **Not met**: the plugin adds 12.0 % (1 in 10 hold data).',
  );
  expect(section(results)).toContain(
    '|  | aspect | 1.5 s | 3.0 % | 3.0 % to 50.0 % | 1 s | 0.0 % | 2.0 % | 50 ms |',
  );
});

test('where nothing is over the bar, it is met', () => {
  const run = { ...results.runs[0], samples: [round(1000, 1030, 1040)] };
  expect(section({ ...results, runs: [run] } as typeof results).split('\n')[0]).toBe(
    'At most 5 % more processor time is the bar; it is met by the aspect and by the plugin in every app below.',
  );
});
