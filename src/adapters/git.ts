import { devNull } from 'node:os';
import { CheckError, type ErrorCode } from '../model/error.ts';

/** Where git runs. `env` is the caller's own environment; what would change git's answers is overridden. */
export interface GitPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface GitResult {
  /** Exit code; null where git could not be started. */
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The configuration of a repository is not trusted to start programs or to change what is printed. */
const globalOptions = (): readonly string[] => [
  '--no-pager',
  '--no-replace-objects',
  ...[
    'core.fsmonitor=false',
    `core.hooksPath=${devNull}`,
    'log.showSignature=false',
    'log.showRoot=true',
  ].flatMap((setting) => ['-c', setting]),
];

/** Messages are matched in the C locale; grafts and prompts would change or hold up what is read. */
const variables = (): Readonly<Record<string, string>> => ({
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_GRAFT_FILE: devNull,
});

const MAX_OUTPUT = 256 * 1024 * 1024;

/** Runs git without a shell. An exit code is a result; only output past 256 MiB and a killed git throw, with `failure`. */
export async function runGit(
  args: readonly string[],
  { cwd, env }: GitPlace,
  failure: ErrorCode,
  input: string | Uint8Array = '',
): Promise<GitResult> {
  const { execFile } = await import('node:child_process');
  return new Promise((resolve, reject) => {
    const options = {
      cwd,
      env: { ...env, ...variables() },
      encoding: 'buffer',
      maxBuffer: MAX_OUTPUT,
    } as const;
    const child = execFile('git', [...globalOptions(), ...args], options, (error, stdout, stderr) => {
      const result = { stdout, stderr: stderr.toString('utf8').trim() };
      if (error === null) resolve({ code: 0, ...result });
      else if (typeof error.code === 'number') resolve({ code: error.code, ...result });
      else if (child.pid === undefined) resolve({ code: null, ...result, stderr: error.message });
      else
        reject(new CheckError(failure, `git ${args[0] ?? ''} did not finish: ${error.message}`, null, error));
    });
    // git may end before it has read everything; its exit code says so.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** The output of a git command that must succeed, as text. Throws `failure` with git's own words otherwise. */
export async function gitText(
  args: readonly string[],
  place: GitPlace,
  failure: ErrorCode,
  input = '',
): Promise<string> {
  const { code, stdout, stderr } = await runGit(args, place, failure, input);
  if (code !== 0) throw new CheckError(failure, `git ${args[0] ?? ''} failed: ${firstLine(stderr)}`);
  return stdout.toString('utf8');
}

/** The full name of the commit that a ref names, else null. A ref that begins with `-` names none. */
export async function resolveCommit(
  ref: string,
  place: GitPlace,
  failure: ErrorCode,
): Promise<string | null> {
  const name = `${ref}^{commit}`;
  return ref === '' ? null : ((await objectsNamed([name], place, failure)).get(name) ?? null);
}

/**
 * The full names of the objects that the names stand for, of those that git knows; in one run of git, which answers
 * each line with a line. A name that begins with `-` or has a line end stands for none.
 */
export async function objectsNamed(
  names: readonly string[],
  place: GitPlace,
  failure: ErrorCode,
): Promise<ReadonlyMap<string, string>> {
  const asked = names.filter((name) => !name.startsWith('-') && !/[\n\0]/.test(name));
  const found = new Map<string, string>();
  if (asked.length === 0) return found;
  const input = asked.map((name) => `${name}\n`).join('');
  const { code, stdout } = await runGit(['cat-file', '--batch-check=%(objectname)'], place, failure, input);
  const lines = stdout.toString('utf8').split('\n');
  if (code !== 0 || lines.length !== asked.length + 1) return found;
  for (const [index, name] of asked.entries()) {
    const line = lines[index] ?? '';
    if (/^[0-9a-f]{40,64}$/.test(line)) found.set(name, line);
  }
  return found;
}

/** A file as it is committed. */
export interface CommittedText {
  /** The full name of the commit that the ref stood for. */
  readonly commit: string;
  readonly text: string;
}

/**
 * A file as committed at a ref, for a policy `git:REF:PATH`, the path from the root of the repository; null where the
 * ref does not have it. Throws `policy-unreadable` where git, the repository or the ref is missing, and
 * for what is not a regular file of UTF-8 text.
 */
export async function readAtRef(ref: string, path: string, place: GitPlace): Promise<CommittedText | null> {
  const failure = 'policy-unreadable';
  if (ref === '' || ref.startsWith('-')) {
    throw new CheckError(
      failure,
      `'${ref}' is not a git ref`,
      'write git:REF:PATH, as in git:origin/main:check-plan.yaml',
    );
  }
  const inside = await runGit(['rev-parse', '--git-dir'], place, failure);
  if (inside.code === null) {
    throw new CheckError(
      failure,
      `git could not be started in ${place.cwd}: ${inside.stderr}`,
      'install git',
    );
  }
  if (inside.code !== 0) {
    throw new CheckError(
      failure,
      `${place.cwd} is not a git repository to read from: ${firstLine(inside.stderr)}`,
    );
  }
  const commit = await resolveCommit(ref, place, failure);
  if (commit === null) {
    const mend = `fetch it first, as in git fetch origin ${ref.replace(/^origin\//, '')}`;
    throw new CheckError(failure, `git knows no commit '${ref}'`, mend);
  }
  const tree = await gitText(
    ['ls-tree', '-z', '--full-tree', commit, '--', `:(literal,top)${path}`],
    place,
    failure,
  );
  const [mode = '', kind = '', blob = ''] = tree.split('\t')[0]?.split(' ') ?? [];
  if (kind === '') return null;
  if (kind !== 'blob' || mode === '120000') {
    throw new CheckError(failure, `'${path}' at '${ref}' is not a regular file`);
  }
  const { code, stdout, stderr } = await runGit(['cat-file', 'blob', blob], place, failure);
  if (code !== 0) throw new CheckError(failure, `'${path}' at '${ref}' cannot be read: ${firstLine(stderr)}`);
  try {
    return { commit, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(stdout) };
  } catch (error) {
    throw new CheckError(failure, `'${path}' at '${ref}' is not UTF-8 text`, 'save it as UTF-8', error);
  }
}

export function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
