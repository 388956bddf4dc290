import { BARS, ratio, typical } from './ratios.mjs';
import * as words from './words.mjs';

/** What docs/speed.md shows of the results: the bars, the medians behind them, the plot, and how all was made. */
export const section = (results) =>
  [
    bars(results),
    medians(results),
    '![Time and memory against the size of the plan](../bench/plot.svg)',
    made(results),
  ].join('\n\n');

const UNITS = { ratio: words.ratio, bytes: words.bytes, share: words.share };

function bars(results) {
  const judged = BARS.map((one) => ({ ...one, value: one.of(results) }));
  const rows = judged.map(({ says, unit, bar, value }) => [
    says,
    `≤ ${UNITS[unit](bar)}`,
    value === null ? 'not measured' : UNITS[unit](value),
    value === null ? '' : met(value, bar) ? 'met' : '**not met**',
  ]);
  const failed = judged.filter(({ value, bar }) => value !== null && !met(value, bar));
  const open = judged.filter(({ value }) => value === null);
  const listed = (ones) => ones.map(({ says }) => says).join('; ');
  const summary = [
    failed.length === 0 ? '' : `Not met: ${listed(failed)}.`,
    open.length === 0 ? '' : `Not measured: ${listed(open)}.`,
    failed.length + open.length === 0 ? 'Every bar is met.' : '',
  ].filter((sentence) => sentence !== '');
  return `${table(['what', 'bar', 'measured', ''], rows)}\n\n${summary.join('\n')}`;
}

const met = (value, bar) => value <= bar;

/** Smaller plans are in the plot. */
const SHOWN = { small: () => true, many: () => true, size: ({ asked }) => asked >= 235e6 };

function medians(results) {
  const shown = results.runs.filter((run) => SHOWN[run.kind](run));
  const rows = shown.flatMap((run) =>
    Object.keys(run.programs).map((program, nth) => [
      nth === 0 ? plan(run) : '',
      program,
      ...[
        [words.seconds, typical(run, program, 'wall')],
        [words.ratio, program === 'check-plan' ? null : ratio(run, program)],
        [words.seconds, typical(run, program, 'cpu')],
        [words.bytes, typical(run, program, 'peak')],
      ].map(([write, value]) => (value === null ? '' : write(value))),
    ]),
  );
  return table(['plan', 'program', 'time', "check-plan's / its", 'CPU time', 'peak memory'], rows);
}

const plan = ({ plans, asked, changing }) =>
  `${plans === 1 ? '' : `${plans.toLocaleString('en')} of `}${words.bytes(asked)}, ${words.share(changing)} changed`;

/** How often each thing was measured, in the order of the runs. */
const rounds = (runs) =>
  runs.map(({ kind, asked, plans, rounds }) =>
    kind === 'many' ? `${plans.toLocaleString('en')} plans ×${rounds}` : `${words.bytes(asked)} ×${rounds}`,
  );

function made({ made: { date, machine, load, versions, seed, missing }, runs }) {
  const tools = Object.entries(versions).map(([name, version]) => `${name}: ${version}`);
  return [
    `Made by \`npm run bench -- --write\` on ${date}: ${machine.cpu}, ${machine.cores} cores, ${words.bytes(machine.memory)} of memory, ${machine.system}; load ${load} at the start.`,
    `The plans are generated from seed ${seed}; one change in fifty destroys, the others update and create. check-plan is the real command with its built-in rules, outside a repository, with \`--quiet\`. Every program is a process of its own, run in turn with the others, its output thrown away, the file in the page cache; shown are medians (${rounds(runs).join(', ')}), for memory of the largest resident set. “\`JSON.parse\` alone” is the one that is not a process: the sum of the calls on texts already read.`,
    `Versions: ${tools.join('; ')}.${missing.length === 0 ? '' : ` Left out: ${missing.join(', ')}.`} Every sample is in [bench/results.json](../bench/results.json).`,
  ].join('\n\n');
}

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
