import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBaseline, readCdkDependencies } from '../../../src/readers/cdk/dependencies.ts';
import { runIn } from '../../cli/memory-io.ts';
import { assemblyOf, resources } from './folders.ts';

const QUEUE = { Type: 'AWS::SQS::Queue' };
const TABLE = { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [] } };
const APP = {
  Type: 'AWS::ECS::Service',
  DependsOn: 'Queue',
  Properties: { Table: { 'Fn::GetAtt': ['Table', 'Arn'] } },
};

test('both what is deployed and what would be tell who leans on whom', async () => {
  const before = assemblyOf({ Shop: resources({ Table: TABLE, Queue: QUEUE, App: APP }) });
  const after = assemblyOf({ Shop: resources({ Queue: QUEUE, App: { ...APP, Properties: {} } }) });
  const { leansOn } = readCdkDependencies(after, await readBaseline(before));
  expect([...(leansOn.get('Shop/App')?.keys() ?? [])].sort()).toEqual(['Shop/Queue', 'Shop/Table']);
});

test('one stack leans on another by what it imports', async () => {
  const data = {
    Resources: { Table: TABLE },
    Outputs: { Out: { Value: { Ref: 'Table' }, Export: { Name: 'Data:Table' } } },
  };
  const app = resources({
    App: { Type: 'AWS::ECS::Service', Properties: { T: { 'Fn::ImportValue': 'Data:Table' } } },
  });
  const { leansOn, passages } = readCdkDependencies(assemblyOf({ Data: data, App: app }), null);
  expect([...(leansOn.get('App/App')?.keys() ?? [])]).toEqual(['export Data:Table']);
  expect([...(leansOn.get('export Data:Table')?.keys() ?? [])]).toEqual(['Data/Table']);
  expect(passages).toContain('export Data:Table');
});

test('explain tells of an assembly what hangs on a construct that is taken out', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'check-plan-cdk-'));
  const write = (folder: string, all: Parameters<typeof resources>[0]): void => {
    mkdirSync(join(cwd, folder));
    const source = assemblyOf({ Shop: resources(all) });
    for (const name of source.names()) writeFileSync(join(cwd, folder, name), source.read(name) ?? '');
  };
  write('deployed', { Table: TABLE, Queue: QUEUE, App: APP });
  write('cdk.out', { Queue: QUEUE, App: { ...APP, Properties: {} } });
  const { stdout } = await runIn(['explain', 'cdk.out', 'Shop/Table', '--baseline', 'deployed'], { cwd });
  expect(stdout).toContain('hangs on it Shop/App (by the template)');
  expect(stdout).toContain('DeletionPolicy: Retain');
});
