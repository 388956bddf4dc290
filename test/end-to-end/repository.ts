import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const INCIDENT = resolve(import.meta.dirname, '../../fixtures/incident');

/** Whether a program is missing without which there is no repository and no key. */
export const missing = ['git', 'ssh-keygen'].some(
  (program) => spawnSync(program, ['--help']).error !== undefined,
);

export function copyOf(repository: string, root: string): string {
  const folder = mkdtempSync(join(root, 'copy-'));
  cpSync(repository, folder, { recursive: true });
  return folder;
}

/**
 * The repository of the incident: `main` has the configuration before and the policy, a branch has the commit that an
 * agent wrote for carol, and plan.json is what Terraform would do for it. Keys of everybody lie in keys/. It is made in
 * a folder of its own in `root`.
 */
export function createRepository(root: string): string {
  const folder = mkdtempSync(join(root, 'repository-'));
  mkdirSync(join(folder, 'keys'));
  for (const person of ['alice', 'bob', 'carol', 'mallory']) {
    execFileSync('ssh-keygen', [
      '-q',
      '-t',
      'ed25519',
      '-N',
      '',
      '-C',
      person,
      '-f',
      join(folder, 'keys', person),
    ]);
  }
  writeFileSync(join(folder, 'check-plan.yaml'), policyFor(folder));
  writeFileSync(join(folder, '.gitignore'), 'keys/\nplan.json\n.check-plan/\n');
  copyFileSync(join(INCIDENT, 'before/main.tf'), join(folder, 'main.tf'));
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commit(folder, 'Billing runs in production');
  git(folder, 'checkout', '--quiet', '-b', 'clean-environment');
  copyFileSync(join(INCIDENT, 'after/main.tf'), join(folder, 'main.tf'));
  commit(folder, 'Recreate the environment\n\nCo-Authored-By: Claude <noreply@anthropic.com>');
  copyFileSync(join(INCIDENT, 'plan.json'), join(folder, 'plan.json'));
  return folder;
}

/** Makes origin/main what main is now, as a checkout of a pull request has it. */
export const pushMain = (folder: string): void =>
  git(folder, 'update-ref', 'refs/remotes/origin/main', 'main');

function policyFor(folder: string): string {
  const person = (id: string, level: string): string => {
    const [type, key] = readFileSync(join(folder, 'keys', `${id}.pub`), 'utf8').split(' ');
    return `    - id: ${id}\n      level: ${level}\n      emails: [${id}@example.dev]\n      keys: ["${type} ${key}"]\n`;
  };
  return `version: 1
production:
  accounts: ["111122223333"]
roster:
  persons:
${person('alice', 'senior')}${person('bob', 'mid')}${person('carol', 'senior')}`;
}

function commit(folder: string, message: string): void {
  git(folder, 'add', '--all');
  git(
    folder,
    '-c',
    'user.name=Carol',
    '-c',
    'user.email=carol@example.dev',
    'commit',
    '--quiet',
    '-m',
    message,
  );
}

function git(cwd: string, ...args: readonly string[]): void {
  const env = {
    PATH: process.env['PATH'],
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    HOME: cwd,
  };
  execFileSync('git', args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
}
