import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { mendsFor } from '../../src/catalogue/mend.ts';
import type { JudgedChange } from '../../src/model/report.ts';
import { runIn } from '../cli/memory-io.ts';
import { changeOf, DISARMED, setOf, shown } from '../reporters/report-parts.ts';
import { TERRAFORM_ENV } from './terraform-scenario.ts';

const missing = spawnSync('terraform', ['version']).status !== 0;
const MAIN = 'terraform_data.main';
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const data = (name: string, body = '') => `resource "terraform_data" "${name}" {\n${body}\n}\n`;

interface Project {
  readonly cwd: string;
  write(code: string): void;
  terraform(...args: string[]): { status: number | null; output: string };
}

function projectOf(code: string, more: Readonly<Record<string, string>> = {}): Project {
  const cwd = mkdtempSync(join(tmpdir(), 'check-plan-mend-'));
  folders.push(cwd);
  const write = (text: string): void => writeFileSync(join(cwd, 'main.tf'), text);
  const terraform: Project['terraform'] = (...args) => {
    const { status, stdout, stderr } = spawnSync('terraform', args, {
      cwd,
      env: TERRAFORM_ENV,
      encoding: 'utf8',
    });
    return { status, output: `${stdout}${stderr}` };
  };
  for (const [file, text] of Object.entries(more)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
  write(code);
  expect(terraform('init', '-no-color').output).toContain('initialized');
  expect(terraform('apply', '-auto-approve', '-no-color').output).toContain('Apply complete');
  return { cwd, write, terraform };
}

/** What the plan of the present code would do, as a check tells it. */
async function planned({
  cwd,
  terraform,
}: Project): Promise<{ effects: string[]; order: string | null; output: string }> {
  const { status, output } = terraform('plan', '-no-color', '-input=false', '-out', 'tfplan');
  if (status !== 0) return { effects: [], order: null, output };
  const { stdout } = await runIn(['tfplan', '--format', 'json'], { cwd, env: { ...TERRAFORM_ENV } });
  const changes: JudgedChange[] = JSON.parse(stdout).changeSets[0].changes;
  return { effects: changes.map(({ effect }) => effect), order: changes[0]?.order ?? null, output };
}

/** The mend of this id for what is planned now, as `explain` offers it. */
async function offered(project: Project, address: string, id: string): Promise<string> {
  await planned(project);
  const { stdout } = await runIn(['explain', 'tfplan', address, '--json'], {
    cwd: project.cwd,
    env: { ...TERRAFORM_ENV },
  });
  const mend = JSON.parse(stdout).explanations[0].mends.find((one: { id: string }) => one.id === id);
  expect(mend, `no mend ${id}`).toBeDefined();
  return mend.code;
}

/** The same for a row that asks for a type that holds more than a terraform_data does. */
function madeFor(parts: Partial<JudgedChange>, id: string): string {
  const change = changeOf({ address: MAIN, type: 'terraform_data', standing: [], ...parts });
  const mend = mendsFor(setOf({ tool: 'terraform 1.11.4', changes: [change] }))(change).find(
    (one) => one.id === id,
  );
  return mend?.code ?? '';
}

const merged = (block: string, body: string): string => block.replace(/^ *# … .*$/m, body);

describe.skipIf(missing)('pasted into the code, with the real Terraform', () => {
  test('a moved block leaves nothing to destroy', async () => {
    const project = projectOf(data('main', 'input = 1'));
    project.write(data('renamed', 'input = 1'));
    expect((await planned(project)).effects.sort()).toEqual(['create', 'delete']);
    const code = await offered(project, MAIN, 'moved');
    project.write(`${data('renamed', 'input = 1')}\n${code}\n`);
    expect((await planned(project)).effects).toEqual(['move']);
  });

  /** The code that the rule about the whole gives for what is planned now. */
  async function codeOf(project: Project, rule: string): Promise<string> {
    await planned(project);
    const { stdout } = await runIn(['tfplan', '--format', 'json'], { cwd: project.cwd, env: TERRAFORM_ENV });
    const findings: { rule: string; instead: string[] }[] = JSON.parse(stdout).changeSets[0].findings;
    const steps = findings.filter((one) => one.rule === rule).flatMap(({ instead }) => instead);
    return steps.filter((step) => step.startsWith('moved {')).join('\n');
  }
  const counted = (...names: string[]) =>
    data(
      'main',
      `count = ${names.length}\ntriggers_replace = ${JSON.stringify(names)}[count.index]\ninput = ${JSON.stringify(names)}[count.index]`,
    );
  const keyed = (objects: Record<string, string>) =>
    data('main', `for_each = ${JSON.stringify(objects)}\ntriggers_replace = each.value\ninput = each.value`);

  test('the blocks for an element taken out of a count leave nothing to destroy but it', async () => {
    const project = projectOf(counted('berlin', 'paris', 'rome', 'vienna'));
    project.write(counted('berlin', 'rome', 'vienna'));
    expect((await planned(project)).effects.sort()).toEqual(['delete', 'replace', 'replace']);
    const code = await codeOf(project, 'CP026');
    expect(code.match(/^moved \{$/gm)).toHaveLength(3);
    project.write(`${keyed({ 0: 'berlin', 2: 'rome', 3: 'vienna' })}\n${code}\n`);
    const { effects, output } = await planned(project);
    expect(effects.sort(), output).toEqual(['delete', 'move', 'move', 'move']);
    expect(output).toContain('0 to add, 0 to change, 1 to destroy');
    expect(project.terraform('fmt').status).toBe(0);
    expect(readFileSync(join(project.cwd, 'main.tf'), 'utf8')).toContain(code);
  });

  test('from a count to a key, and back', async () => {
    const project = projectOf(counted('berlin'));
    project.write(keyed({ 'old "town"': 'berlin' }));
    const there = await codeOf(project, 'CP020');
    expect(there).toContain('to   = terraform_data.main["old \\"town\\""]');
    project.write(`${keyed({ 'old "town"': 'berlin' })}\n${there}\n`);
    expect((await planned(project)).effects).toEqual(['move']);
    project.terraform('apply', '-auto-approve', '-no-color');
    project.write(counted('berlin'));
    const back = await codeOf(project, 'CP020');
    project.write(`${counted('berlin')}\n${back}\n`);
    expect((await planned(project)).effects).toEqual(['move']);
  });

  test('a module that was renamed keeps all that is in it', async () => {
    const parts = ['a', 'b', 'c'].map((name) => data(name, `input = "${name}"`)).join('\n');
    const call = (name: string) => `module "${name}" {\n  source = "./parts"\n}\n`;
    const project = projectOf(call('old'), { 'parts/main.tf': parts });
    project.write(call('new'));
    expect(project.terraform('init', '-no-color').status).toBe(0);
    expect((await planned(project)).effects.sort()).toEqual([
      ...Array(3).fill('create'),
      ...Array(3).fill('delete'),
    ]);
    const code = await codeOf(project, 'CP020');
    expect(code).toBe('moved {\n  from = module.old\n  to   = module.new\n}');
    project.write(`${call('new')}\n${code}\n`);
    expect((await planned(project)).effects).toEqual(['move', 'move', 'move']);
  });

  test('a removed block forgets, and destroys nothing', async () => {
    const project = projectOf(data('main'));
    project.write('');
    const code = await offered(project, MAIN, 'removed');
    project.write(`${code}\n`);
    expect((await planned(project)).effects).toEqual(['forget']);
  });

  test('ignore_changes leaves nothing to replace', async () => {
    const project = projectOf(data('main', 'triggers_replace = "a"'));
    project.write(data('main', 'triggers_replace = "b"'));
    expect((await planned(project)).effects).toEqual(['replace']);
    const code = await offered(project, MAIN, 'ignore-changes');
    project.write(merged(code, '  triggers_replace = "b"'));
    expect((await planned(project)).effects).toEqual([]);
  });

  test('state rm leaves the one alone that has no index any more', async () => {
    const project = projectOf(data('main', 'count = 2'));
    project.write(data('main', 'count = 1'));
    const code = await offered(project, `${MAIN}[1]`, 'state-rm');
    expect(spawnSync('sh', ['-c', code], { cwd: project.cwd, env: TERRAFORM_ENV }).status).toBe(0);
    expect((await planned(project)).effects).toEqual([]);
  });

  test('untaint leaves nothing to replace', async () => {
    const project = projectOf(data('main'));
    project.terraform('taint', MAIN);
    expect((await planned(project)).effects).toEqual(['replace']);
    const code = await offered(project, MAIN, 'untaint');
    expect(spawnSync('sh', ['-c', code], { cwd: project.cwd, env: TERRAFORM_ENV }).status).toBe(0);
    expect((await planned(project)).effects).toEqual([]);
  });

  test('create_before_destroy turns the order, and prevent_destroy stops the plan', async () => {
    const project = projectOf(data('main', 'triggers_replace = "a"'));
    const first = madeFor({ holds: 'traffic' }, 'create-before-destroy');
    project.write(merged(first, '  triggers_replace = "b"'));
    expect(await planned(project)).toMatchObject({ effects: ['replace'], order: 'create-first' });
    const prevented = madeFor({ holds: 'data' }, 'prevent-destroy');
    project.write(merged(prevented, '  triggers_replace = "b"'));
    expect((await planned(project)).output).toContain('prevent_destroy');
  });

  test('every block of code is as terraform fmt writes it', () => {
    const change = changeOf({});
    const sets = [
      change,
      changeOf({
        effect: 'delete',
        order: null,
        causes: [{ kind: 'reason', reason: 'delete_because_no_module', says: '' }],
        module: 'module.a',
        address: 'module.a.aws_db_instance.main',
      }),
      changeOf({ effect: 'forget', physicalId: 'i-1' }),
      changeOf({
        holds: 'compute',
        standing: ['deletion_protection is true: the provider refuses'],
        causes: [
          { kind: 'attribute', path: ['engine'], before: shown('"mysql"'), after: shown('"postgres"') },
        ],
      }),
      changeOf({ effect: 'update', disarmed: [DISARMED] }),
    ];
    const codes = sets.flatMap((one) =>
      mendsFor(setOf({ tool: 'terraform 1.11.4', changes: [one] }))(one).filter(
        ({ language }) => language === 'hcl',
      ),
    );
    expect([...new Set(codes.map(({ id }) => id))].sort()).toEqual([
      'as-before',
      'create-before-destroy',
      'final-snapshot',
      'ignore-changes',
      'import',
      'prevent-destroy',
      'protection-as-before',
      'removed',
      'two-applies',
    ]);
    for (const { id, code } of codes) {
      const { status, stdout } = spawnSync('terraform', ['fmt', '-'], {
        input: `${code}\n`,
        encoding: 'utf8',
        env: TERRAFORM_ENV,
      });
      expect([status, stdout], id).toEqual([0, `${code}\n`]);
    }
  });
});
