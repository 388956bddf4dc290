import * as words from './words.mjs';

/** What a synth may take longer with check-plan in it. */
const BAR = 0.05;

/** What docs/cdk.md shows of the results. */
export const section = (results) => [verdict(results), table(results), made(results)].join('\n\n');

const BARRED = ['aspect', 'plugin'];

/** The bar is for an app as CDK makes it; without CDK's own validation a synth is shorter, and the same work more of it. */
function verdict({ runs }) {
  const added = (validated) =>
    runs
      .filter((run) => run.validated === validated)
      .flatMap((run) => BARRED.map((way) => ({ run, way, more: middle(ratiosOf(run, way, 'cpu')) - 1 })));
  const judged = added(true);
  const word = judged.some(({ more }) => more > BAR) ? '**Not met**' : 'Met';
  return [
    `At most ${words.share(BAR)} more processor time is the bar for the synth of an app as CDK makes it. ${word}: ${told(judged)}.`,
    `With CDK's own validation off, which makes the synth itself shorter: ${told(added(false))}.`,
  ].join('\n');
}

const told = (added) =>
  added.map(({ run, way, more }) => `the ${way} adds ${percent(more)} (${holding(run)})`).join('; ');

const HEAD = [
  'app',
  'way',
  'processor time',
  'more',
  'half of the rounds',
  'time',
  'more',
  'in check-plan',
  'to load',
];

function table({ runs }) {
  const rows = runs.flatMap((run) =>
    run.ways.map((way, nth) => [
      nth === 0 ? appOf(run) : '',
      way,
      words.seconds(middle(timesOf(run, way, 'cpu')) / 1000),
      ...(way === 'without'
        ? ['', '']
        : [percent(middle(ratiosOf(run, way, 'cpu')) - 1), spread(ratiosOf(run, way, 'cpu'))]),
      words.seconds(middle(timesOf(run, way, 'wall')) / 1000),
      way === 'without' ? '' : percent(middle(ratiosOf(run, way, 'wall')) - 1),
      ...(ours(way)
        ? [
            percent(middle(run.samples.map((sample) => sample[way].own / sample[way].wall))),
            words.seconds(middle(run.samples.map((sample) => sample[way].load.cpu)) / 1000),
          ]
        : ['', '']),
    ]),
  );
  return [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const appOf = (run) => `${holding(run)}${run.validated ? '' : ", CDK's own validation off"}`;
const holding = ({ data }) => `${data} in 10 hold data`;

const ours = (way) => way !== 'without' && !way.startsWith('empty');

const timesOf = ({ samples }, way, what) => samples.map((sample) => sample[way][what]);

/** By the run without, of the same round: what else the machine does changes more than what is measured. */
const ratiosOf = ({ samples }, way, what) =>
  samples.map((sample) => sample[way][what] / sample.without[what]);

const at = (numbers, share) => [...numbers].sort((a, b) => a - b)[Math.round((numbers.length - 1) * share)];
const middle = (numbers) => at(numbers, 0.5);
const spread = (ratios) => `${percent(at(ratios, 0.25) - 1)} to ${percent(at(ratios, 0.75) - 1)}`;
const percent = (value) => `${(value * 100).toFixed(1)} %`;

function made({ made: { date, machine, versions }, runs }) {
  const tools = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const rounds = runs[0].samples.length;
  return `Made by \`node bench/cdk.mjs --write\` on ${date}: ${machine}; ${tools.join(', ')}. An app of 5,000 resources in 20 stacks, beside a small policy; each synth is a process of its own, the ways in turn, and “more” is the median over ${rounds} rounds of what each adds to the synth without it of the same round. Processor time has that of child processes in it. “Empty” is an aspect or a plugin that does nothing: what CDK itself takes for having one. Loading \`check-plan/cdk\`, after aws-cdk-lib, comes on top once. Every sample is in [bench/cdk-results.json](../bench/cdk-results.json).`;
}
