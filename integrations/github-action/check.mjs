// Judges what the step names, writes every report that the later steps need, and says in outputs what came of it.
// Ends with 0 in every case: the last step of the action decides, by the exit code written here.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, env, execPath, stdout } from 'node:process';

const folder = mkdtempSync(join(env.RUNNER_TEMP ?? '/tmp', 'check-plan-'));
const file = (name) => join(folder, name);
const given = (option, value) =>
  value === undefined || value.trim() === '' ? [] : [`${option}=${value.trim()}`];
const inputs = (env.CHECK_PLAN_INPUTS ?? '')
  .split('\n')
  .flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));

const args = [
  ...given('--policy', env.CHECK_PLAN_POLICY),
  ...given('--environment', env.CHECK_PLAN_ENVIRONMENT),
  ...given('--workspace', env.CHECK_PLAN_WORKSPACE),
  ...given('--store', env.CHECK_PLAN_SIGN_OFFS),
  ...given('--terraform', env.CHECK_PLAN_TERRAFORM),
  ...(env.CHECK_PLAN_ADVISORY === 'true' ? ['--advisory'] : []),
  '--format=github',
  `--format=json=${file('report.json')}`,
  `--format=markdown=${file('report.md')}`,
  `--format=sarif=${file('report.sarif')}`,
  `--format=html=${file('report.html')}`,
  '--',
  ...inputs,
];
if (env.GITHUB_EVENT_NAME === 'pull_request_target')
  stdout.write(
    '::warning title=check-plan::pull_request_target runs with the rights of the base: never plan the code of a fork in it\n',
  );

const program = join(env.CHECK_PLAN_ACTION ?? join(argv[1], '../../..'), 'bin/check-plan.js');
const { status } = spawnSync(execPath, [program, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
const exitCode = status ?? 1;

const outputs = {
  'exit-code': exitCode,
  decision: decisionOf(),
  report: file('report.json'),
  markdown: file('report.md'),
  sarif: file('report.sarif'),
  page: file('report.html'),
};
appendFileSync(
  env.GITHUB_OUTPUT,
  Object.entries(outputs)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(''),
);

/** Only words that are known: what cannot be read is blocked. */
function decisionOf() {
  try {
    const { decision } = JSON.parse(readFileSync(file('report.json'), 'utf8'));
    return ['allowed', 'sign-off-required'].includes(decision) ? decision : 'blocked';
  } catch {
    return 'blocked';
  }
}
