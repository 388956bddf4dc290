import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Found } from '../policy/init.ts';
import { type GitPlace, runGit } from './git.ts';

const MOST_FILES = 2000;
const DEEPEST = 6;

/** What a repository tells of itself: account ids, environments, workspaces, and the signing keys of the person at work. */
export async function lookAround(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Found> {
  const files = await filesOf(folder);
  const accounts = new Set<string>();
  for (const file of files.filter((path) => NAMES_ACCOUNTS.test(path)).slice(0, MOST_FILES)) {
    for (const [, id] of (await readFile(file, 'utf8')).matchAll(ACCOUNT))
      if (id !== undefined) accounts.add(id);
  }
  return {
    accounts: [...accounts].sort(),
    environments: environmentsOf(files, folder),
    workspaces: [
      ...new Set(files.flatMap((path) => /terraform\.tfstate\.d\/([^/]+)\//.exec(path)?.[1] ?? [])),
    ].sort(),
    signers: await signersOf(folder, env),
  };
}

/** Terraform, and what CDK keeps of what it looked up. */
const NAMES_ACCOUNTS = /\.(?:tf|tfvars|hcl)$|(?:^|\/)cdk(?:\.context)?\.json$/;
/** An AWS account id in a quoted value, an ARN or a key of CDK; twelve digits alone could be anything. */
const ACCOUNT = /(?:"|account=|arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:)(\d{12})(?=["':])/g;

const environmentsOf = (files: readonly string[], folder: string): readonly string[] =>
  [
    ...new Set(
      files.flatMap(
        (path) =>
          /(?:^|\/)(?:environments?|envs?|stages?|live)\/([A-Za-z0-9_-]+)\//.exec(
            path.slice(folder.length),
          )?.[1] ?? [],
      ),
    ),
  ].sort();

/** The files of a repository, as far as it is small enough to look at. */
export async function filesOf(folder: string, depth = DEEPEST): Promise<string[]> {
  if (depth === 0) return [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isFile()) found.push(path);
    else if (entry.isDirectory() && !SKIPPED.has(entry.name)) found.push(...(await filesOf(path, depth - 1)));
    if (found.length > MOST_FILES) break;
  }
  return found;
}

const SKIPPED: ReadonlySet<string> = new Set(['.git', '.terraform', 'node_modules', 'cdk.out']);

/** The keys in `~/.ssh` belong to the person at work, who is at least a candidate for the roster. */
async function signersOf(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Found['signers']> {
  const email = await emailOf({ cwd: folder, env });
  const id = idOf(email);
  const home = env['HOME'] ?? homedir();
  const names = (await readdir(join(home, '.ssh')).catch(() => []))
    .filter((name) => name.endsWith('.pub'))
    .sort();
  for (const name of names) {
    const key = (await readFile(join(home, '.ssh', name), 'utf8')).trim().split(/\s+/).slice(0, 2).join(' ');
    if (/^(sk-)?(ssh|ecdsa)-/.test(key)) return [{ id, email, key }];
  }
  return email === null ? [] : [{ id, email, key: null }];
}

async function emailOf(place: GitPlace): Promise<string | null> {
  const { stdout } = await runGit(['config', '--get', 'user.email'], place, 'input-unreadable');
  return stdout.toString('utf8').trim() || null;
}

const idOf = (email: string | null): string =>
  (email?.split('@')[0] ?? '').toLowerCase().replaceAll(/[^a-z0-9._-]/g, '-') || 'me';
