// An app of the first releases of CDK v2: a stage, nested stacks, and the check or the plain aspect.
const cdk = require('aws-cdk-lib');
const { AttributeType, Table } = require('aws-cdk-lib/aws-dynamodb');
const { CheckPlan, DestructionGuard } = require('check-plan/cdk');

const { OUT, BASE, ID = 'Orders', GUARDED } = process.env;
const env = { account: '111122223333', region: 'eu-west-1' };
const app = new cdk.App({ outdir: OUT });
if (GUARDED !== undefined) cdk.Aspects.of(app).add(new DestructionGuard({ stages: 'ignore' }));
else CheckPlan.protect(app, BASE === undefined ? {} : { baseline: BASE });
for (const scope of [app, new cdk.Stage(app, 'Prod', { env })])
  new Table(new cdk.NestedStack(new cdk.Stack(scope, 'Shop', { env }), 'Data'), ID, {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    removalPolicy: cdk.RemovalPolicy.DESTROY,
  });
app.synth();
