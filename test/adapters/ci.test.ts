import { expect, test } from 'vitest';
import { type Ci, readCi } from '../../src/adapters/ci.ts';

const PULL_REQUEST = {
  user: { login: 'Alice', id: 1234, type: 'User' },
  labels: [{ name: 'ai-assisted' }],
  body: 'AI-Assisted: no',
  head: { ref: 'grow' },
  assignees: [{ login: 'dora', id: 7, type: 'User' }],
};

const github = (payload: unknown, env: Record<string, string> = {}): Promise<Ci> =>
  readCi(
    { GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH: '/event.json', GITHUB_EVENT_NAME: 'pull_request', ...env },
    async () => (typeof payload === 'string' ? payload : JSON.stringify(payload)),
  );

const noFile = async (): Promise<string> => {
  throw new Error('ENOENT');
};

test('outside of CI nothing is said', async () => {
  expect(await readCi({ PATH: '/bin' }, noFile)).toEqual({
    name: null,
    baseRef: null,
    before: null,
    pullRequest: null,
    actors: [],
  });
});

test('a pull request on GitHub Actions', async () => {
  const ci = await github(
    { pull_request: PULL_REQUEST, sender: { login: 'Bob', id: 8, type: 'User' }, before: 'a'.repeat(40) },
    {
      GITHUB_BASE_REF: 'main',
      GITHUB_HEAD_REF: 'grow',
      GITHUB_ACTOR: 'Carol',
      GITHUB_TRIGGERING_ACTOR: 'Dan',
    },
  );
  expect(ci).toEqual({
    name: 'GitHub Actions',
    baseRef: 'origin/main',
    before: null,
    pullRequest: {
      host: 'github',
      author: { login: 'Alice', id: '1234', type: 'User' },
      labels: ['ai-assisted'],
      body: 'AI-Assisted: no',
      bodyIsWhole: true,
      headRef: 'grow',
      requesters: [],
    },
    actors: ['github:carol', 'github:dan', 'github:bob', 'github-id:8'].map((identity) => ({
      role: 'actor',
      identity,
    })),
  });
});

test('whoever an agent assigned its pull request to had it made', async () => {
  const ci = await github({
    pull_request: { ...PULL_REQUEST, user: { login: 'Copilot', id: 1, type: 'Bot' } },
  });
  expect(ci.pullRequest?.requesters).toEqual([{ login: 'dora', id: '7', type: 'User' }]);
});

test('a body may be empty', async () => {
  expect((await github({ pull_request: { ...PULL_REQUEST, body: null } })).pullRequest?.body).toBe('');
});

test('a comment on a pull request is about that pull request', async () => {
  const issue = { ...PULL_REQUEST, head: undefined, pull_request: { url: 'x' } };
  const ci = await github({ issue }, { GITHUB_EVENT_NAME: 'issue_comment' });
  expect(ci.pullRequest).toMatchObject({ author: { login: 'Alice' }, headRef: null });
  expect((await github({ issue: { user: {} } }, { GITHUB_EVENT_NAME: 'issues' })).pullRequest).toBeNull();
});

test.each<[string, object, Partial<Ci>]>([
  ['a push', { before: 'a'.repeat(40) }, { baseRef: null, before: 'a'.repeat(40) }],
  ['the first push of a branch', { before: '0'.repeat(40) }, { baseRef: null, before: null }],
  [
    'a push to the main branch',
    { ref: 'refs/heads/main', before: 'a'.repeat(40), repository: { default_branch: 'main' } },
    { baseRef: null, before: 'a'.repeat(40) },
  ],
  [
    'a push to another branch',
    { ref: 'refs/heads/grow', before: 'a'.repeat(40), repository: { default_branch: 'main' } },
    { baseRef: 'origin/main' },
  ],
  [
    'a run that somebody starts on another branch',
    { ref: 'refs/heads/grow', repository: { default_branch: 'main' } },
    { baseRef: 'origin/main' },
  ],
  ['a push after something else', { before: '--all' }, { baseRef: null, before: null }],
  ['a merge queue', { merge_group: { base_ref: 'refs/heads/main' } }, { baseRef: 'origin/main' }],
  ['a review', { pull_request: { ...PULL_REQUEST, base: { ref: 'next' } } }, { baseRef: 'origin/next' }],
  [
    'a comment on a pull request',
    { issue: { ...PULL_REQUEST, pull_request: {} }, repository: { default_branch: 'main' } },
    { baseRef: 'origin/main' },
  ],
  [
    'a comment on an issue',
    { issue: PULL_REQUEST, repository: { default_branch: 'main' } },
    { baseRef: null },
  ],
  ['a schedule', { schedule: '0 0 * * *' }, { baseRef: null, before: null }],
])('%s has its base', async (_, payload, expected) => {
  expect(await github(payload, { GITHUB_EVENT_NAME: 'other' })).toMatchObject(expected);
});

