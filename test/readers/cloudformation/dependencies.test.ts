import { describe, expect, test } from 'vitest';
import type { Dependencies } from '../../../src/model/dependency.ts';
import { readDependencies } from '../../../src/readers/dependencies.ts';
import { parseJson } from '../../../src/readers/json/parse.ts';
import { streamOf, utf8 } from '../bytes.ts';

const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1';
const NESTED = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop-Net/2';
const SET = 'arn:aws:cloudformation:eu-west-1:111122223333:changeSet/release/3';

const edges = ({ leansOn }: Dependencies): string[] =>
  [...leansOn].flatMap(([from, all]) => [...all].map(([to, known]) => `${from} → ${to} (${known})`)).sort();

const read = async (...elements: unknown[]): Promise<Dependencies> =>
  readDependencies(streamOf(utf8(JSON.stringify(elements))), 'cloudformation');

const changes = (...list: unknown[]) => ({
  ChangeSetId: SET,
  StackId: STACK,
  StackName: 'shop',
  Changes: list.map((ResourceChange) => ({ Type: 'Resource', ResourceChange })),
});
const deployed = (template: object, id = STACK, name = 'shop', resources: unknown[] = []) => ({
  Stack: { StackId: id, StackName: name },
  Template: JSON.stringify(template),
  Resources: resources,
});

describe('a template tells who leans on whom', () => {
  const template = {
    Parameters: { Size: { Type: 'String' } },
    Resources: {
      Db: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { Subnets: { Ref: 'Subnets' }, Size: { Ref: 'Size' } },
      },
      Subnets: { Type: 'AWS::RDS::DBSubnetGroup' },
      App: {
        Type: 'AWS::ECS::Service',
        DependsOn: ['Queue'],
        Properties: {
          Environment: [{ Value: { 'Fn::Sub': 'https://${Db.Endpoint.Address}/${AWS::Region}' } }],
          Role: { 'Fn::If': ['X', { 'Fn::GetAtt': ['Role', 'Arn'] }, { Ref: 'AWS::NoValue' }] },
        },
      },
      Queue: { Type: 'AWS::SQS::Queue' },
      Role: { Type: 'AWS::IAM::Role' },
    },
  };

  test('by Ref, GetAtt, Sub, DependsOn, wherever they stand', async () => {
    expect(edges(await read(changes(), deployed(template)))).toEqual([
      'shop/App → shop/Db (template)',
      'shop/App → shop/Queue (template)',
      'shop/App → shop/Role (template)',
      'shop/Db → shop/Subnets (template)',
    ]);
  });

  test('the one that would be deployed as well as the one that is', async () => {
    const next = { NewTemplate: { ChangeSetId: SET, Body: JSON.stringify(template) } };
    expect(edges(await read(changes(), next))).toContain('shop/App → shop/Db (template)');
  });
});

test('a value goes into a nested stack by its parameters and out of it by its outputs', async () => {
  const root = {
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC' },
      Net: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Vpc: { Ref: 'Vpc' } } } },
      App: {
        Type: 'AWS::EC2::Instance',
        Properties: { SubnetId: { 'Fn::GetAtt': ['Net', 'Outputs.Subnet'] } },
      },
    },
  };
  const net = {
    Resources: { Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } } },
    Outputs: { Subnet: { Value: { Ref: 'Subnet' } } },
  };
  const graph = await read(
    changes(),
    deployed(root, STACK, 'shop', [
      { LogicalResourceId: 'Net', PhysicalResourceId: NESTED, ResourceType: 'AWS::CloudFormation::Stack' },
    ]),
    deployed(net, NESTED, 'shop-Net'),
  );
  expect(edges(graph)).toEqual([
    'output Subnet of shop/Net → shop/Net/Subnet (template)',
    'parameter Vpc of shop/Net → shop/Vpc (template)',
    'shop/App → output Subnet of shop/Net (template)',
    'shop/Net → shop/Vpc (template)',
    'shop/Net/Subnet → parameter Vpc of shop/Net (template)',
  ]);
  expect([...graph.passages].sort()).toEqual(['output Subnet of shop/Net', 'parameter Vpc of shop/Net']);
});

test('a change set without its template tells only the causes that it names, and that is said', async () => {
  const graph = await read(
    changes({
      LogicalResourceId: 'App',
      Details: [
        { ChangeSource: 'ResourceAttribute', CausingEntity: 'Db.Endpoint.Address' },
        { ChangeSource: 'ParameterReference', CausingEntity: 'Size' },
      ],
    }),
  );
  expect(edges(graph)).toEqual(['shop/App → shop/Db (change set)']);
  expect(graph.untold).toEqual([expect.stringContaining('does not hold its template')]);
});

test('stacks that are nested in a circle come to an end', async () => {
  const inside = (id: string) => [
    { LogicalResourceId: 'X', PhysicalResourceId: id, ResourceType: 'AWS::CloudFormation::Stack' },
  ];
  const template = { Resources: { A: { Type: 'T', DependsOn: 'B' }, B: { Type: 'T' } } };
  const graph = await read(
    deployed(template, STACK, 'a', inside(NESTED)),
    deployed(template, NESTED, 'b', inside(STACK)),
  );
  expect(edges(graph).length).toBeGreaterThan(0);
  expect(parseJson('{}', 'x')).toEqual(new Map());
});
