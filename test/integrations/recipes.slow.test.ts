import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createRepository, missing } from '../end-to-end/repository.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const file = (path: string): string => readFileSync(join(REPOSITORY, 'integrations', path), 'utf8');
const HARMLESS = join(REPOSITORY, 'fixtures/harmless/plan.json');

/** The shell parts of every recipe, run as the system runs them, on the clone that it would make of a pull request. */
describe.skipIf(missing)(`recipes${missing ? ' (SKIPPED: git or ssh-keygen is missing)' : ''}`, () => {
  const root = mkdtempSync(join(tmpdir(), 'check-plan-recipes-'));
  const programs = join(root, 'programs');
  let origin = '';
  afterAll(() => rmSync(root, { recursive: true }));

  beforeAll(() => {
    origin = createRepository(root);
    mkdirSync(programs);
    // As installed; the installation itself, a line of each recipe, is left to npm and is only written down here.
    stub('check-plan', `exec ${process.execPath} ${join(REPOSITORY, 'bin/check-plan.js')} "$@"`);
    stub('npm', 'echo "npm $*" >> "$NPM_LOG"');
  });
  const stub = (name: string, body: string): void => {
    writeFileSync(join(programs, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(programs, name), 0o755);
  };

  /** A shallow clone of the branch alone, with the plan in it. */
  const clone = (plan = join(origin, 'plan.json')): string => {
    const folder = mkdtempSync(join(root, 'clone-'));
    const from = ['--depth=1', '--single-branch', '--branch', 'clean-environment'];
    execFileSync('git', ['clone', '--quiet', ...from, `file://${origin}`, folder]);
    copyFileSync(plan, join(folder, 'plan.json'));
    return folder;
  };

  const sh = (
    cwd: string,
    script: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ code: number; output: string; npm: string }> =>
    new Promise((done, failed) => {
      const log = join(cwd, '..', `${Math.random()}.log`);
      const child = spawn('bash', ['-eo', 'pipefail', '-c', script], {
        cwd,
        env: { PATH: `${programs}:${process.env['PATH']}`, HOME: root, CI: 'true', NPM_LOG: log, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          output += chunk.toString('utf8');
        });
      child.on('error', failed);
      child.on('close', (code) =>
        done({ code: code ?? 1, output, npm: existsSync(log) ? readFileSync(log, 'utf8') : '' }),
      );
    });

  /** What a recipe must have made of the pull request. */
  const stops = (folder: string, { code, output }: { code: number; output: string }): void => {
    expect(code, output).toBe(3);
    const report = JSON.parse(readFileSync(join(folder, 'check-plan.json'), 'utf8'));
    expect(report.policy.source).toBe('git:origin/main:check-plan.yaml');
    expect(report.authorship).toMatchObject({ is: 'ai', handsHidden: null });
    expect(readFileSync(join(folder, 'check-plan.xml'), 'utf8')).toContain('<failure');
  };

  test('GitLab CI', async () => {
    const { 'check-plan': job } = parse(file('gitlab/check-plan.gitlab-ci.yml'));
    const folder = clone();
    execFileSync('git', ['fetch', '--quiet', '--unshallow'], { cwd: folder }); // GIT_DEPTH: 0
    expect(job.variables.GIT_DEPTH).toBe('0');
    const ran = await sh(folder, [...job.before_script, ...job.script].join('\n'), {
      ...job.variables,
      GITLAB_CI: 'true',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'clean-environment',
      CI_DEFAULT_BRANCH: 'main',
    });
    stops(folder, ran);
    expect(ran.npm).toBe('npm install --global --silent check-plan@0.1.0\n');
    const { junit, codequality } = job.artifacts.reports;
    expect(JSON.parse(readFileSync(join(folder, codequality), 'utf8')).length).toBeGreaterThan(3);
    expect(existsSync(join(folder, junit))).toBe(true);
  });

  test('AWS CodeBuild', async () => {
    const { phases, env, reports } = parse(file('aws-codebuild/buildspec.yml'));
    const folder = clone();
    const commands = ['install', 'pre_build', 'build'].flatMap((phase) => phases[phase].commands);
    const ran = await sh(folder, commands.join('\n'), {
      ...env.variables,
      CODEBUILD_BUILD_ID: 'check:1',
      CODEBUILD_WEBHOOK_BASE_REF: 'refs/heads/main',
      CODEBUILD_WEBHOOK_HEAD_REF: 'refs/heads/clean-environment',
      CODEBUILD_WEBHOOK_ACTOR_ACCOUNT_ID: '3',
    });
    stops(folder, ran);
    expect(reports['check-plan'].files).toEqual(['check-plan.xml']);
  });

  test('Jenkins', async () => {
    const text = file('jenkins/Jenkinsfile');
    const stage = text.slice(text.indexOf("stage('Check')"), text.indexOf("stage('Apply')"));
    const steps = [...stage.matchAll(/sh '''(.*?)'''|sh '([^']*)'/gs)].map(
      ([, long, short]) => long ?? short ?? '',
    );
    expect(steps).toHaveLength(3);
    const folder = clone();
    copyFileSync(join(folder, 'plan.json'), join(folder, 'tfplan'));
    const [CHECK_PLAN_PACKAGE = ''] = /check-plan@[\d.]+/.exec(text) ?? [];
    const env = {
      JENKINS_URL: 'https://jenkins',
      CHANGE_TARGET: 'main',
      CHANGE_BRANCH: 'clean-environment',
      BASE: 'main',
    };
    let last = { code: 0, output: '', npm: '' };
    for (const step of steps)
      last = await sh(folder, step, { ...env, CHECK_PLAN_PACKAGE, WORKSPACE_TMP: join(root, 'tmp') });
    stops(folder, last);
  });

  test('Atlantis: told with the plan, stopped before the apply', async () => {
    const { repos, workflows } = parse(file('atlantis/repos.yaml'));
    expect(repos[0]).toMatchObject({ workflow: 'check-plan', allowed_overrides: [] });
    const folder = clone();
    const env = {
      ATLANTIS_TERRAFORM_VERSION: '1.11.4',
      PLANFILE: join(folder, 'plan.json'),
      BASE_BRANCH_NAME: 'main',
      HEAD_BRANCH_NAME: 'clean-environment',
      PULL_AUTHOR: 'carol',
      USER_NAME: 'atlantis',
      WORKSPACE: 'production',
    };
    const runOf = (steps: readonly (string | { run: string })[]): string =>
      steps.flatMap((step) => (typeof step === 'string' ? [] : [step.run])).join('\n');
    const { plan, apply } = workflows['check-plan'];
    expect(apply.steps.at(-1)).toBe('apply');
    const planned = await sh(folder, runOf(plan.steps), env);
    expect([planned.code, planned.output], planned.output).toEqual([
      0,
      expect.stringContaining('NOT STOPPED, advisory only'),
    ]);
    const applied = await sh(folder, runOf(apply.steps), env);
    expect([applied.code, applied.output]).toEqual([
      3,
      expect.stringContaining('git:origin/main:check-plan.yaml'),
    ]);
  });

  test('Spacelift: the hooks stop', async () => {
    const { stack_defaults } = parse(file('spacelift/config.yml'));
    const folder = clone();
    copyFileSync(join(folder, 'plan.json'), join(folder, 'spacelift.plan'));
    for (const hooks of [stack_defaults.after_plan, stack_defaults.before_apply]) {
      const script = hooks.join('\n').replaceAll('/mnt/workspace/', `${folder}/`);
      const { code, output } = await sh(folder, script, { TF_VAR_spacelift_stack_id: 'shop-production' });
      expect(code, output).toBe(3);
    }
  });

  test.skipIf(spawnSync('jq', ['--version']).error !== undefined)(
    'rolling out: the reports of advisory runs say what would have been stopped (needs jq)',
    async () => {
      const page = readFileSync(join(REPOSITORY, 'docs/roll-out.md'), 'utf8');
      const [command = '', count = ''] = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(
        ([, body]) => body ?? '',
      );
      const folder = clone();
      mkdirSync(join(folder, 'reports'));
      copyFileSync(join(folder, 'plan.json'), join(folder, 'tfplan'));
      const watched = command.replace('npx ', '').replace('json=', 'json=reports/');
      expect((await sh(folder, watched)).code).toBe(0);
      const lines = (await sh(folder, count)).output.trim().split('\n');
      expect(lines).toHaveLength(5);
      expect(lines[0]).toBe('tfplan\taws_db_instance.billing\treplace\tCP001');
    },
  );

  describe('HCP Terraform', () => {
    const script = join(REPOSITORY, 'integrations/hcp-terraform/check-run.sh');

    /** Runs the script against an API that has this plan; says what it ended with, and whether the run was confirmed. */
    async function ran(plan: string | null, token = 'secret', run = 'run-Abc123') {
      const requests: string[] = [];
      const server = createServer((request, response) => {
        requests.push(`${request.method} ${request.url}`);
        if (request.headers.authorization !== 'Bearer secret') response.writeHead(401).end();
        else if (request.method === 'POST') response.writeHead(202).end();
        else if (plan === null) response.writeHead(204).end();
        else response.writeHead(200).end(readFileSync(plan));
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const { port } = server.address() as AddressInfo;
      const env = { TFE_TOKEN: token, TFE_ADDRESS: `http://127.0.0.1:${port}` };
      const { code, output } = await sh(clone(), `"${script}" '${run}' --workspace shop`, env);
      server.close();
      return {
        code,
        output,
        confirmed: requests.includes('POST /api/v2/runs/run-Abc123/actions/apply'),
        requests,
      };
    }

    test('confirms what is allowed', async () => {
      expect(await ran(HARMLESS)).toMatchObject({ code: 0, confirmed: true });
    });

    test('leaves what is not', async () => {
      expect(await ran(join(origin, 'plan.json'))).toMatchObject({ code: 3, confirmed: false });
    });

    test.each([
      ['there is no plan yet', null, 'secret', 'run-Abc123', 1],
      ['the token is wrong', HARMLESS, 'wrong', 'run-Abc123', 1],
      ['the id is none', HARMLESS, 'secret', '../../x', 64],
    ])('confirms nothing where %s', async (_, plan, token, run, code) => {
      expect(await ran(plan, token, run)).toMatchObject({ code, confirmed: false });
    });
  });
});