test.each([
  ['no JSON', '{'],
  ['a list', []],
  ['no pull request', {}],
  ['a pull request that is inherited', '{"__proto__": {"pull_request": {"user": {"login": "x"}}}}'],
  ['nobody who opened it', { pull_request: { ...PULL_REQUEST, user: null } }],
  ['a body that is no text', { pull_request: { ...PULL_REQUEST, body: 1 } }],
  ['labels that are no list', { pull_request: { ...PULL_REQUEST, labels: {} } }],
  ['a label without a name', { pull_request: { ...PULL_REQUEST, labels: ['ai'] } }],
])('an event with %s cannot be read', async (_, payload) => {
  await expect(github(payload)).rejects.toMatchObject({ code: 'authorship-unreadable' });
});

test('an event that is named but not there, or of a pull request and not named, cannot be read', async () => {
  const env = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'pull_request' };
  await expect(readCi({ ...env, GITHUB_EVENT_PATH: '/x' }, noFile)).rejects.toMatchObject({
    code: 'authorship-unreadable',
  });
  await expect(readCi(env, noFile)).rejects.toMatchObject({ code: 'authorship-unreadable' });
  expect((await readCi({ GITHUB_ACTIONS: 'true', GITHUB_ACTOR: 'a' }, noFile)).actors).toHaveLength(1);
});

test.each<[string, Record<string, string>, Partial<Ci>]>([
  [
    'GitLab CI',
    {
      GITLAB_CI: 'true',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'grow',
      GITLAB_USER_LOGIN: 'Alice',
      GITLAB_USER_EMAIL: 'Alice@example.dev',
    },
    {
      baseRef: 'origin/main',
      actors: [
        { role: 'actor', identity: 'gitlab:alice' },
        { role: 'actor', identity: 'mail:alice@example.dev' },
      ],
    },
  ],
  [
    'GitLab CI',
    { GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'main', CI_COMMIT_BRANCH: 'grow' },
    { baseRef: 'origin/main', pullRequest: null },
  ],
  [
    'GitLab CI',
    { GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'main', CI_COMMIT_BRANCH: 'main' },
    { baseRef: null },
  ],
  [
    'Buildkite',
    { BUILDKITE: 'true', BUILDKITE_PIPELINE_DEFAULT_BRANCH: 'main', BUILDKITE_BRANCH: 'grow' },
    { baseRef: 'origin/main' },
  ],
  [
    'Buildkite',
    { BUILDKITE: 'true', BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main' },
    { baseRef: 'origin/main' },
  ],
  [
    'Buildkite',
    { BUILDKITE: 'true', BUILDKITE_PULL_REQUEST_BASE_BRANCH: '' },
    { baseRef: null, pullRequest: null },
  ],
  [
    'Azure Pipelines',
    { TF_BUILD: 'True', SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main' },
    { baseRef: 'origin/main' },
  ],
  [
    'Bitbucket Pipelines',
    { BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_PR_DESTINATION_BRANCH: 'main' },
    { baseRef: 'origin/main' },
  ],
  ['Jenkins', { JENKINS_URL: 'https://ci', CHANGE_TARGET: 'main' }, { baseRef: 'origin/main' }],
  [
    'AWS CodeBuild',
    { CODEBUILD_BUILD_ID: 'p:1', CODEBUILD_WEBHOOK_BASE_REF: 'refs/heads/main' },
    { baseRef: 'origin/main' },
  ],
  [
    'Atlantis',
    { ATLANTIS_TERRAFORM_VERSION: '1.11.4', BASE_BRANCH_NAME: 'main', PULL_AUTHOR: 'Alice' },
    { baseRef: 'origin/main', actors: [{ role: 'actor', identity: 'github:alice' }] },
  ],
  ['CircleCI', { CIRCLECI: 'true', CIRCLE_USERNAME: 'alice' }, { baseRef: null }],
])('%s is read from its variables', async (name, env, expected) => {
  expect(await readCi(env, noFile)).toMatchObject({ name, ...expected });
});

test('a description that GitLab cut is not whole', async () => {
  const env = {
    GITLAB_CI: 'true',
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
    CI_MERGE_REQUEST_LABELS: 'a,b',
  };
  const whole = await readCi({ ...env, CI_MERGE_REQUEST_DESCRIPTION: 'x' }, noFile);
  expect(whole.pullRequest).toMatchObject({ body: 'x', bodyIsWhole: true, labels: ['a', 'b'] });
  const cut = await readCi({ ...env, CI_MERGE_REQUEST_DESCRIPTION_IS_TRUNCATED: 'true' }, noFile);
  expect(cut.pullRequest?.bodyIsWhole).toBe(false);
});
