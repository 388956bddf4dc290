import { readFileSync } from 'node:fs';
import { basename, dirname, posix, resolve } from 'node:path';
import { CheckError } from '../model/error.ts';
import type { Policy } from '../model/policy.ts';
import { DEFAULT_POLICY } from '../policy/defaults.ts';
import { type CommittedText, type GitPlace, objectsNamed, readAtRef } from './git.ts';
import { type Repository, repositoryOf } from './repository.ts';

export const POLICY_FILE = 'check-plan.yaml';

export interface LoadedPolicy {
  readonly policy: Policy;
  readonly notes: readonly string[];
}

/**
 * The policy, from where the change under review cannot weaken it: the ref that `--policy git:REF:PATH` names, else the
 * base branch of a pull request, else the main branch of the remote. Only where there is none of these is the file of
 * the working tree taken.
 */
export async function loadPolicy(
  place: GitPlace,
  option: string | null,
  baseRef: string | null,
  repository: Promise<Repository> = repositoryOf(place),
): Promise<LoadedPolicy> {
  const inTree = (path: string): Promise<InTree | null> => fromTree(place, path, repository);
  if (option?.startsWith('git:')) return fromRef(place, refAndPath(option), inTree, { mayBeMissing: false });
  if (option !== null) return fromNamedFile(place, option, baseRef);
  const ref = baseRef ?? (await mainBranch(place, repository));
  if (ref !== null) return fromRef(place, { ref, path: POLICY_FILE }, inTree, { mayBeMissing: true });
  const found = await inTree(POLICY_FILE);
  return { policy: found === null ? DEFAULT_POLICY : await parsed(found, POLICY_FILE), notes: [] };
}

/** In the order of trust. A branch that is only local protects nothing: whoever writes the change can move it. */
const MAIN_BRANCHES: readonly string[] = ['origin/HEAD', 'origin/main', 'origin/master'];

async function mainBranch(place: GitPlace, repository: Promise<Repository>): Promise<string | null> {
  const around = await repository;
  if (around.is === 'none') return null;
  if (around.is === 'refused') {
    throw new CheckError(
      'policy-unreadable',
      `git will not say where the policy is to be read from: ${around.says}`,
      `let git read ${place.cwd} (git config --global --add safe.directory ...), or name a file with --policy`,
    );
  }
  const known = await objectsNamed(MAIN_BRANCHES.map(commitOf), place, 'policy-unreadable');
  return MAIN_BRANCHES.find((branch) => known.has(commitOf(branch))) ?? null;
}

const commitOf = (branch: string): string => `${branch}^{commit}`;

/** A policy of the working tree, with the folder that lies beside it. What reads YAML is loaded only where there is some. */
async function parsed({ text, path }: InTree, source: string): Promise<Policy> {
  const { parsePolicy } = await import('../policy/parse.ts');
  const policy = parsePolicy(text, source);
  const folder = policy.own?.folder;
  if (folder === undefined) return policy;
  const [{ folderInTree }, { withFolder }] = await loadFolders();
  return withFolder(policy, basename(path), folderInTree(dirname(path), folder.name));
}

/** The same from a commit: the folder is read from the very commit of the policy. */
async function parsedAt(
  { commit, text }: CommittedText,
  { ref, path }: Committed,
  place: GitPlace,
): Promise<Policy> {
  const { parsePolicy } = await import('../policy/parse.ts');
  const policy = parsePolicy(text, `git:${ref}:${path}`);
  const folder = policy.own?.folder;
  if (folder === undefined) return policy;
  const [{ folderAtCommit }, { withFolder }] = await loadFolders();
  const files = await folderAtCommit(commit, posix.join(posix.dirname(path), folder.name), place);
  return withFolder(policy, posix.basename(path), files);
}

const loadFolders = () => Promise.all([import('./policy-folder.ts'), import('../policy/folder.ts')]);

interface Committed {
  readonly ref: string;
  readonly path: string;
}

async function fromNamedFile({ cwd }: GitPlace, file: string, baseRef: string | null): Promise<LoadedPolicy> {
  const found = readOrNull(resolve(cwd, file));
  if (found === null) throw missing(`the policy file ${file}`);
  const note = `the policy was read from the working tree (--policy ${file}), which the change under review can edit; --policy git:${baseRef}:${file} reads it from the base branch`;
  return { policy: await parsed(found, file), notes: baseRef === null ? [] : [note] };
}

async function fromRef(
  place: GitPlace,
  at: Committed,
  readInTree: (path: string) => Promise<InTree | null>,
  { mayBeMissing }: { readonly mayBeMissing: boolean },
): Promise<LoadedPolicy> {
  const { ref, path } = at;
  const [committed, inTree] = await Promise.all([readAtRef(ref, path, place), readInTree(path)]);
  if (committed === null) {
    if (!mayBeMissing) throw missing(`${path} at ${ref}`);
    const note = `${path} of the working tree is not used: ${ref} does not have it yet, so the defaults hold until it is merged`;
    const policy = { ...DEFAULT_POLICY, source: `built-in defaults (${ref} has no ${path})` };
    return { policy, notes: inTree === null ? [] : [note] };
  }
  const deviation = inTree === null ? 'is deleted in' : 'differs in';
  const note = `${path} ${deviation} the change under review; the one of ${ref} was used`;
  const policy = await parsedAt(committed, at, place);
  const notes = inTree?.text === committed.text ? await folderNotes(policy, inTree, ref) : [note];
  return { policy, notes };
}

/** Whether the folder that the policy names is another one in the working tree; what cannot be read there is. */
async function folderNotes(policy: Policy, inTree: InTree, ref: string): Promise<readonly string[]> {
  const folder = policy.own?.folder;
  if (folder === undefined) return [];
  const same = await parsed(inTree, policy.source).then(
    ({ digest }) => digest === policy.digest,
    () => false,
  );
  return same
    ? []
    : [`${folder.name} differs in the change under review; the one of ${ref} was used, as the policy is`];
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

/** A file of the working tree, and where it lies. */
interface InTree {
  readonly path: string;
  readonly text: string;
}

/** The file at the top of the working tree, else in the current folder; null where there is none. */
async function fromTree(
  { cwd }: GitPlace,
  path: string,
  repository: Promise<Repository>,
): Promise<InTree | null> {
  const around = await repository;
  return (
    (around.is === 'work-tree' ? readOrNull(resolve(around.top, path)) : null) ??
    readOrNull(resolve(cwd, path))
  );
}

function readOrNull(path: string): InTree | null {
  try {
    return { path, text: readFileSync(path, 'utf8') };
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw new CheckError('policy-unreadable', `${path} cannot be read`, 'check its permissions', thrown);
  }
}
