// What check-plan adds to the synth of a CDK app of 5,000 resources: the same app with and without it, in turn, each in a
// process of its own:
//   npm run build && node bench/cdk.mjs -- [--rounds 9] [--more] [--write]
// --more takes the rounds that are kept along; --write keeps them in bench/cdk-results.json, and renders the section of
// docs/cdk.md; --render does only that.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir, type } from 'node:os';
import { join, resolve } from 'node:path';
import process, { stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { section } from './cdk-table.mjs';
import { withSection } from './page.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const RESULTS = join(ROOT, 'bench/cdk-results.json');
const PAGE = join(ROOT, 'docs/cdk.md');

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    more: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    render: { type: 'boolean', default: false },
  },
});

/** `data`: of ten resources, those that hold data. `validated`: whether CDK validates the templates, as it does by default. */
const RUNS = [
  { data: 1, validated: true, ways: ['without', 'aspect', 'plugin'] },
  {
    data: 1,
    validated: false,
    ways: ['without', 'empty aspect', 'aspect', 'empty plugin', 'plugin', 'plugin with a baseline'],
  },
  { data: 6, validated: false, ways: ['without', 'aspect', 'plugin'] },
];

/** A policy costs something as well. */
const POLICY = 'version: 1\nproduction:\n  accounts: ["111122223333"]\n';

function measured(kept) {
  const folder = mkdtempSync(join(tmpdir(), 'check-plan-bench-cdk-'));
  writeFileSync(join(folder, 'check-plan.yaml'), POLICY);
  const runs = RUNS.map((run, at) => ({ ...run, samples: [...(kept?.runs[at]?.samples ?? [])] }));
  const baseline = join(folder, 'baseline');
  try {
    synthesise('without', RUNS[1], baseline, folder);
    for (let round = 0; round < Number(given.rounds); round += 1) {
      stderr.write(`round ${round + 1} of ${given.rounds} …\n`);
      for (const { samples, ...run } of runs) samples.push(inTurn(run, round, folder));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { made: madeNow(), runs };
}

/** Each goes first in turn, so that none is always the one that finds the machine warm. */
function inTurn(run, round, folder) {
  const sample = {};
  for (let at = 0; at < run.ways.length; at += 1) {
    const way = run.ways[(at + round) % run.ways.length];
    const outdir = join(folder, 'cdk.out');
    sample[way] = synthesise(way, run, outdir, folder);
    rmSync(outdir, { recursive: true });
  }
  return sample;
}

function synthesise(way, { data, validated }, outdir, folder) {
  const app = join(ROOT, 'bench/cdk-app.mjs');
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [app, way, data, validated, outdir, join(folder, 'baseline')].map(String),
    { cwd: folder, encoding: 'utf8', maxBuffer: 1e9, env: { PATH: process.env.PATH, HOME: folder } },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout, (_, value) => (typeof value === 'number' ? Math.round(value * 10) / 10 : value));
}

function madeNow() {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/aws-cdk-lib/package.json'), 'utf8'));
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus()[0].model}, ${cpus().length} cores, ${type()} ${release()}`,
    versions: { 'Node.js': process.version, 'aws-cdk-lib': version },
  };
}

function render(results) {
  writeFileSync(PAGE, withSection(readFileSync(PAGE, 'utf8'), section(results)));
}

const kept = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : null;
if (given.render) render(kept);
else {
  const results = measured(given.more ? kept : null);
  stdout.write(`${section(results)}\n`);
  if (given.write) {
    writeFileSync(RESULTS, `${JSON.stringify(results)}\n`);
    render(results);
  }
}
