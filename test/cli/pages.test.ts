import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { EXIT } from '../../src/model/decision.ts';
import {
  description,
  element,
  type Members,
  nestedDescription,
  nestedId,
} from '../readers/cloudformation/change-set.ts';
import { runIn } from './memory-io.ts';

const cwd = mkdtempSync(join(tmpdir(), 'check-plan-pages-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const removed = (id: string): Members =>
  element({
    LogicalResourceId: id,
    PhysicalResourceId: id,
    Action: 'Remove',
    Replacement: null,
    PolicyAction: 'Delete',
  });
const write = (name: string, document: unknown): void =>
  writeFileSync(join(cwd, name), typeof document === 'string' ? document : JSON.stringify(document));
write('page1.json', description([removed('A')], { NextToken: 'x' }));
write('page2.json', description([removed('B')], { NextToken: 'y' }));
write('page3.json', description([removed('C')]));
write('other.json', description([removed('D')], { ChangeSetId: 'arn:other', StackName: 'other' }));
write('root.json', [
  description([element({ ResourceType: 'AWS::CloudFormation::Stack', ChangeSetId: nestedId('net') })]),
]);
write('net.json', nestedDescription('net', [removed('E')]));
write('broken.json', '{"Changes": [');

async function report(...names: readonly string[]) {
  const { exitCode, stdout } = await runIn([...names, '--format', 'json'], { cwd });
  const { changeSets, errors } = JSON.parse(stdout);
  const addresses = changeSets.map(({ changes }: { changes: { address: string }[] }) =>
    changes.map(({ address }) => address).sort(),
  );
  return { exitCode, addresses, changeSets, codes: errors.map(({ code }: { code: string }) => code) };
}

describe('a change set in several files', () => {
  test('is one change set, in whatever order they are named', async () => {
    const one = await report('page1.json', 'page2.json', 'page3.json');
    expect(one).toMatchObject({
      exitCode: EXIT.signOffRequired,
      addresses: [['shop/A', 'shop/B', 'shop/C']],
    });
    const other = await report('page3.json', 'page1.json', 'page2.json');
    const told = ([set]: readonly { signOffDigest: string; inputDigest: string }[]) => [
      set?.signOffDigest,
      set?.inputDigest,
    ];
    expect(told(other.changeSets)).toEqual(told(one.changeSets));
  });

  test('has a name that any command takes', async () => {
    const one = await report('page1.json', 'page2.json', 'page3.json');
    const [{ source }] = one.changeSets;
    expect(source).toBe('page1.json + page2.json + page3.json');
    expect((await report(source)).changeSets).toEqual(one.changeSets);
  });

  test('stands beside other change sets', async () => {
    const { addresses, changeSets } = await report('page1.json', 'other.json', 'page2.json', 'page3.json');
    expect(changeSets.map(({ source }: { source: string }) => source)).toEqual([
      'page1.json + page2.json + page3.json',
      'other.json',
    ]);
    expect(addresses).toEqual([['shop/A', 'shop/B', 'shop/C'], ['other/D']]);
  });

  test('has those of its nested stacks in files of their own', async () => {
    expect(await report('net.json', 'root.json')).toMatchObject({
      exitCode: EXIT.signOffRequired,
      addresses: [['shop/Orders', 'shop/Orders/E']],
    });
    expect((await report('root.json')).exitCode).toBe(EXIT.cannotJudge);
    expect((await report('net.json')).exitCode).toBe(EXIT.cannotJudge);
  });

  test.each([
    [['page1.json', 'page2.json']],
    [['page1.json']],
    [['page1.json', 'page3.json', 'broken.json']],
    [['page1.json', 'page1-again.json', 'page2.json', 'page3.json']],
    [['page1.json', 'page3.json.gz']],
  ])('%j never passes', async (names) => {
    write('page1-again.json', description([removed('A')], { NextToken: 'z' }));
    writeFileSync(join(cwd, 'page3.json.gz'), gzipSync(JSON.stringify(description([removed('C')]))));
    expect((await report(...names)).exitCode).toBe(EXIT.cannotJudge);
  });
});
