import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { EXIT } from '../../src/model/decision.ts';
import { runIn } from './memory-io.ts';

const root = mkdtempSync(join(tmpdir(), 'check-plan-many-'));
afterAll(() => rmSync(root, { recursive: true }));

const plan = (actions: readonly string[]): string =>
  JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    resource_changes: [
      {
        address: 'aws_db_instance.main',
        mode: 'managed',
        type: 'aws_db_instance',
        name: 'main',
        provider_name: 'registry.terraform.io/hashicorp/aws',
        change: {
          actions,
          before: { id: 'db-1' },
          after: actions[0] === 'delete' ? null : { id: 'db-1' },
          after_unknown: {},
          before_sensitive: {},
          after_sensitive: {},
        },
      },
    ],
    configuration: { root_module: {} },
    complete: true,
    errored: false,
  });
const HARMLESS = plan(['no-op']);
const DELETES = plan(['delete']);

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(root, 'run-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const judge = async (cwd: string, ...argv: readonly string[]) => {
  const { exitCode, stdout } = await runIn([...argv, '--format', 'json'], { cwd });
  const { decision, changeSets, errors } = JSON.parse(stdout);
  const sources = changeSets.map(({ source }: { source: string }) => source);
  return { exitCode, decision, sources, errors };
};

const UNITS = {
  'plans/eu/shop/tfplan.json': HARMLESS,
  'plans/eu/bank/tfplan.json': DELETES,
  'plans/us/shop/tfplan.json': HARMLESS,
};
const SORTED = Object.keys(UNITS).sort();

test.each([['plans'], ['plans/**/*.json'], ['plans/*/*/tfplan.json'], ['plans/us', 'plans/eu'].reverse()])(
  'the plans of %j give one report and the worst decision, in the order of their names',
  async (...argv) => {
    const { exitCode, sources } = await judge(folderOf(UNITS), ...argv);
    expect({ exitCode, sources }).toEqual({ exitCode: EXIT.signOffRequired, sources: SORTED });
  },
);

test('all harmless: allowed', async () => {
  expect((await judge(folderOf({ 'p/a.json': HARMLESS, 'p/b.json': HARMLESS }), 'p')).exitCode).toBe(
    EXIT.allowed,
  );
});

test.each([
  ['half a plan', HARMLESS.slice(0, 300)],
  ['another document', '{"name":"x"}'],
  ['nothing', ''],
])('%s among them does not hide the others, and the run is no pass', async (_, bad) => {
  const { exitCode, decision, sources, errors } = await judge(
    folderOf({ ...UNITS, 'plans/eu/x.json': bad }),
    'plans',
  );
  expect({ exitCode, decision, sources }).toEqual({
    exitCode: EXIT.cannotJudge,
    decision: 'blocked',
    sources: SORTED,
  });
  expect(errors).toMatchObject([{ source: 'plans/eu/x.json' }]);
});

test('a pattern that matches nothing is no pass, whatever else was judged', async () => {
  const { exitCode, sources, errors } = await judge(
    folderOf({ 'a.json': HARMLESS }),
    'a.json',
    'plan/*.json',
  );
  expect({ exitCode, sources }).toEqual({ exitCode: EXIT.cannotJudge, sources: ['a.json'] });
  expect(errors).toMatchObject([{ source: 'plan/*.json', code: 'input-unreadable' }]);
});

test('a packed plan is judged like the plain one, and is known by its own bytes', async () => {
  const cwd = folderOf({ 'a.json': DELETES, 'b.json.gz': gzipSync(DELETES) });
  const { exitCode, stdout } = await runIn(['.', '--format', 'json'], { cwd });
  const [plain, packed] = JSON.parse(stdout).changeSets;
  expect(exitCode).toBe(EXIT.signOffRequired);
  expect(packed.changes).toEqual(plain.changes);
  expect(packed.signOffDigest).toBe(plain.signOffDigest);
  const piped = await runIn(['-'], { cwd, stdin: gzipSync(HARMLESS) });
  expect(piped.exitCode).toBe(EXIT.allowed);
});

test('a packed plan that is cut off is no pass, also where the plan in it is whole', async () => {
  const packed = gzipSync(HARMLESS);
  for (const cut of [1, 4, 8, 9, 40]) {
    const { exitCode } = await runIn(['-'], { cwd: root, stdin: packed.subarray(0, packed.length - cut) });
    expect(exitCode).toBe(EXIT.cannotJudge);
  }
  const { exitCode } = await runIn(['-'], { cwd: root, stdin: Buffer.concat([packed, Buffer.from('{}')]) });
  expect(exitCode).toBe(EXIT.cannotJudge);
});

test.each(['0', '-1', '1.5', 'many', ''])('--jobs %j is no number of threads', async (jobs) => {
  const { exitCode, stdout } = await runIn(['plan.json', '--jobs', jobs], { cwd: root });
  expect({ exitCode, stdout }).toEqual({ exitCode: EXIT.usage, stdout: '' });
});
