// The plain aspect, in an app of ES modules.
import cdk from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { DestructionGuard } from 'check-plan/cdk';

const { OUT, STAGE, GUARDED, ACKNOWLEDGED, NAMED = 'Shop-Prod', ENVIRONMENT, POLICY } = process.env;
const app = new cdk.App({ outdir: OUT, builtinCloudFormationValidation: false });
const options = {
  ...(ENVIRONMENT === undefined ? {} : { environment: ENVIRONMENT }),
  ...(POLICY === undefined ? {} : { policy: POLICY }),
};
cdk.Aspects.of(app).add(new DestructionGuard(options), { priority: cdk.AspectPriority.READONLY });
const scope = STAGE === undefined ? app : new cdk.Stage(app, STAGE);
if (GUARDED !== undefined) cdk.Aspects.of(scope).add(new DestructionGuard());
const stack = new cdk.Stack(scope, NAMED, { terminationProtection: true });
const table = new Table(new cdk.NestedStack(stack, 'Data'), 'Orders', {
  partitionKey: { name: 'id', type: 'S' },
  deletionProtection: process.env.UNPROTECTED === undefined,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: process.env.UNPROTECTED === undefined },
});
// Another aspect, or a line far away, may change what the construct says: the guard looks last.
cdk.Aspects.of(stack).add({
  visit(node) {
    if (node === table.node.defaultChild) node.applyRemovalPolicy(cdk.RemovalPolicy.DESTROY);
  },
});
if (ACKNOWLEDGED !== undefined)
  cdk.Validations.of(table).acknowledge({ id: 'check-plan-removal-policy', reason: ACKNOWLEDGED });
app.synth();
