// Measures check-plan beside other programs on plans of several sizes, and prints how they compare:
//   npm run build && npm run bench -- [--quick] [--write]
// --write keeps the samples in bench/results.json, and renders the section of docs/speed.md and bench/plot.svg from them;
// --render does only that, from the samples that are there. --quick takes small sizes, to try the bench itself.
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  createWriteStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process, { execPath, stderr, stdout } from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { countsMemory, inTurn } from './measure.mjs';
import { withSection } from './page.mjs';
import { bytesOf, planParts } from './plan.mjs';
import { plot } from './plot.mjs';
import { checkPlan, installed, missing, nothing, programsFor } from './programs.mjs';
import { section } from './table.mjs';
import * as words from './words.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const RESULTS = join(ROOT, 'bench/results.json');

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    render: { type: 'boolean', default: false },
    sizes: { type: 'string' },
    small: { type: 'string', default: '100KB' },
    plans: { type: 'string' },
    'plan-size': { type: 'string', default: '200KB' },
    changing: { type: 'string', default: '0.01' },
    rounds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    command: { type: 'string', default: join(ROOT, 'bin/check-plan.js') },
  },
});
const defaults = given.quick
  ? { sizes: '1MB,4MB', plans: '20', rounds: '1' }
  : { sizes: '1MB,10MB,60MB,235MB,600MB,3GB', plans: '1000', rounds: '5' };
const settings = {
  sizes: (given.sizes ?? defaults.sizes).split(',').map(bytesOf),
  small: bytesOf(given.small),
  plans: Number(given.plans ?? defaults.plans),
  planSize: bytesOf(given['plan-size']),
  changing: Number(given.changing),
  rounds: Number(given.rounds ?? defaults.rounds),
  seed: Number(given.seed),
  command: resolve(given.command),
};

/** A small plan would change nothing at the share of a large one. */
const SMALL_CHANGING = 0.1;

async function planAt(file, size, changing, seed) {
  await pipeline(Readable.from(planParts(size, changing, seed)), createWriteStream(file));
  const written = openSync(file, 'r+');
  fsyncSync(written);
  closeSync(written);
  return statSync(file).size;
}

async function sizeRun(asked, { folder, versions }) {
  const file = join(folder, 'plan.json');
  const bytes = await planAt(file, asked, settings.changing, settings.seed);
  const programs = programsFor(file, asked, { command: settings.command, folder, versions });
  // What takes minutes is measured once: there, noise is small beside what is measured.
  const rounds = asked > 1e9 ? 1 : settings.rounds;
  const samples = await inTurn(programs, rounds, folder, { warmUp: asked < 50e6 });
  rmSync(file);
  return { kind: 'size', plans: 1, asked, bytes, changing: settings.changing, rounds, programs: samples };
}

function forgetCompiled() {
  const bundle = join(dirname(settings.command), '../dist/command');
  for (const name of existsSync(bundle) ? readdirSync(bundle) : [])
    if (name.endsWith('.cache')) rmSync(join(bundle, name));
}

async function smallRun({ folder }) {
  const file = join(folder, 'plan.json');
  const bytes = await planAt(file, settings.small, SMALL_CHANGING, settings.seed);
  // What the command keeps of its compiled code depends on what it ran: here, on the first round, which is not counted.
  forgetCompiled();
  const programs = { 'check-plan': checkPlan(settings.command, file), 'node -e 0': nothing };
  const rounds = settings.rounds * 5;
  const samples = await inTurn(programs, rounds, folder);
  rmSync(file);
  return {
    kind: 'small',
    plans: 1,
    asked: settings.small,
    bytes,
    changing: SMALL_CHANGING,
    rounds,
    programs: samples,
  };
}

async function manyRun({ folder }) {
  const plans = join(folder, 'plans');
  mkdirSync(plans);
  let bytes = 0;
  for (let nth = 0; nth < settings.plans; nth++)
    bytes += await planAt(
      join(plans, `plan-${nth}.json`),
      settings.planSize,
      SMALL_CHANGING,
      settings.seed + nth,
    );
  const rounds = Math.min(settings.rounds, 3);
  const programs = { 'check-plan': [], 'JSON.parse alone': [] };
  for (let round = 0; round < rounds; round++) {
    const ours = await inTurn({ ours: checkPlan(settings.command, plans) }, 1, folder, { warmUp: false });
    programs['check-plan'].push(...ours.ours);
    const told = execFileSync(execPath, [join(ROOT, 'bench/parse-each.mjs'), plans], { encoding: 'utf8' });
    programs['JSON.parse alone'].push({ wall: Number(told), cpu: null, peak: null });
  }
  rmSync(plans, { recursive: true });
  return {
    kind: 'many',
    plans: settings.plans,
    asked: settings.planSize,
    bytes,
    changing: SMALL_CHANGING,
    rounds,
    programs,
  };
}

async function measured(folder) {
  const rivals = installed();
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const made = {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      cpu: cpus()[0].model,
      cores: cpus().length,
      memory: totalmem(),
      system: `${type()} ${release()}`,
    },
    load: loadavg()[0].toFixed(1),
    versions: { 'check-plan': version, 'Node.js': process.version, ...rivals },
    seed: settings.seed,
    missing: [...missing(rivals), ...(countsMemory ? [] : ['CPU time and memory (GNU time is missing)'])],
  };
  const place = { folder, versions: rivals };
  const runs = [];
  const add = async (what, run) => {
    stderr.write(`${what} …\n`);
    runs.push(await run());
  };
  await add(`a plan of ${words.bytes(settings.small)}`, () => smallRun(place));
  await add(`${settings.plans} plans of ${words.bytes(settings.planSize)}`, () => manyRun(place));
  for (const asked of settings.sizes) {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < asked * 1.1) made.missing.push(`${words.bytes(asked)} (no room for it)`);
    else await add(`a plan of ${words.bytes(asked)}`, () => sizeRun(asked, place));
  }
  return { made, runs };
}

async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'check-plan-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])
    process.once(signal, () => {
      remove();
      process.exit(code);
    });
  try {
    return await work(folder);
  } finally {
    remove();
  }
}

function render(results) {
  const page = join(ROOT, 'docs/speed.md');
  writeFileSync(join(ROOT, 'bench/plot.svg'), plot(results));
  writeFileSync(page, withSection(readFileSync(page, 'utf8'), section(results)));
}

if (given.render) render(JSON.parse(readFileSync(RESULTS, 'utf8')));
else {
  if (given.write && given.quick) throw new Error('--quick measures sizes that are not to be written down');
  const results = await inFolder(measured);
  stdout.write(`${section(results)}\n`);
  if (given.write) {
    writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`);
    render(results);
  }
}
