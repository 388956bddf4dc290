import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';

/** GNU time: a small program between this process and the measured one, whose peak memory is then its own. */
const TIME = '/usr/bin/time';
export const countsMemory = existsSync(TIME);

/**
 * Runs a program to its end and throws its output away. Times are in seconds, `peak` is the largest resident set in
 * bytes; `cpu` and `peak` are null where GNU time is missing. Throws when the program ends otherwise than it should.
 */
async function measure({ argv, exits }, folder) {
  const notes = join(folder, 'time.txt');
  const [program, ...args] = countsMemory ? [TIME, '-q', '-f', '%U %S %M', '-o', notes, ...argv] : argv;
  const start = performance.now();
  const child = spawn(program, args, {
    cwd: folder,
    env: { PATH: env.PATH, HOME: folder, LANG: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const code = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  const wall = Math.round((performance.now() - start) * 1000) / 1e6;
  if (!exits.includes(code)) throw new Error(`${argv.join(' ')} ended with ${code}: ${complaint}`);
  if (!countsMemory) return { wall, cpu: null, peak: null };
  const [user, system, kilobytes] = readFileSync(notes, 'utf8').trim().split(' ').map(Number);
  return { wall, cpu: Math.round((user + system) * 100) / 100, peak: kilobytes * 1024 };
}

/** Every program in turn, so many rounds, after one that is not counted: what each round of each took. */
export async function inTurn(programs, rounds, folder, { warmUp = true } = {}) {
  const samples = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let round = warmUp ? -1 : 0; round < rounds; round++)
    for (const [name, program] of Object.entries(programs)) {
      const sample = await measure(program, folder);
      if (round >= 0) samples[name].push(sample);
    }
  return samples;
}
