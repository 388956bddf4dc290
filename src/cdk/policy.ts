import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { POLICY_FILE } from '../adapters/policy-file.ts';
import { CheckError } from '../model/error.ts';
import type { Policy } from '../model/policy.ts';
import { DEFAULT_POLICY } from '../policy/defaults.ts';

/**
 * The policy that a look at the tree goes by: the one that is named, a file or `git:REF:PATH`, else the `check-plan.yaml`
 * of the working tree, at its top or in the current folder. Such a look tells, and stops nothing, so it needs no policy
 * from where the change under review cannot reach. Throws CheckError `policy-unreadable` and `policy-invalid`.
 */
export function policyOf(named: string | undefined): Policy {
  if (named === undefined) {
    const here = resolve('.');
    const file = [topOf(here), here]
      .map((folder) => join(folder, POLICY_FILE))
      .find((path) => existsSync(path));
    return file === undefined ? DEFAULT_POLICY : parsed(readFileSync(file, 'utf8'), POLICY_FILE);
  }
  const [, ref, path] = GIT.exec(named) ?? [];
  if (ref !== undefined && path !== undefined) return parsed(committed(ref, path), named);
  const file = resolve(named);
  if (!existsSync(file)) throw unreadable(named, 'it does not exist');
  return parsed(readFileSync(file, 'utf8'), named);
}

const GIT = /^git:([^-:][^:]*):(.+)$/s;

/** The top of the working tree around a folder, or the folder itself where there is none. */
function topOf(folder: string): string {
  for (let here = folder; ; here = dirname(here)) {
    if (existsSync(join(here, '.git'))) return here;
    if (here === dirname(here)) return folder;
  }
}

function committed(ref: string, path: string): string {
  const { status, stdout, stderr, error } = spawnSync('git', ['cat-file', 'blob', `${ref}:${path}`], {
    encoding: 'utf8',
  });
  if (status !== 0) throw unreadable(`git:${ref}:${path}`, error?.message ?? stderr.trim());
  return stdout;
}

const unreadable = (what: string, why: string): CheckError =>
  new CheckError(
    'policy-unreadable',
    `the policy ${what} cannot be read: ${why}`,
    'name one that can be read',
  );

/** What reads YAML takes longer to load than all the rest, and is loaded only where there is a policy. An aspect cannot wait. */
function parsed(text: string, source: string): Policy {
  const { parsePolicy }: typeof import('../policy/parse.ts') = load(PARSER);
  return parsePolicy(text, source);
}

const load = createRequire(import.meta.url);
/** Built beside the CommonJS of the package, which alone is loaded without waiting; as far from `dist/cdk` as from there. */
const PARSER = '../cdk-cjs/policy.cjs';
