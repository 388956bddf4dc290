import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { EXIT } from '../../src/model/decision.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { runIn } from './memory-io.ts';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJDJ7fUovNSLZlhBu3zUPjuSFqbnzuPIRoPzjJpTSK1G';

/** A folder with Terraform for one account, and a home with one key. */
const project = () => {
  const cwd = mkdtempSync(join(tmpdir(), 'check-plan-init-'));
  const home = join(cwd, 'home');
  mkdirSync(join(home, '.ssh'), { recursive: true });
  mkdirSync(join(cwd, 'environments/prod'), { recursive: true });
  writeFileSync(join(home, '.ssh/id_ed25519.pub'), `${KEY} me@laptop\n`);
  writeFileSync(
    join(cwd, 'environments/prod/main.tf'),
    'provider "aws" {\n  allowed_account_ids = ["111122223333"]\n}\nlocals { build = 202611221200 }\n',
  );
  return { cwd, env: { PATH: process.env['PATH'], HOME: home } };
};

test('a first policy names what was found, is valid, and lets nobody sign yet', async () => {
  const { cwd, env } = project();
  expect(await runIn(['init'], { cwd, env })).toMatchObject({ exitCode: EXIT.allowed, stderr: '' });
  const policy = parsePolicy(readFileSync(join(cwd, 'check-plan.yaml'), 'utf8'), 'check-plan.yaml');
  expect(policy.production.accounts).toEqual(['111122223333']);
  expect(policy.roster.persons.map(({ level, keys }) => [level, keys[0]?.publicKey])).toEqual([['mid', KEY]]);
});

test('an existing policy is never overwritten', async () => {
  const { cwd, env } = project();
  writeFileSync(join(cwd, 'check-plan.yaml'), 'version: 1\n');
  expect((await runIn(['init'], { cwd, env })).exitCode).toBe(EXIT.usage);
  expect(readFileSync(join(cwd, 'check-plan.yaml'), 'utf8')).toBe('version: 1\n');
});

describe('the step of the pipeline', () => {
  const around = (files: Readonly<Record<string, string>>) => {
    const { cwd, env } = project();
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(cwd, path, '..'), { recursive: true });
      writeFileSync(join(cwd, path), text);
    }
    return { cwd, env };
  };
  const ROOT = 'provider "aws" {}\n';

  test('GitHub: a workflow that plans in every folder that is planned in', async () => {
    const { cwd, env } = around({
      '.github/CODEOWNERS': '* @acme/platform\n',
      'environments/dev/main.tf': ROOT,
      'modules/queue/main.tf': 'resource "aws_sqs_queue" "it" {}\n',
    });
    const { exitCode, stdout } = await runIn(['init'], { cwd, env });
    expect(exitCode).toBe(EXIT.allowed);
    expect(stdout).toContain('.github/workflows/check-plan.yml');
    const { on, permissions, jobs } = parse(
      readFileSync(join(cwd, '.github/workflows/check-plan.yml'), 'utf8'),
    );
    expect([on, permissions]).toEqual(['pull_request', { contents: 'read' }]);
    expect(Object.keys(jobs)).toEqual(['terraform']);
    expect(jobs.terraform.strategy.matrix.folder).toEqual(['environments/dev', 'environments/prod']);
    const [checkout, ...steps] = jobs.terraform.steps;
    expect(checkout.with['fetch-depth']).toBe(0);
    expect(steps.at(-1).run).toMatch(/^check-plan tfplan /);
    expect((await runIn(steps.at(-1).run.split(' ').slice(1), { cwd })).stderr).not.toContain('[usage]');
  });

  test('GitHub, a CDK app: judged against what the base branch would deploy', async () => {
    const { cwd, env } = around({
      '.github/x': '',
      'infra/cdk.json': '{}',
      'infra/cdk.context.json': '{"a:account=222233334444:b": 1}',
    });
    const { stdout } = await runIn(['init'], { cwd, env });
    expect(stdout).toContain('CDK in infra');
    expect(stdout).toContain('222233334444');
    const { jobs } = parse(readFileSync(join(cwd, '.github/workflows/check-plan.yml'), 'utf8'));
    expect(jobs.cdk.steps.at(-1).run).toContain('check-plan cdk.out --baseline');
  });

  test('GitLab: a file to include', async () => {
    const { cwd, env } = around({ '.gitlab-ci.yml': 'stages: [build, test]\n' });
    expect((await runIn(['init'], { cwd, env })).stdout).toContain(
      'include: [{ local: check-plan.gitlab-ci.yml }]',
    );
    const { 'check-plan': job } = parse(readFileSync(join(cwd, 'check-plan.gitlab-ci.yml'), 'utf8'));
    expect(job.variables.GIT_DEPTH).toBe('0');
  });

  test.each([
    ['Jenkins', 'Jenkinsfile'],
    ['AWS CodeBuild', 'ci/buildspec.yml'],
    ['Atlantis', 'atlantis.yaml'],
  ])('%s: its file is not ours to edit, and the page is named', async (ci, file) => {
    const { cwd, env } = around({ [file]: 'x\n' });
    const { stdout } = await runIn(['init'], { cwd, env });
    expect(stdout).toContain(`pipeline      ${ci}`);
    expect(stdout).toContain('docs/pipelines.md');
    expect(readFileSync(join(cwd, file), 'utf8')).toBe('x\n');
  });

  test('what is there is left as it is, and what is not is written', async () => {
    const { cwd, env } = around({ '.github/workflows/check-plan.yml': 'mine\n' });
    const { exitCode, stdout } = await runIn(['init'], { cwd, env });
    expect([exitCode, stdout]).toEqual([EXIT.allowed, expect.stringContaining('was there already')]);
    expect(readFileSync(join(cwd, '.github/workflows/check-plan.yml'), 'utf8')).toBe('mine\n');
    expect((await runIn(['init'], { cwd, env })).exitCode).toBe(EXIT.usage);
  });

  test('a folder whose name a pipeline would read as something else is left out', async () => {
    const { cwd, env } = around({ '.github/x': '', [['$', '{{ secrets.KEY }}/main.tf'].join('')]: ROOT });
    await runIn(['init'], { cwd, env });
    expect(readFileSync(join(cwd, '.github/workflows/check-plan.yml'), 'utf8')).not.toContain('secrets');
  });
});
