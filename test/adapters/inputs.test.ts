import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findInputs } from '../../src/adapters/inputs.ts';
import { temporaryFolder } from './repository.ts';

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** A folder with these files in it, each holding its own name. */
function folderOf(...files: readonly string[]): string {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), file);
  }
  return folder;
}

const found = (cwd: string, ...names: readonly string[]) =>
  findInputs(names, { cwd, stdin: nothing(), terraform: { program: null, env: {} } });
const namesOf = async (cwd: string, ...names: readonly string[]): Promise<readonly string[]> =>
  (await found(cwd, ...names)).inputs.map(({ name }) => name);
const failure = async (cwd: string, name: string): Promise<unknown> => {
  const { inputs } = await found(cwd, name);
  expect(inputs).toHaveLength(1);
  return inputs[0]?.open().then(
    () => null,
    (thrown) => thrown.code,
  );
};

describe('a folder', () => {
  test('stands for every plan in it, by name, and for nothing that others keep there', async () => {
    const cwd = folderOf(
      'plans/b.json',
      'plans/a/tfplan.json',
      'plans/a/deeper/plan.out',
      'plans/c/tfplan',
      'plans/c.tfplan',
      'plans/.hidden/x.json.gz',
      'plans/main.tf',
      'plans/notes.md',
      'plans/.terraform/x.json',
      'plans/.git/x.json',
      'plans/node_modules/x/package.json',
      'plans/.check-plan/sign-offs/x.json',
    );
    expect(await namesOf(cwd, 'plans/')).toEqual([
      'plans/.hidden/x.json.gz',
      'plans/a/deeper/plan.out',
      'plans/a/tfplan.json',
      'plans/b.json',
      'plans/c/tfplan',
      'plans/c.tfplan',
    ]);
  });

  test('the current one too', async () => {
    expect(await namesOf(folderOf('b.json', 'a/tfplan'), '.')).toEqual(['./a/tfplan', './b.json']);
  });

  test('the JSON beside a saved plan of its name is left to it, since the saved plan is applied', async () => {
    const cwd = folderOf('d/eu/tfplan.json', 'd/eu/tfplan.tfplan', 'd/us/tfplan.tfplan', 'd/us/other.json');
    const { inputs, notes } = await found(cwd, 'd');
    expect(inputs.map(({ name }) => name)).toEqual([
      'd/eu/tfplan.tfplan',
      'd/us/other.json',
      'd/us/tfplan.tfplan',
    ]);
    expect(notes).toEqual([expect.stringContaining('d/eu/tfplan.json')]);
    expect(await namesOf(cwd, 'd/**/*.json')).toEqual(['d/eu/tfplan.json', 'd/us/other.json']);
  });

  test('a saved plan is found by what it holds, whatever its name', async () => {
    const cwd = folderOf('d/a.json');
    const zip = (first: string): Buffer =>
      Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(26), Buffer.from(first)]);
    writeFileSync(join(cwd, 'd/prod.plan'), zip('tfplan'));
    writeFileSync(join(cwd, 'd/lambda.zip'), zip('index.js'));
    expect(await namesOf(cwd, 'd')).toEqual(['d/a.json', 'd/prod.plan']);
  });

  test('links to files are plans, links to folders are not entered, links to nowhere fail', async () => {
    const cwd = folderOf('d/a.json', 'elsewhere/b.json', 'other.json');
    symlinkSync('../elsewhere', join(cwd, 'd/linked'));
    symlinkSync('.', join(cwd, 'd/again'));
    symlinkSync('../other.json', join(cwd, 'd/other.json'));
    symlinkSync('../gone.json', join(cwd, 'd/gone.json'));
    const { inputs } = await found(cwd, 'd');
    expect(inputs.map(({ name }) => name)).toEqual(['d/a.json', 'd/gone.json', 'd/other.json']);
    await expect(inputs[1]?.open()).rejects.toMatchObject({ code: 'input-unreadable' });
  });

  test.each([
    ['without any plan', () => folderOf('d/main.tf'), 'input-unreadable'],
    ['with nothing in it', () => folderOf('d/.terraform/x.json'), 'input-unreadable'],
  ])('%s is an error', async (_, make, code) => {
    expect(await failure(make(), 'd')).toBe(code);
  });

  test('that is a CDK assembly, or has one in it, is one input with all that lies in the assembly', async () => {
    const itself = folderOf('d/cdk.out', 'd/manifest.json', 'd/Shop.template.json');
    expect(await namesOf(itself, 'd')).toEqual(['d']);
    const inside = folderOf('d/out/cdk.out', 'd/out/manifest.json', 'd/out/assembly-Prod/manifest.json');
    expect(await namesOf(inside, 'd')).toEqual(['d/out']);
  });

  test('a CDK assembly does not hide the plans beside it', async () => {
    const cwd = folderOf('d/app/cdk.out', 'd/app/manifest.json', 'd/plan.json');
    expect(await namesOf(cwd, 'd')).toEqual(['d/app', 'd/plan.json']);
  });

  test.skipIf(process.getuid?.() === 0)('a folder in it that cannot be read is an error', async () => {
    const cwd = folderOf('d/a.json', 'd/locked/b.json');
    chmodSync(join(cwd, 'd/locked'), 0);
    expect(await namesOf(cwd, 'd')).toEqual(['d/a.json', 'd/locked']);
    chmodSync(join(cwd, 'd/locked'), 0o700);
  });
});

describe('a pattern', () => {
  test('stands for every file that it matches, by name', async () => {
    const cwd = folderOf('p/b.json', 'p/a/x.json', 'p/a/x.txt', 'p/node_modules/y.json', 'q/z.json');
    expect(await namesOf(cwd, 'p/**/*.json')).toEqual(['p/a/x.json', 'p/b.json']);
    expect(await namesOf(cwd, '*/*.txt', 'p/*.json')).toEqual(['p/b.json'].toSpliced(0, 0, '*/*.txt'));
  });

  test('that matches nothing is an error that names it', async () => {
    const { inputs } = await found(folderOf('a.txt'), 'plans/**/*.json', '*.json');
    for (const input of inputs) {
      await expect(input.open()).rejects.toMatchObject({
        code: 'input-unreadable',
        message: expect.stringContaining(input.name),
      });
    }
    expect(inputs.map(({ name }) => name)).toEqual(['plans/**/*.json', '*.json']);
  });

  test('that is the name of a file is that file', async () => {
    expect(await namesOf(folderOf('a*.json', 'ab.json'), 'a*.json')).toEqual(['a*.json']);
  });
});

test('a file that is reached twice is one input', async () => {
  const cwd = folderOf('p/a.json', 'p/b.json');
  symlinkSync('p/a.json', join(cwd, 'linked.json'));
  expect(await namesOf(cwd, 'p/b.json', 'p', './p/b.json', 'linked.json', '-', 'p/*.json', '-')).toEqual([
    'p/b.json',
    'p/a.json',
    'standard input',
  ]);
});

test('a file that does not exist is an input that cannot be opened', async () => {
  expect(await failure(folderOf(), 'missing.json')).toBe('input-unreadable');
});
