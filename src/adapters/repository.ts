import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { firstLine, type GitPlace, runGit } from './git.ts';

/** What git says of the folder that it runs in. */
export type Repository =
  /** No repository, no git, or no work tree around the folder. */
  | { readonly is: 'none' }
  /** There is one, and git will not work with it. */
  | { readonly is: 'refused'; readonly says: string }
  | { readonly is: 'work-tree'; readonly top: string; readonly isShallow: boolean };

/** The repository around the folder, asked for once. */
export async function repositoryOf(place: GitPlace): Promise<Repository> {
  if (!mayHoldRepository(place)) return { is: 'none' };
  const args = ['rev-parse', '--is-inside-work-tree', '--is-shallow-repository', '--show-toplevel'];
  const { code, stdout, stderr } = await runGit(args, place, 'policy-unreadable');
  if (code === null || /not a git repository/.test(stderr)) return { is: 'none' };
  const [, isInside, isShallow, top] = /^(.*)\n(.*)\n(.+)\r?\n$/s.exec(stdout.toString('utf8')) ?? [];
  if (stdout.toString('latin1').startsWith('false\n')) return { is: 'none' };
  if (code !== 0 || isInside !== 'true' || top === undefined)
    return { is: 'refused', says: firstLine(stderr) };
  return { is: 'work-tree', top, isShallow: isShallow !== 'false' };
}

/**
 * Whether git could find a work tree: it looks for `.git` in this folder and those above, or is told where it is.
 * Starting git costs more than a small plan, so it is not started to say no.
 */
export function mayHoldRepository({ cwd, env }: GitPlace): boolean {
  if (env['GIT_DIR'] !== undefined) return true;
  try {
    for (let folder = realpathSync(cwd); ; folder = dirname(folder)) {
      if (existsSync(join(folder, '.git'))) return true;
      if (folder === dirname(folder)) return false;
    }
  } catch {
    return true;
  }
}
