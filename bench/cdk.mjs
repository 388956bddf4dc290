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

/** Stacks as they are: queues, topics, tables, buckets and alarms that refer to each other. */
async function app(way, outdir) {
  const [{ default: cdk }, sqs, sns, ddb, s3, cloudwatch] = await Promise.all(
    ['', '/aws-sqs', '/aws-sns', '/aws-dynamodb', '/aws-s3', '/aws-cloudwatch'].map(
      (part) => import(`aws-cdk-lib${part}`),
    ),
  );
  const { CheckPlan, DestructionGuard } = way === 'without' ? {} : await import('check-plan/cdk');
  const start = process.cpuUsage();
  const from = performance.now();
  const tree = new cdk.App({ outdir, builtinCloudFormationValidation: false });
  if (way === 'aspect')
    cdk.Aspects.of(tree).add(new DestructionGuard(), { priority: cdk.AspectPriority.READONLY });
  if (way === 'plugin') CheckPlan.protect(tree);
  for (let at = 0; at < RESOURCES / A_STACK; at += 1) {
    const stack = new cdk.Stack(tree, `Prod${at}`);
    for (let n = 0; n < A_STACK / 5; n += 1) {
      const queue = new sqs.default.Queue(stack, `Queue${n}`, {
        encryption: sqs.default.QueueEncryption.SQS_MANAGED,
      });
      new sns.default.Topic(stack, `Topic${n}`, { displayName: queue.queueName });
      new ddb.default.Table(stack, `Table${n}`, {
        partitionKey: { name: 'id', type: ddb.default.AttributeType.STRING },
      });
      new s3.default.Bucket(stack, `Bucket${n}`, { versioned: true });
      new cloudwatch.default.Alarm(stack, `Alarm${n}`, {
        metric: queue.metricApproximateNumberOfMessagesVisible(),
        threshold: 1,
        evaluationPeriods: 1,
      });
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
  const base = median(times.without.map(({ ms }) => ms));
  for (const way of ways) {
    const ms = median(times[way].map((one) => one.ms));
    const cpu = median(times[way].map((one) => one.cpu));
    const added = ((ms / base - 1) * 100).toFixed(1);
    process.stdout.write(
      `${way.padEnd(8)} ${(ms / 1000).toFixed(2)} s, ${(cpu / 1000).toFixed(2)} s of CPU time, ${added} % more\n`,
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
