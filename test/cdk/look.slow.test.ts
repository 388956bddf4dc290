import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import * as ddb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import type { Construct } from 'constructs';
import { expect, test } from 'vitest';
import { hazardsIn } from '../../src/cdk/look.ts';
import type { Hazard } from '../../src/model/report.ts';
import { runIn } from '../cli/memory-io.ts';
import { type Build, synth } from './synths.ts';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const table = (scope: Construct, id: string, more: Partial<ddb.TableProps> = {}): ddb.Table =>
  new ddb.Table(scope, id, { partitionKey: { name: 'id', type: ddb.AttributeType.STRING }, ...more });
const cfnTable = (scope: Construct, id: string, more: Partial<ddb.CfnTableProps> = {}): ddb.CfnTable =>
  new ddb.CfnTable(scope, id, { keySchema: [{ attributeName: 'id', keyType: 'HASH' }], ...more });

/** What is plain, and what has to be resolved, of every level. */
const shop: Build = (app) => {
  const stage = new cdk.Stage(app, 'Prod', { env: ENV });
  const stack = new cdk.Stack(stage, 'Shop', { terminationProtection: true });
  table(stack, 'Off');
  table(stack, 'On', {
    deletionProtection: true,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  });
  const parameter = new cdk.CfnParameter(stack, 'Protect', { allowedValues: ['true', 'false'] });
  cfnTable(stack, 'Asked', { deletionProtectionEnabled: cdk.Token.asAny(parameter.valueAsString) });
  cfnTable(stack, 'Lazy', { deletionProtectionEnabled: cdk.Lazy.any({ produce: () => true }) });
  const hatched = table(stack, 'Hatched', { removalPolicy: cdk.RemovalPolicy.DESTROY });
  const inside = hatched.node.defaultChild as ddb.CfnTable;
  inside.addPropertyOverride('DeletionProtectionEnabled', true);
  inside.addOverride('DeletionPolicy', 'Retain');
  cdk.Tags.of(table(stack, 'Tagged', { removalPolicy: cdk.RemovalPolicy.DESTROY })).add('Environment', 'dev');
  new sqs.Queue(stack, 'Jobs', { queueName: 'jobs' });
  new cdk.CfnResource(stack, 'Generic', {
    type: 'AWS::DynamoDB::Table',
    properties: { TableName: 'orders', DeletionProtectionEnabled: true },
  });
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 }) as ec2.IVpc;
  new rds.DatabaseInstance(stack, 'Database', {
    engine: rds.DatabaseInstanceEngine.POSTGRES,
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    instanceIdentifier: 'main',
  });
  new s3.Bucket(stack, 'Files', { removalPolicy: cdk.RemovalPolicy.DESTROY, autoDeleteObjects: true });
  const nested = new cdk.NestedStack(stack, 'Data');
  table(nested, 'Orders', { removalPolicy: cdk.RemovalPolicy.DESTROY, tableName: 'all-orders' });
  const file = join(mkdtempSync(join(tmpdir(), 'check-plan-look-')), 'old.json');
  const KeySchema = [{ AttributeName: 'id', KeyType: 'HASH' }];
  const Properties = { KeySchema, DeletionProtectionEnabled: { Ref: 'Kept' } };
  const Old = { Type: 'AWS::DynamoDB::Table', Properties };
  writeFileSync(file, JSON.stringify({ Parameters: { Kept: { Type: 'String' } }, Resources: { Old } }));
  new CfnInclude(new cdk.Stack(app, 'Older'), 'Included', { templateFile: file });
  table(new cdk.Stack(app, 'Sandbox', { stackName: 'sandbox-dev' }), 'Scratch');
};

const told = (hazards: readonly Pick<Hazard, 'id' | 'says' | 'construct'>[]): readonly string[] =>
  hazards.map(({ id, says, construct }) => `${construct?.path} ${id}: ${says}`).sort();

test('a look at the tree tells what the command tells of its assembly', async () => {
  let app: cdk.App | null = null;
  const outdir = synth((it) => {
    app = it;
    shop(it);
  });
  const looked = told(app === null ? [] : hazardsIn(app, {}));
  const { stdout } = await runIn([outdir, '--format', 'json'], { cwd: tmpdir() });
  const [set] = JSON.parse(stdout).changeSets;
  expect(looked).toEqual(told(set.hazards));
  expect(looked.map((line) => line.split(':')[0])).toMatchInlineSnapshot(`
    [
      "Older termination-protection",
      "Older/Included/Old protection-off",
      "Older/Included/Old removal-policy",
      "Older/Included/Old replace-policy",
      "Prod/Shop/Asked protection-off",
      "Prod/Shop/Asked removal-policy",
      "Prod/Shop/Asked replace-policy",
      "Prod/Shop/Data/Orders/Resource fixed-name",
      "Prod/Shop/Data/Orders/Resource protection-off",
      "Prod/Shop/Data/Orders/Resource protection-off",
      "Prod/Shop/Data/Orders/Resource removal-policy",
      "Prod/Shop/Data/Orders/Resource replace-policy",
      "Prod/Shop/Database/Resource fixed-name",
      "Prod/Shop/Database/Resource protection-off",
      "Prod/Shop/Files/AutoDeleteObjectsCustomResource/Default empties-on-delete",
      "Prod/Shop/Files/Resource removal-policy",
      "Prod/Shop/Files/Resource replace-policy",
      "Prod/Shop/Generic fixed-name",
      "Prod/Shop/Generic protection-off",
      "Prod/Shop/Generic removal-policy",
      "Prod/Shop/Generic replace-policy",
      "Prod/Shop/Hatched/Resource protection-off",
      "Prod/Shop/Hatched/Resource replace-policy",
      "Prod/Shop/Jobs/Resource fixed-name",
      "Prod/Shop/Jobs/Resource removal-policy",
      "Prod/Shop/Jobs/Resource replace-policy",
      "Prod/Shop/Lazy protection-off",
      "Prod/Shop/Lazy removal-policy",
      "Prod/Shop/Lazy replace-policy",
      "Prod/Shop/Off/Resource protection-off",
      "Prod/Shop/Off/Resource protection-off",
      "Prod/Shop/Tagged/Resource protection-off",
      "Prod/Shop/Tagged/Resource protection-off",
      "Prod/Shop/Tagged/Resource removal-policy",
      "Prod/Shop/Tagged/Resource replace-policy",
      "Sandbox termination-protection",
      "Sandbox/Scratch/Resource protection-off",
      "Sandbox/Scratch/Resource protection-off",
    ]
  `);
});
