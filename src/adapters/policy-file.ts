import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CheckError } from '../model/error.ts';
import type { Policy } from '../model/policy.ts';
import { DEFAULT_POLICY } from '../policy/defaults.ts';
import { parsePolicy } from '../policy/parse.ts';
import { type GitPlace, readAtRef, topLevel } from './git.ts';

export const POLICY_FILE = 'check-plan.yaml';

export interface LoadedPolicy {
  readonly policy: Policy;
  readonly notes: readonly string[];
}

/**
 * The policy, from where the change under review cannot weaken it: the ref that `--policy git:REF:PATH` names, or the
 * base branch of a pull request. Only a run that has no base takes the file of the working tree.
 */
export async function loadPolicy(
  place: GitPlace,
  option: string | null,
  baseRef: string | null,
): Promise<LoadedPolicy> {
  if (option?.startsWith('git:')) return fromRef(place, refAndPath(option), { mayBeMissing: false });
  if (option !== null) return fromNamedFile(place, option, baseRef);
  if (baseRef !== null) return fromRef(place, { ref: baseRef, path: POLICY_FILE }, { mayBeMissing: true });
  const text = await fromTree(place, POLICY_FILE);
  return { policy: text === null ? DEFAULT_POLICY : parsePolicy(text, POLICY_FILE), notes: [] };
}

interface Committed {
  readonly ref: string;
  readonly path: string;
}

async function fromNamedFile({ cwd }: GitPlace, file: string, baseRef: string | null): Promise<LoadedPolicy> {
  const text = await readOrNull(resolve(cwd, file));
  if (text === null) throw missing(`the policy file ${file}`);
  const note = `the policy was read from the working tree (--policy ${file}), which the change under review can edit; --policy git:${baseRef}:${file} reads it from the base branch`;
  return { policy: parsePolicy(text, file), notes: baseRef === null ? [] : [note] };
}

async function fromRef(
  place: GitPlace,
  { ref, path }: Committed,
  { mayBeMissing }: { readonly mayBeMissing: boolean },
): Promise<LoadedPolicy> {
  const committed = await readAtRef(ref, path, place);
  const inTree = await fromTree(place, path);
  if (committed === null) {
    if (!mayBeMissing) throw missing(`${path} at ${ref}`);
    const note = `${path} of the working tree is not used: ${ref} does not have it yet, so the defaults hold until it is merged`;
    const policy = { ...DEFAULT_POLICY, source: `built-in defaults (${ref} has no ${path})` };
    return { policy, notes: inTree === null ? [] : [note] };
  }
  const deviation = inTree === null ? 'is deleted in' : 'differs in';
  const note = `${path} ${deviation} the change under review; the one of ${ref} was used`;
  return { policy: parsePolicy(committed, `git:${ref}:${path}`), notes: inTree === committed ? [] : [note] };
}

/** `git:REF:PATH`; a ref holds no colon, a path may. */
function refAndPath(option: string): Committed {
  const [, ref = '', ...rest] = option.split(':');
  const path = rest.join(':');
  if (ref === '' || path === '') {
    throw new CheckError(
      'usage',
      `--policy ${option} is not of the form git:REF:PATH`,
      `for example git:origin/main:${POLICY_FILE}`,
    );
  }
  return { ref, path };
}

const missing = (what: string): CheckError =>
  new CheckError('policy-unreadable', `${what} does not exist`, 'name one that does, or leave --policy out');

/** The file at the top of the working tree, else in the current folder; null where there is none. */
async function fromTree(place: GitPlace, path: string): Promise<string | null> {
  const top = await topLevel(place);
  return (
    (top === null ? null : await readOrNull(resolve(top, path))) ??
    (await readOrNull(resolve(place.cwd, path)))
  );
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw new CheckError('policy-unreadable', `${path} cannot be read`, 'check its permissions', thrown);
  }
}
