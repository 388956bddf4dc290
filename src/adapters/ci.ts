import type { PullRequest } from '../authorship/input.ts';
import type { Hand } from '../model/authorship.ts';
import { readEvent } from './event.ts';

/** What the CI that runs this process says of the change. */
export interface Ci {
  /** `GitHub Actions`; null where none is recognised. */
  readonly name: string | null;
  /** The branch that the change is to be merged into, as `origin/main`; null where none is named. */
  readonly baseRef: string | null;
  /** The commit that a push began at: where the change begins when there is no `baseRef`. */
  readonly before: string | null;
  readonly pullRequest: PullRequest | null;
  /** Whoever started the run. */
  readonly actors: readonly Hand[];
}

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables of the known CI systems and, on GitHub Actions, the payload of the event. Throws
 * `authorship-unreadable` where that payload is named but cannot be read.
 */
export async function readCi(env: Env, readFile: (path: string) => Promise<string>): Promise<Ci> {
  const system = SYSTEMS.find(({ marker }) => present(env, marker) !== null);
  if (!system) return { name: null, baseRef: null, before: null, pullRequest: null, actors: [] };
  const target = present(env, ...system.target);
  const source = present(env, ...system.source);
  const ci: Ci = {
    name: system.name,
    baseRef: remote(target ?? mainBeyond(env, system)),
    before: null,
    pullRequest: target === null ? null : pullRequestOf(env, system, source),
    actors: Object.entries(system.actors).flatMap(([name, scheme]): Hand[] => {
      const value = present(env, name);
      return value === null ? [] : [{ role: 'actor', identity: `${scheme}:${value.toLowerCase()}` }];
    }),
  };
  return system.name === 'GitHub Actions' ? withEvent(ci, env, readFile) : ci;
}

/** The main branch, where this run is on another one: a change on its way there. */
function mainBeyond(env: Env, { main, branch }: System): string | null {
  const name = present(env, ...main);
  return name === present(env, ...branch) ? null : name;
}

interface System {
  readonly name: string;
  /** The variable that only this system sets. */
  readonly marker: string;
  /** Where the branch that is merged into is named, and the branch that is merged. */
  readonly target: readonly string[];
  readonly source: readonly string[];
  /** Where the main branch is named, and the branch of this run. */
  readonly main: readonly string[];
  readonly branch: readonly string[];
  /** Variable → scheme of the identity in it. */
  readonly actors: Readonly<Record<string, string>>;
}

/** Systems whose variables do not name the main branch. */
const UNNAMED = { main: [], branch: [] } as const;

/** Each from the list of predefined variables in the system's own documentation. */
const SYSTEMS: readonly System[] = [
  {
    name: 'GitHub Actions',
    marker: 'GITHUB_ACTIONS',
    target: ['GITHUB_BASE_REF'],
    source: ['GITHUB_HEAD_REF'],
    ...UNNAMED, // the event names it
    actors: {
      GITHUB_ACTOR: 'github',
      GITHUB_ACTOR_ID: 'github-id',
      GITHUB_TRIGGERING_ACTOR: 'github',
    },
  },
  {
    name: 'GitLab CI',
    marker: 'GITLAB_CI',
    target: ['CI_MERGE_REQUEST_TARGET_BRANCH_NAME'],
    source: ['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME'],
    main: ['CI_DEFAULT_BRANCH'],
    branch: ['CI_COMMIT_BRANCH'],
    actors: { GITLAB_USER_LOGIN: 'gitlab', GITLAB_USER_EMAIL: 'mail' },
  },
  {
    name: 'Buildkite',
    marker: 'BUILDKITE',
    target: ['BUILDKITE_PULL_REQUEST_BASE_BRANCH'],
    source: ['BUILDKITE_BRANCH'],
    main: ['BUILDKITE_PIPELINE_DEFAULT_BRANCH'],
    branch: ['BUILDKITE_BRANCH'],
    actors: { BUILDKITE_BUILD_CREATOR_EMAIL: 'mail', BUILDKITE_BUILD_AUTHOR_EMAIL: 'mail' },
  },
  {
    name: 'Azure Pipelines',
    marker: 'TF_BUILD',
    target: ['SYSTEM_PULLREQUEST_TARGETBRANCH'],
    source: ['SYSTEM_PULLREQUEST_SOURCEBRANCH'],
    ...UNNAMED,
    actors: { BUILD_REQUESTEDFOREMAIL: 'mail' },
  },
  {
    name: 'Bitbucket Pipelines',
    marker: 'BITBUCKET_BUILD_NUMBER',
    target: ['BITBUCKET_PR_DESTINATION_BRANCH'],
    source: ['BITBUCKET_BRANCH'],
    ...UNNAMED,
    actors: {},
  },
  {
    name: 'Jenkins',
    marker: 'JENKINS_URL',
    target: ['CHANGE_TARGET'],
    source: ['CHANGE_BRANCH'],
    ...UNNAMED,
    actors: { CHANGE_AUTHOR_EMAIL: 'mail' },
  },
  {
    name: 'CircleCI',
    marker: 'CIRCLECI',
    target: [],
    source: [],
    ...UNNAMED,
    actors: { CIRCLE_USERNAME: 'github' },
  },
  {
    name: 'AWS CodeBuild',
    marker: 'CODEBUILD_BUILD_ID',
    target: ['CODEBUILD_WEBHOOK_BASE_REF'],
    source: ['CODEBUILD_WEBHOOK_HEAD_REF'],
    ...UNNAMED,
    actors: { CODEBUILD_WEBHOOK_ACTOR_ACCOUNT_ID: 'github-id' },
  },
  {
    name: 'Atlantis',
    marker: 'ATLANTIS_TERRAFORM_VERSION',
    target: ['BASE_BRANCH_NAME'],
    source: ['HEAD_BRANCH_NAME'],
    ...UNNAMED,
    actors: { PULL_AUTHOR: 'github', USER_NAME: 'github' },
  },
];

function pullRequestOf(env: Env, system: System, source: string | null): PullRequest {
  const isGitLab = system.name === 'GitLab CI';
  return {
    host: 'other',
    author: null,
    labels: isGitLab ? (env['CI_MERGE_REQUEST_LABELS'] ?? '').split(',').filter((label) => label !== '') : [],
    body: isGitLab ? (env['CI_MERGE_REQUEST_DESCRIPTION'] ?? '') : '',
    bodyIsWhole: env['CI_MERGE_REQUEST_DESCRIPTION_IS_TRUNCATED'] !== 'true',
    headRef: source && shortName(source),
    requesters: [],
  };
}

async function withEvent(ci: Ci, env: Env, readFile: (path: string) => Promise<string>): Promise<Ci> {
  const event = await readEvent(env, readFile);
  if (event === null) return ci;
  return {
    name: ci.name,
    baseRef: ci.baseRef ?? remote(event.target),
    before: event.before,
    pullRequest: event.pullRequest ?? ci.pullRequest,
    actors: [...ci.actors, ...event.actors],
  };
}

function remote(branch: string | null): string | null {
  return branch && `origin/${shortName(branch)}`;
}

function shortName(branch: string): string {
  return branch.replace(/^refs\/heads\//, '');
}

function present(env: Env, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = env[name]?.trim();
    if (value !== undefined && value !== '') return value;
  }
  return null;
}
