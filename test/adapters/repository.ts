import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** git as on a machine where nobody ever set anything up. */
export const ENV: Readonly<Record<string, string | undefined>> = {
  PATH: process.env['PATH'],
  HOME: tmpdir(),
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CEILING_DIRECTORIES: tmpdir(),
  GIT_AUTHOR_NAME: 'Alice',
  GIT_AUTHOR_EMAIL: 'alice@example.dev',
  GIT_COMMITTER_NAME: 'Alice',
  GIT_COMMITTER_EMAIL: 'alice@example.dev',
};

export interface Repository {
  readonly cwd: string;
  git(...args: readonly string[]): string;
  write(path: string, text: string): void;
  /** Writes the file and commits everything. */
  commit(path: string, message: string): void;
}

/** A folder of its own, removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'check-plan-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A repository in which `main` has one commit, unless it is a clone that `git` is about to make. */
export function repository(...init: readonly string[]): Repository {
  const cwd = temporaryFolder();
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, {
      cwd,
      env: ENV,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  };
  const commit = (path: string, message: string): void => {
    write(path, message);
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
  };
  if (init.length > 0) git(...init);
  else {
    git('init', '--quiet', '--initial-branch=main');
    commit('main.tf', 'first');
  }
  return { cwd, git, write, commit };
}
