/** The middle one; of an even number the lower of the two. */
export const median = (numbers) => [...numbers].sort((a, b) => a - b)[(numbers.length - 1) >> 1];

/** The median of what a program took in a run, or null where nobody measured it. `measure` is wall, cpu or peak. */
export function typical(run, program, measure) {
  const samples = run?.programs[program]?.map((sample) => sample[measure]) ?? [];
  return samples.length === 0 || samples.includes(null) ? null : median(samples);
}

const sized = (results, bytes) => results.runs.find((run) => run.kind === 'size' && run.asked === bytes);
const small = (results) => results.runs.find((run) => run.kind === 'small' && run.asked === 100e3);
const many = (results) =>
  results.runs.find((run) => run.kind === 'many' && run.plans === 1000 && run.asked === 200e3);

/** Our time by theirs, from one run; null where one of them was not measured. */
export function ratio(run, rival) {
  const [own, other] = [typical(run, 'check-plan', 'wall'), typical(run, rival, 'wall')];
  return own === null || other === null ? null : own / other;
}

const peak = (results, bytes) => typical(sized(results, bytes), 'check-plan', 'peak');

function growth(results) {
  const [of600, of3000] = [peak(results, 600e6), peak(results, 3e9)];
  return of600 === null || of3000 === null ? null : Math.abs(of3000 - of600) / Math.max(of600, of3000);
}

/** What the project asks of its speed: each a value of the results that must be at most `bar`. */
export const BARS = [
  {
    says: 'time, 600 MB plan: check-plan / `sha256sum`',
    unit: 'ratio',
    bar: 1.5,
    of: (results) => ratio(sized(results, 600e6), 'sha256sum'),
  },
  {
    says: "time, 235 MB plan: check-plan / `jq '.resource_changes | length'`",
    unit: 'ratio',
    bar: 1 / 20,
    of: (results) => ratio(sized(results, 235e6), 'jq'),
  },
  {
    says: 'time, 235 MB plan: check-plan / `JSON.parse(readFileSync(…))` in Node.js',
    unit: 'ratio',
    bar: 1 / 8,
    of: (results) => ratio(sized(results, 235e6), 'JSON.parse'),
  },
  { says: 'peak memory, 600 MB plan', unit: 'bytes', bar: 150e6, of: (results) => peak(results, 600e6) },
  { says: 'peak memory, 3 GB plan', unit: 'bytes', bar: 150e6, of: (results) => peak(results, 3e9) },
  {
    says: 'peak memory, difference between the 600 MB and the 3 GB plan',
    unit: 'share',
    bar: 0.1,
    of: growth,
  },
  {
    says: 'time, 100 KB plan: check-plan / `node -e 0`',
    unit: 'ratio',
    bar: 2,
    of: (results) => ratio(small(results), 'node -e 0'),
  },
  {
    says: 'time for each of 1,000 plans of 200 KB: check-plan / `JSON.parse` of the text alone',
    unit: 'ratio',
    bar: 5,
    of: (results) => ratio(many(results), 'JSON.parse alone'),
  },
];
