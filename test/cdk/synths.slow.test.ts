import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import * as ddb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import * as patterns from 'aws-cdk-lib/aws-ecs-patterns';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { atPath, type Build, deploy, synth } from './synths.ts';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const table = (scope: Construct, id: string, key = 'id', more: Partial<ddb.TableProps> = {}) =>
  new ddb.Table(scope, id, { partitionKey: { name: key, type: ddb.AttributeType.STRING }, ...more });
const stack =
  (inside: (stack: cdk.Stack) => void, name = 'Shop'): Build =>
  (app) => {
    inside(new cdk.Stack(app, name, { env: ENV }));
  };
const told = async (before: Build, after: Build) => deploy(synth(before), synth(after));

describe('a construct', () => {
  test('wrapped in another gets a new logical id: told as a rename, with what keeps it', async () => {
    const is = await told(
      stack((it) => table(it, 'Orders', 'id', { removalPolicy: cdk.RemovalPolicy.DESTROY })),
      stack((it) =>
        table(new Construct(it, 'Data'), 'Orders', 'id', { removalPolicy: cdk.RemovalPolicy.DESTROY }),
      ),
    );
    expect(is.exitCode).toBe(3);
    expect(Object.values(is.told)).toEqual(['delete planned destroyed']);
    const gone = atPath(is, 'Shop/Orders/Resource');
    expect(gone?.causes.map(({ says }) => says).join()).toMatch(
      /stack\.renameLogicalId\('DataOrders\w+', 'Orders\w+'\)/,
    );
  });

  test('that keeps its logical id by overrideLogicalId or renameLogicalId changes nothing', async () => {
    const before = stack((it) => table(it, 'Orders'));
    const id =
      Object.keys(
        (
          await told(
            before,
            stack(() => {}),
          )
        ).told,
      )[0]?.split('/')[1] ?? '';
    const overridden = stack((it) => {
      const moved = table(new Construct(it, 'Data'), 'Orders');
      (moved.node.defaultChild as ddb.CfnTable).overrideLogicalId(id);
    });
    const renamed = stack((it) => {
      const moved = table(new Construct(it, 'Data'), 'Orders');
      it.renameLogicalId(it.getLogicalId(moved.node.defaultChild as ddb.CfnTable), id);
    });
    for (const after of [overridden, renamed]) {
      const is = await told(before, after);
      expect([is.exitCode, is.told]).toEqual([0, {}]);
    }
  });

  test('of every level, with escape hatches: what replaces is told, with its line in the app', async () => {
    const app = (key: string, engine: string, port: number): Build =>
      stack((it) => {
        table(it, 'L2', key);
        new ddb.CfnTable(it, 'L1', {
          keySchema: [{ attributeName: key, keyType: 'HASH' }],
          attributeDefinitions: [{ attributeName: key, attributeType: 'S' }],
        });
        const hatched = new rds.DatabaseInstance(it, 'Hatched', {
          engine: rds.DatabaseInstanceEngine.POSTGRES,
          vpc: new ec2.Vpc(it, 'Vpc', { maxAzs: 2, natGateways: 0 }) as ec2.IVpc,
          vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
        });
        (hatched.node.defaultChild as rds.CfnDBInstance).addPropertyOverride('CharacterSetName', engine);
        const service = new patterns.ApplicationLoadBalancedFargateService(it, 'L3', {
          taskImageOptions: { image: ContainerImage.fromRegistry('nginx'), containerPort: port },
          listenerPort: 80,
          desiredCount: 1,
        });
        expect(service).toBeDefined();
      });
    const is = await told(app('id', 'a', 80), app('order', 'b', 8080));
    const word = (path: string) => {
      const change = atPath(is, path);
      return change === undefined ? 'none' : `${change.effect} ${change.certainty} ${change.fate}`;
    };
    expect(word('Shop/L2/Resource')).toBe('replace planned orphaned');
    expect(word('Shop/L1')).toBe('replace planned destroyed');
    expect(word('Shop/Hatched')).toBe('none');
    expect(word('Shop/Hatched/Resource')).toBe('replace planned snapshotted');
    expect(word('Shop/L3/TaskDef/Resource')).toBe('replace planned destroyed');
    expect(atPath(is, 'Shop/L1')?.construct?.source).toMatch(/^\/.*synths\.slow\.test\.ts:\d+(?::\d+)?$/);
  });
});

