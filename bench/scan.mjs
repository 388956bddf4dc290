// Reads one large plan in several ways, each in a process of its own, in turn, and prints how they compare:
//   npm run build && node bench/scan.mjs --size 200MB [--rounds 3] [--changing 0.04]
import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, execPath, resourceUsage, stdout } from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { plainEngine } from '../dist/readers/json/engine.js';
import { scanDocument } from '../dist/readers/json/scan.js';
import { collectPlan } from '../dist/readers/terraform/collect.js';
import { factsOf } from '../dist/readers/terraform/facts.js';
import { readTerraformPlan } from '../dist/readers/terraform/read.js';
import { bytesOf, option, planParts } from './plan.mjs';

const open = (file) => createReadStream(file, { highWaterMark: 1 << 18 });

async function collected(file, skipper) {
  let changes = 0;
  const plan = collectPlan(() => changes++, plainEngine);
  await scanDocument(open(file), plan.scanned, skipper);
  return [changes, factsOf(plan.collected()).unchanged];
}

/** Each returns how many resources change, and how many do not. */
const WAYS = {
  'JSON.parse': (file) => {
    const { resource_changes } = JSON.parse(readFileSync(file, 'utf8'));
    const idle = resource_changes.filter(({ change }) => change.actions.join() === 'no-op').length;
    return [resource_changes.length - idle, idle];
  },
  'TypeScript, whole grammar': (file) => collected(file, null),
  'TypeScript, as with SIMD': (file) => collected(file, plainEngine.createSkipper()),
  'check-plan': async (file) => {
    let changes = 0;
    const facts = await readTerraformPlan(open(file), () => changes++);
    return [changes, facts.unchanged];
  },
  'the bytes alone': async (file) => {
    for await (const chunk of open(file)) if (chunk.length === 0) break;
    return [];
  },
};

/** One way in this process, for the one that asked. */
async function run(way, file) {
  const start = performance.now();
  const found = await WAYS[way](file);
  const seconds = (performance.now() - start) / 1000;
  stdout.write(JSON.stringify({ found, seconds, rss: resourceUsage().maxRSS / 1024 }));
}

/** What a process of its own says of one way; null where it cannot read the file at all. */
function measured(way, file) {
  try {
    const told = execFileSync(execPath, [import.meta.filename, '--run', way, '--file', file], {
      stdio: 'pipe',
    });
    return JSON.parse(told.toString());
  } catch {
    return null;
  }
}

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

async function compare() {
  const folder = mkdtempSync(join(tmpdir(), 'check-plan-bench-'));
  const file = join(folder, 'plan.json');
  try {
    const parts = planParts(bytesOf(option('--size', '200MB')), Number(option('--changing', '0.04')));
    await pipeline(Readable.from(parts), createWriteStream(file));
    const size = statSync(file).size;
    const rounds = Array.from({ length: Number(option('--rounds', '3')) }, () =>
      Object.fromEntries(Object.keys(WAYS).map((way) => [way, measured(way, file)])),
    );
    const own = median(rounds.map((round) => round['check-plan'].seconds));
    const [changes, idle] = rounds[0]['check-plan'].found;
    stdout.write(`${(size / 1e6).toFixed(0)} MB, ${changes} changes, ${idle} resources without\n\n`);
    stdout.write(`${'way'.padEnd(28)}   GB/s   time as check-plan's   peak RSS\n`);
    for (const way of Object.keys(WAYS)) {
      const runs = rounds.map((round) => round[way]).filter((one) => one !== null);
      if (runs.length === 0) {
        stdout.write(`${way.padEnd(28)}   cannot read it\n`);
        continue;
      }
      if (way !== 'the bytes alone' && runs.some(({ found }) => found.join() !== [changes, idle].join()))
        throw new Error(`${way} found ${runs[0].found} where check-plan found ${changes},${idle}`);
      const seconds = median(runs.map((one) => one.seconds));
      const rss = Math.max(...runs.map((one) => one.rss));
      stdout.write(
        `${way.padEnd(28)} ${(size / 1e9 / seconds).toFixed(3).padStart(6)} ${`${(seconds / own).toFixed(1)} x`.padStart(22)} ${`${rss.toFixed(0)} MB`.padStart(10)}\n`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (argv.includes('--run')) await run(option('--run'), option('--file'));
else await compare();
