import type { AuthorshipInput, Commit, History, PullRequest } from '../../src/authorship/input.ts';

const ALICE = { name: 'Alice', mail: 'alice@example.dev' };

export function commit(part: Partial<Commit> = {}): Commit {
  return {
    sha: '9a04d1ee00000000000000000000000000000000',
    author: ALICE,
    committer: ALICE,
    message: 'Grow the disk\n',
    files: ['main.tf'],
    notes: [],
    ...part,
  };
}

export function history(commits: readonly Commit[], part: Partial<History> = {}): History {
  return {
    range: 'origin/main..HEAD',
    complete: true,
    incompleteBecause: null,
    uncovered: [],
    branch: 'grow-the-disk',
    commits,
    ...part,
  };
}

export function pullRequest(part: Partial<PullRequest> = {}): PullRequest {
  return {
    host: 'github',
    author: { login: 'alice', id: '1234', type: 'User' },
    labels: [],
    body: '',
    bodyIsWhole: true,
    headRef: 'grow-the-disk',
    requesters: [],
    ...part,
  };
}

export function input(part: Partial<AuthorshipInput> = {}): AuthorshipInput {
  return { declared: null, env: {}, history: history([commit()]), pullRequest: null, actors: [], ...part };
}
