import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import config from '../../rolldown.config.ts';
import { readCatalogueFile, unpackFiles } from '../../src/adapters/catalogue-files.ts';
import { createCatalogue } from '../../src/catalogue/catalogue.ts';
import { listRules } from '../../src/catalogue/document.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const root = mkdtempSync(join(tmpdir(), 'check-plan-command-'));
const command = join(root, 'bin/check-plan.js');
const bundle = join(root, 'dist/command');
const plans = join(root, 'plans');
afterAll(() => rmSync(root, { recursive: true }));

const FIXTURES = ['destroy', 'disarm', 'harmless', 'incident', 'moved'];

beforeAll(async () => {
  const { output, ...input } = config;
  const built = await rolldown({ ...input, cwd: REPOSITORY });
  await built.write({ ...(Array.isArray(output) ? output[0] : output), dir: bundle });
  await built.close();
  cpSync(join(REPOSITORY, 'bin'), join(root, 'bin'), { recursive: true });
  symlinkSync(join(REPOSITORY, 'rules'), join(root, 'rules'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  for (const fixture of FIXTURES) {
    mkdirSync(join(plans, fixture), { recursive: true });
    cpSync(join(REPOSITORY, 'fixtures', fixture, 'plan.json'), join(plans, fixture, 'plan.json'));
  }
});

/** Runs the command as it is installed: nothing but Node.js, its own files and the rules. */
const run = (...argv: readonly string[]) => runWith({}, ...argv);

function runWith(variables: Readonly<Record<string, string>>, ...argv: readonly string[]) {
  const env = { PATH: process.env['PATH'], HOME: root, ...variables };
  const options = { cwd: root, env, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 60_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...argv], options);
  return { status, stdout, stderr };
}

const reported = (...argv: readonly string[]) => {
  const { status, stdout, stderr } = run(...argv, '--format', 'json');
  expect(stderr).toBe('');
  return { status, report: JSON.parse(stdout) };
};

describe('the bundled command', () => {
  test('judges, and ends with the code of the decision', () => {
    expect(run('plans/harmless/plan.json')).toMatchObject({ status: 0, stderr: '' });
    expect(run('plans/incident/plan.json')).toMatchObject({ status: 3, stderr: '' });
    expect(run('plans/incident/main.tf')).toMatchObject({ status: 1, stderr: '' });
  });

  test('leaves the AWS SDK where the user installs it, and says how to where it is not', () => {
    const folder = join(root, 'dist/command');
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
    const holding = scripts.filter((name) => readFileSync(join(folder, name), 'utf8').includes('@smithy/'));
    expect([scripts.length > 5, holding]).toEqual([true, []]);
    const { status, stdout } = run('arn:aws:cloudformation:eu-west-1:111122223333:changeSet/cs/1');
    expect(status).toBe(1);
    expect(stdout).toContain('npm install --save-dev @aws-sdk/client-cloudformation');
  });

  test('loads what only some runs need', () => {
    expect(run('rules', 'CP001').status).toBe(0);
    writeFileSync(join(root, 'strict.yaml'), 'version: 1\nsignOff: { maxHours: 2 }\n');
    expect(reported('plans/harmless/plan.json', '--policy', 'strict.yaml').report.policy.source).toBe(
      'strict.yaml',
    );
    expect(run('sign', 'plans/incident/plan.json', '--key', 'none')).toMatchObject({ status: 1 });
    expect(run('verify', 'none', 'plans/incident/plan.json')).toMatchObject({ status: 3 });
  });

  test('loads of Node.js nothing that the check of a small plan does not need', () => {
    const script = `
      process.on('exit', () => console.error(JSON.stringify(process.moduleLoadList)));
      process.argv = ['node', 'check-plan', 'plans/incident/plan.json', '--quiet'];
      process.stdout.write = () => true;
      require(${JSON.stringify(command)})('main.js').main();`;
    const options = { cwd: root, env: { HOME: root }, encoding: 'utf8' } as const;
    const modules = JSON.parse(spawnSync(process.execPath, ['-e', script], options).stderr);
    expect(modules).toContain('NativeModule crypto');
    const heavy = ['child_process', 'fs/promises', 'worker_threads', 'http', 'zlib', 'readline', 'dgram'];
    expect(heavy.filter((name) => modules.includes(`NativeModule ${name}`))).toEqual([]);
  });

  test('comes with the licences of what it holds', () => {
    const licences = readFileSync(join(bundle, 'LICENSES.txt'), 'utf8');
    for (const word of ['commander', 'picocolors', 'valibot', 'yaml', 'Permission'])
      expect(licences).toContain(word);
  });

  test('says in threads exactly what it says without', () => {
    const [alone, together] = [reported('plans', '--jobs', '1'), reported('plans', '--jobs', '3')];
    expect(alone.status).toBe(3);
    expect(alone.report.changeSets).toHaveLength(FIXTURES.length);
    expect(together).toEqual(alone);
  });

  test('keeps what went wrong in a thread to the plan that it had', () => {
    writeFileSync(join(plans, 'harmless/cut.json'), '{"format_version": "1.2",');
    const [alone, together] = [reported('plans', '--jobs', '1'), reported('plans', '--jobs', '2')];
    expect(together).toEqual(alone);
    expect(together.status).toBe(1);
    expect(together.report.errors).toMatchObject([{ code: 'not-json', source: 'plans/harmless/cut.json' }]);
    expect(together.report.changeSets).toHaveLength(FIXTURES.length);
  });
});

test('a plan so large that a thread hashes it is judged as a small one, and cut off it is no plan', () => {
  const small = readFileSync(join(plans, 'incident/plan.json'));
  const large = Buffer.concat([small.subarray(0, 1), Buffer.alloc(70 << 20, ' '), small.subarray(1)]);
  const blank = join(root, 'blank.json');
  writeFileSync(blank, Buffer.alloc(70 << 20, ' '));
  expect(reported(blank)).toMatchObject({ status: 1, report: { errors: [{ code: 'not-a-plan' }] } });
  const [path, cut] = [join(root, 'large.json'), join(root, 'cut.json')];
  writeFileSync(path, large);
  writeFileSync(cut, large.subarray(0, -2));
  const [one, other] = [reported(path), reported('plans/incident/plan.json')];
  expect(one.report.changeSets[0]).toEqual({
    ...other.report.changeSets[0],
    source: path,
    inputDigest: createHash('sha256').update(large).digest('hex'),
  });
  expect(reported(cut)).toMatchObject({ status: 1, report: { errors: [{ code: 'not-json' }] } });
  // A thread that cannot be started hashes nothing, so nothing is judged.
  rmSync(join(bundle, 'hash-worker.js'));
  expect(reported(path)).toMatchObject({ status: 1, report: { errors: [{ code: 'internal' }] } });
});

test('the packed catalogue is the catalogue', () => {
  const pack = readFileSync(join(bundle, 'rules.pack'));
  const files = unpackFiles(pack.length, (at, length) => pack.subarray(at, at + length));
  const rules = join(REPOSITORY, 'rules');
  // Tables that only an assembly needs are read from where they lie.
  const names = readdirSync(rules, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(?:tsv|json)$/.test(name) && !/^replacement[/\\]/.test(name),
  );
  expect(names.length).toBeGreaterThan(40);
  for (const name of names)
    expect(files.get(name.replaceAll('\\', '/'))?.toString(), name).toBe(
      readFileSync(join(rules, name), 'utf8'),
    );
  expect(run('rules').stdout).toBe(listRules(createCatalogue(readCatalogueFile).rules));
});

test('a cut pack is no catalogue', () => {
  const pack = join(bundle, 'rules.pack');
  const whole = readFileSync(pack);
  writeFileSync(pack, whole.subarray(0, -1));
  expect(run('plans/harmless/plan.json').status).toBe(1);
  writeFileSync(pack, whole);
  expect(run('plans/harmless/plan.json').status).toBe(0);
});

describe('compiled code', () => {
  const kept = () => readdirSync(bundle).filter((name) => name.endsWith('.cache'));
  const judged = (variables = {}) => runWith(variables, 'plans/incident/plan.json');
  const modified = (name: string) => statSync(join(bundle, name)).mtimeMs;
  beforeEach(() => {
    for (const name of kept()) rmSync(join(bundle, name));
  });

  test('is kept beside the bundle for the next run, which says the same', () => {
    const first = judged();
    expect(first.status).toBe(3);
    // All that a check needs is in the one file.
    const names = kept();
    expect(names).toEqual([expect.stringMatching(/^main\.js\..*\.cache$/)]);
    const times = names.map(modified);
    expect(judged()).toEqual(first);
    expect(kept()).toEqual(names);
    expect(names.map(modified)).toEqual(times);
  });

  test('that is damaged is not run, but made again', () => {
    const first = judged();
    const name = kept().at(-1) ?? '';
    const whole = readFileSync(join(bundle, name));
    const flipped = Buffer.from(whole);
    flipped.writeUInt8(flipped.readUInt8(whole.length >> 1) ^ 0xff, whole.length >> 1);
    for (const damaged of [flipped, whole.subarray(0, whole.length >> 1), Buffer.alloc(0)]) {
      writeFileSync(join(bundle, name), damaged);
      expect(judged()).toEqual(first);
      expect(readFileSync(join(bundle, name)).equals(damaged)).toBe(false);
    }
  });

  test('of other code of the same length is not run', () => {
    const first = judged();
    const script = join(bundle, 'main.js');
    const whole = readFileSync(script, 'utf8');
    writeFileSync(script, whole.replace('`Why this decision`', '`Why that decision`'));
    const second = judged();
    writeFileSync(script, whole);
    expect(second.stdout).toBe(first.stdout.replace('Why this decision', 'Why that decision'));
    expect(judged()).toEqual(first);
  });

  test('is kept again by a run that went further, and by no other', () => {
    const main = () => kept().find((name) => name.startsWith('main.js.')) ?? '';
    const sizeAfter = (...argv: readonly string[]) => {
      run(...argv);
      return statSync(join(bundle, main())).size;
    };
    const short = sizeAfter('--version');
    expect(sizeAfter('plans/harmless/plan.json')).toBe(short);
    const long = sizeAfter('plans/incident/plan.json');
    expect(long).toBeGreaterThan(1.5 * short);
    const time = modified(main());
    for (const plan of ['incident', 'harmless', 'destroy']) run(`plans/${plan}/plan.json`);
    run('--version');
    expect(modified(main())).toBe(time);
  });

  test.skipIf(process.platform === 'win32')('that others may write is not run', () => {
    const first = judged();
    const name = kept().at(-1) ?? '';
    chmodSync(join(bundle, name), 0o666);
    const time = modified(name);
    expect(judged()).toEqual(first);
    expect(modified(name)).toBeGreaterThan(time);
  });

  test('is not kept where Node.js is told to keep none', () => {
    const first = judged({ NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(first.status).toBe(3);
    expect(kept()).toEqual([]);
  });
});
