// An app as a user writes it in CommonJS. What changes between two synths comes from the environment.
const cdk = require('aws-cdk-lib');
const { AttributeType, Table } = require('aws-cdk-lib/aws-dynamodb');
const { Bucket } = require('aws-cdk-lib/aws-s3');
const { CheckPlan } = require('check-plan/cdk');

const { OUT, BASE, ID = 'Orders', FILES = 'Files', ACKNOWLEDGED, AT = '', LATE } = process.env;
const app = new cdk.App({ outdir: OUT, builtinCloudFormationValidation: false });
CheckPlan.protect(app, BASE === undefined ? {} : { baseline: BASE, commits: 'main..HEAD' });

class Shop extends cdk.Stack {
  constructor(scope, name, props) {
    super(scope, name, props);
    const nested = new cdk.NestedStack(this, 'Data');
    new Table(nested, ID, {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    new Bucket(this, FILES);
  }
}

const env = { account: '111122223333', region: 'eu-west-1' };
new Shop(app, 'Plain', { env, terminationProtection: true });
// Added after the app was protected, and one of them synthesised on its own, as CDK Pipelines does.
const stage = new cdk.Stage(app, 'Prod', { env });
new Shop(stage, 'Shop', { terminationProtection: true });
if (LATE !== undefined) stage.synth();
if (ACKNOWLEDGED !== undefined)
  cdk.Validations.of(AT === '' ? app : app.node.findChild(AT)).acknowledge(
    { id: 'check-plan::removal-policy', reason: ACKNOWLEDGED },
    { id: 'check-plan::CP001', reason: ACKNOWLEDGED },
  );
app.synth();
