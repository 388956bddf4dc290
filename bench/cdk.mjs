// What check-plan adds to the synth of a CDK app of 5,000 resources: the same app with and without it, in turn, each in a
// process of its own. Run `npm run build && node bench/cdk.mjs`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RESOURCES = 5_000;
const A_STACK = 250;
const ROUNDS = Number(process.env['ROUNDS'] ?? 7);

if (process.argv[2] === 'app') await app(process.argv[3], process.argv[4]);
else bench();

/** One resource in ten holds data, as in apps; `DATA=1` makes it six in ten, each with what the guard tells of it. */
async function app(way, outdir) {
  const [{ default: cdk }, sqs, sns, ddb, s3, cloudwatch, iam, ssm] = await Promise.all(
    ['', '/aws-sqs', '/aws-sns', '/aws-dynamodb', '/aws-s3', '/aws-cloudwatch', '/aws-iam', '/aws-ssm'].map(
      (part) => import(`aws-cdk-lib${part}`).then((module) => (part === '' ? module : module.default)),
    ),
  );
  const { CheckPlan, DestructionGuard } = way === 'without' ? {} : await import('check-plan/cdk');
  const start = process.cpuUsage();
  const from = performance.now();
  const tree = new cdk.App({ outdir, builtinCloudFormationValidation: false });
  if (way === 'aspect')
    cdk.Aspects.of(tree).add(new DestructionGuard(), { priority: cdk.AspectPriority.READONLY });
  if (way === 'plugin') CheckPlan.protect(tree);
  const data = [
    (stack, id) => new sqs.Queue(stack, id),
    (stack, id) => new ddb.Table(stack, id, { partitionKey: { name: 'id', type: ddb.AttributeType.STRING } }),
    (stack, id) => new s3.Bucket(stack, id, { versioned: true }),
  ];
  const other = [
    (stack, id) => new sns.Topic(stack, id),
    (stack, id) => new ssm.StringParameter(stack, id, { stringValue: cdk.Fn.join('-', [stack.region, id]) }),
    (stack, id) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
    (stack, id) =>
      new cloudwatch.Alarm(stack, id, {
        metric: new cloudwatch.Metric({ namespace: 'AWS/Lambda', metricName: 'Errors' }),
        threshold: 1,
        evaluationPeriods: 1,
      }),
  ];
  for (let at = 0; at < RESOURCES / A_STACK; at += 1) {
    const stack = new cdk.Stack(tree, `Prod${at}`);
    for (let n = 0; n < A_STACK; n += 1) {
      const kinds = n % 10 < (process.env['DATA'] ? 6 : 1) ? data : other;
      kinds[Math.floor(n / 10 + n) % kinds.length](stack, `R${n}`);
    }
  }
  tree.synth();
  const cpu = process.cpuUsage(start);
  process.stdout.write(JSON.stringify({ ms: performance.now() - from, cpu: (cpu.user + cpu.system) / 1000 }));
}

function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'check-plan-bench-cdk-'));
  const ways = ['without', 'aspect', 'plugin'];
  const times = Object.fromEntries(ways.map((way) => [way, []]));
  try {
    for (let round = 0; round < ROUNDS; round += 1)
      // Each goes first in turn, so that none is always the one that finds the machine warm.
      for (let at = 0; at < ways.length; at += 1) {
        const way = ways[(at + round) % ways.length];
        times[way].push(measured(way, join(folder, `${way}-${round}`)));
      }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  // On a busy machine the processor time says more than the clock; that of the command which the plugin runs is not in it.
  const of = (way, what) => median(times[way].map((one) => one[what]));
  for (const way of ways) {
    const more = (what) => `${((of(way, what) / of('without', what) - 1) * 100).toFixed(1)} %`;
    const [ms, cpu] = [of(way, 'ms'), of(way, 'cpu')].map((value) => (value / 1000).toFixed(2));
    process.stdout.write(
      `${way.padEnd(8)} ${ms} s (${more('ms')} more), ${cpu} s of processor time (${more('cpu')} more)\n`,
    );
  }
}

function measured(way, outdir) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), 'app', way, outdir],
    {
      encoding: 'utf8',
      maxBuffer: 1e9,
    },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
