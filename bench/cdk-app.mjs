// The app of bench/cdk.mjs, synthesised once: node bench/cdk-app.mjs WAY DATA VALIDATED OUTDIR [BASELINE]. Writes what the synth took,
// in milliseconds, as one line of JSON; the processor time is that of its child processes too, where the system tells it.
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';

const RESOURCES = 5_000;
const A_STACK = 250;

const [, , way, data, validated, outdir, baseline] = process.argv;
const names = ['sqs', 'sns', 'dynamodb', 's3', 'cloudwatch', 'iam', 'ssm'];
const { default: cdk } = await import('aws-cdk-lib');
const [sqs, sns, ddb, s3, cloudwatch, iam, ssm] = await Promise.all(
  names.map((name) => import(`aws-cdk-lib/aws-${name}`).then((module) => module.default)),
);

const loading = clock();
const { CheckPlan, DestructionGuard } = OURS(way) ? await import('check-plan/cdk') : {};
const loaded = loading();

const running = clock();
const app = new cdk.App({ outdir, builtinCloudFormationValidation: validated === 'true' });
const READONLY = { priority: cdk.AspectPriority.READONLY };
const WAYS = {
  without: () => {},
  'empty aspect': () => cdk.Aspects.of(app).add({ visit: () => {} }, READONLY),
  'empty plugin': () => {
    const validate = () => ({ success: true, violations: [] });
    cdk.Validations.of(app).addPlugins({ name: 'empty', validate });
  },
  aspect: () => {
    const guard = timed(() => new DestructionGuard());
    cdk.Aspects.of(app).add(guard, READONLY);
    const visit = guard.visit.bind(guard);
    guard.visit = (node) => timed(() => visit(node));
  },
  plugin: () => protect({}),
  'plugin with a baseline': () => protect({ baseline }),
};
let own = 0;
WAYS[way]();

const holding = [
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
  const stack = new cdk.Stack(app, `Prod${at}`);
  for (let nth = 0; nth < A_STACK; nth += 1) {
    const kinds = nth % 10 < Number(data) ? holding : other;
    kinds[Math.floor(nth / 10 + nth) % kinds.length](stack, `R${nth}`);
  }
}
app.synth();
process.stdout.write(JSON.stringify({ ...running(), own, load: loaded }));

function protect(options) {
  CheckPlan.protect(app, options);
  const [plugin] = app._validationPlugins;
  const validate = plugin.validate.bind(plugin);
  plugin.validate = (context) => timed(() => validate(context));
}

/** What is spent in check-plan itself, with the calls that it makes to CDK. */
function timed(work) {
  const from = performance.now();
  const made = work();
  own += performance.now() - from;
  return made;
}

function OURS(name) {
  return ['aspect', 'plugin', 'plugin with a baseline'].includes(name);
}

function clock() {
  const [from, cpu, children] = [performance.now(), process.cpuUsage(), childrenTime()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { wall: performance.now() - from, cpu: (user + system) / 1000 + childrenTime() - children };
  };
}

/** Of the children that have ended, as Linux counts it: in hundredths of a second. */
function childrenTime() {
  const file = '/proc/self/stat';
  if (!existsSync(file)) return 0;
  const fields = readFileSync(file, 'utf8').split(') ').at(-1).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
