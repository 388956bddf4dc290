import type { Account, PullRequest } from '../authorship/input.ts';
import type { Hand } from '../model/authorship.ts';
import { CheckError } from '../model/error.ts';

/** What the payload of a GitHub event says of the change and of who caused it. */
interface GitHubEvent {
  /** Name of the branch that is merged into. */
  readonly target: string | null;
  /** Full name of the commit that a push began at. */
  readonly before: string | null;
  readonly pullRequest: PullRequest | null;
  readonly actors: readonly Hand[];
}

/**
 * Reads the payload that `GITHUB_EVENT_PATH` names; null where none is named. Throws `authorship-unreadable` where it
 * cannot be read, is not of GitHub's shape, or is missing for a pull request.
 */
export async function readEvent(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => Promise<string>,
): Promise<GitHubEvent | null> {
  const path = env['GITHUB_EVENT_PATH'] ?? '';
  const isPullRequest = (env['GITHUB_EVENT_NAME'] ?? '').startsWith('pull_request');
  if (path === '') {
    if (isPullRequest)
      throw unreadable('GITHUB_EVENT_PATH is empty, so who opened the pull request is not known');
    return null;
  }
  const payload = parse(await readPayload(path, readFile), path);
  const pullRequest = objectAt(payload, 'pull_request') ?? commentedOn(payload);
  if (isPullRequest && pullRequest === null) throw unreadable(`the event in ${path} has no pull_request`);
  return {
    target: targetOf(payload),
    before: pullRequest === null ? commitAt(payload, 'before') : null,
    pullRequest: pullRequest && pullRequestOf(pullRequest, path),
    actors: accountAt(payload, 'sender').flatMap(handsOf),
  };
}

type Payload = Readonly<Record<string, unknown>>;

async function readPayload(path: string, readFile: (path: string) => Promise<string>): Promise<string> {
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(`the event in ${path} cannot be read`, error);
  }
}

function parse(text: string, path: string): Payload {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(`the event in ${path} is not JSON`, error);
  }
  if (!isObject(value)) throw unreadable(`the event in ${path} is not a JSON object`);
  return value;
}

function pullRequestOf(source: Payload, path: string): PullRequest {
  const author = accountAt(source, 'user')[0] ?? null;
  if (author === null) throw unreadable(`the pull request in ${path} has no user`);
  const body = own(source, 'body') ?? '';
  const labels = own(source, 'labels');
  if (typeof body !== 'string') throw unreadable(`the body of the pull request in ${path} is not a string`);
  if (!Array.isArray(labels)) throw unreadable(`the labels of the pull request in ${path} are not a list`);
  return {
    host: 'github',
    author,
    labels: labels.map((label) => {
      const name = isObject(label) ? textAt(label, 'name') : null;
      if (name === null) throw unreadable(`a label of the pull request in ${path} has no name`);
      return name;
    }),
    body,
    bodyIsWhole: true,
    headRef: textAt(objectAt(source, 'head') ?? {}, 'ref'),
    requesters: isAgent(author) ? assigneesOf(source) : [],
  };
}

/** An agent assigns its pull request to the person who asked for it. */
function assigneesOf(source: Payload): Account[] {
  const assignees = own(source, 'assignees');
  const list: readonly unknown[] = Array.isArray(assignees) ? assignees : [];
  return list.flatMap((user) => accountAt({ user }, 'user'));
}

/** The event of a comment holds the pull request as an issue, without its branches. */
function commentedOn(payload: Payload): Payload | null {
  const issue = objectAt(payload, 'issue');
  return issue && objectAt(issue, 'pull_request') ? issue : null;
}

function isAgent({ login, type }: Account): boolean {
  return type === 'Bot' || login.toLowerCase().endsWith('[bot]');
}

/**
 * `GITHUB_BASE_REF` is set for two events only. A comment does not say the base of its pull request, so it is taken to
 * be the default branch, which the pull request cannot edit either. What runs on another branch than that is a change
 * on its way there: the last push to it is only a part of the change.
 */
function targetOf(payload: Payload): string | null {
  const base = objectAt(objectAt(payload, 'pull_request') ?? {}, 'base');
  const queued = objectAt(payload, 'merge_group');
  const main = textAt(objectAt(payload, 'repository') ?? {}, 'default_branch');
  const ref = textAt(payload, 'ref');
  const isOnItsWay = commentedOn(payload) !== null || (ref !== null && ref !== `refs/heads/${main}`);
  return textAt(base ?? {}, 'ref') ?? textAt(queued ?? {}, 'base_ref') ?? (isOnItsWay ? main : null);
}

/** Zeros stand for no commit: the first push of a branch. */
function commitAt(parent: Payload, key: string): string | null {
  const sha = textAt(parent, key);
  return sha !== null && /^(?!0+$)[0-9a-f]{40,64}$/.test(sha) ? sha : null;
}

function accountAt(parent: Payload, key: string): Account[] {
  const user = objectAt(parent, key);
  const login = user && textAt(user, 'login');
  if (!user || login === null) return [];
  const id = own(user, 'id');
  const number = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : null;
  return [{ login, id: number, type: textAt(user, 'type') }];
}

function handsOf({ login, id }: Account): Hand[] {
  const identities = [`github:${login}`, ...(id === null ? [] : [`github-id:${id}`])];
  return identities.map((identity) => ({ role: 'actor', identity: identity.toLowerCase() }));
}

function textAt(parent: Payload, key: string): string | null {
  const value = own(parent, key);
  return typeof value === 'string' && value !== '' ? value : null;
}

function objectAt(parent: Payload, key: string): Payload | null {
  const value = own(parent, key);
  return isObject(value) ? value : null;
}

function own(parent: Payload, key: string): unknown {
  return Object.hasOwn(parent, key) ? parent[key] : undefined;
}

function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(message: string, cause?: unknown): CheckError {
  return new CheckError(
    'authorship-unreadable',
    message,
    'see that the job passes GITHUB_EVENT_PATH on, and that the file it names can be read',
    cause,
  );
}
