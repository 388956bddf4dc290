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
      validated: true,
      ways: ['without', 'aspect', 'plugin'],
      samples: [round(1000, 1030, 1100), round(2000, 2060, 2300), round(1000, 1500, 1120)],
    },
  ],
};

test('the page shows what the results say, and nothing else', () => {
  const kept = JSON.parse(text('bench/cdk-results.json'));
  expect(withSection(text('docs/cdk.md'), section(kept))).toBe(text('docs/cdk.md'));
});

test('each round is compared by itself, and whether the bar is met is said first', () => {
  const [verdict] = section(results).split('\n');
  expect(verdict).toBe(
    'At most 5 % more processor time is the bar for the synth of an app as CDK makes it. **Not met**: the aspect adds 3.0 % (1 in 10 hold data); the plugin adds 12.0 % (1 in 10 hold data).',
  );
  expect(section(results)).toContain(
    '|  | aspect | 1.5 s | 3.0 % | 3.0 % to 50.0 % | 1 s | 0.0 % | 2.0 % | 50 ms |',
  );
});

test('the bar is met where neither of the two is over it in an app as CDK makes it, whatever stands beside', () => {
  const [app] = results.runs;
  const runs = [
    { ...app, samples: [round(1000, 1030, 1040)] },
    { ...app, validated: false, samples: [round(1000, 1080, 1090)] },
  ];
  const [verdict, beside] = section({ ...results, runs } as typeof results).split('\n');
  expect(verdict).toContain('Met: the aspect adds 3.0 % (1 in 10 hold data); the plugin adds 4.0 %');
  expect(beside).toBe(
    "With CDK's own validation off, which makes the synth itself shorter: the aspect adds 8.0 % (1 in 10 hold data); the plugin adds 9.0 % (1 in 10 hold data).",
  );
});