describe('stages and nested stacks', () => {
  const app =
    (key: string): Build =>
    (app) => {
      for (const name of ['Dev', 'Prod']) {
        const stage = new cdk.Stage(app, name, { env: ENV });
        const inner = new cdk.Stage(stage, 'Eu');
        const service = new cdk.Stack(inner, 'Service');
        const nested = new cdk.NestedStack(service, 'Data');
        table(nested, 'Orders', name === 'Prod' ? key : 'id', { removalPolicy: cdk.RemovalPolicy.DESTROY });
      }
    };

  test('a replacement is found in a nested stack of a stage in a stage, and in that one alone', async () => {
    const is = await told(app('id'), app('order'));
    expect(Object.keys(is.told)).toEqual([expect.stringMatching(/^Prod-Eu-Service\/\w+\/Orders\w+$/)]);
    expect(Object.values(is.told)).toEqual(['replace planned destroyed']);
    expect(atPath(is, 'Prod/Eu/Service/Data/Orders/Resource')).toBeDefined();
    expect(is.exitCode).toBe(3);
  });

  test('a stage that goes is let go of, stack by stack', async () => {
    const is = await told(app('id'), (it) => {
      const service = new cdk.Stack(new cdk.Stage(new cdk.Stage(it, 'Dev', { env: ENV }), 'Eu'), 'Service');
      table(new cdk.NestedStack(service, 'Data'), 'Orders', 'id', {
        removalPolicy: cdk.RemovalPolicy.DESTROY,
      });
    });
    expect(new Set(Object.values(is.told))).toEqual(new Set(['forget planned orphaned']));
    expect(Object.keys(is.told).every((address) => address.startsWith('Prod-'))).toBe(true);
  });

  test('a stack that is renamed is a new one beside the old, and its data are told as moved', async () => {
    const is = await told(
      stack((it) => table(it, 'Orders')),
      stack((it) => table(it, 'Orders'), 'Store'),
    );
    expect(Object.values(is.told)).toEqual(['forget planned orphaned']);
    expect(JSON.stringify(is.report)).toContain('a stack keeps its name with stackName');
    expect(is.exitCode).toBe(3);
  });
});

describe('what hangs together', () => {
  test('a replacement goes on across stacks, through the export that CDK makes', async () => {
    const app =
      (cidr: string): Build =>
      (app) => {
        const net = new cdk.Stack(app, 'Net', { env: ENV });
        const vpc = new ec2.CfnVPC(net, 'Vpc', { cidrBlock: cidr });
        const shop = new cdk.Stack(app, 'Shop', { env: ENV });
        new ec2.CfnSubnet(shop, 'Subnet', { vpcId: vpc.ref, cidrBlock: '10.0.1.0/24' });
      };
    const is = await told(app('10.0.0.0/16'), app('10.1.0.0/16'));
    expect(is.told).toEqual({
      'Net/Vpc': 'replace planned destroyed',
      'Shop/Subnet': 'replace possible destroyed',
    });
  });

  test('an imported resource belongs to somebody else, and a custom resource may do anything', async () => {
    const app = (value: string): Build =>
      stack((it) => {
        const bucket = s3.Bucket.fromBucketName(it, 'Theirs', `their-${value}`);
        new cdk.CustomResource(it, 'Custom', {
          serviceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:f',
          properties: { bucket: bucket.bucketName },
        });
      });
    const is = await told(app('a'), app('b'));
    expect(is.told).toEqual({ 'Shop/Custom': 'replace possible destroyed' });
  });

  test('tokens that only AWS resolves are possible, and harmless code changes are no news', async () => {
    const app = (name: string | undefined, code: string): Build =>
      stack((it) => {
        new s3.Bucket(it, 'Data', name === undefined ? {} : { bucketName: name });
        new lambda.Function(it, 'Code', {
          code: lambda.Code.fromInline(code),
          handler: 'index.handler',
          runtime: lambda.Runtime.NODEJS_22_X,
        });
        new kms.Key(it, 'Key');
      });
    const is = await told(app(undefined, 'a'), app(`data-${cdk.Aws.ACCOUNT_ID}`, 'b'));
    const words = Object.values(is.told);
    expect(words).toContain('replace possible orphaned');
    expect(words.filter((word) => !word.startsWith('update'))).toEqual(['replace possible orphaned']);
  });
});

test('an app against itself is allowed, and without a baseline it is never a pass', async () => {
  const build = stack((it) => {
    table(it, 'Orders');
    new ec2.Vpc(it, 'Vpc');
  });
  const [a, b] = [synth(build), synth(build)];
  expect(await deploy(a, b)).toMatchObject({ exitCode: 0, told: {} });
  const cut = await deploy(a, b);
  expect(cut.report.errors).toEqual([]);
  writeFileSync(join(b, 'Shop.template.json'), '{"Resources": {');
  expect((await deploy(a, b)).exitCode).toBe(1);
});
