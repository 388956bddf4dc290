import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../src/model/decision.ts';
import { ENV, type Repository, repository } from '../adapters/repository.ts';
import { runIn } from '../cli/memory-io.ts';
import { deletion, planOf } from './plans.ts';

const ALL_MAY = `version: 1
signOff:
  required:
    critical: { ai: none, unknown: none, declaredHuman: none }
    high: { ai: none, unknown: none, declaredHuman: none }
`;

/** A clone of a repository without a policy, on the branch `grow`. */
function clone(): Repository {
  const made = repository();
  made.git('update-ref', 'refs/remotes/origin/main', 'main');
  made.git('checkout', '-q', '-b', 'grow');
  return made;
}

const exitOf = async ({ cwd }: Repository, env: object = {}): Promise<number> =>
  (await runIn(['-'], { stdin: planOf(deletion()), cwd, env: { ...ENV, ...env } })).exitCode;

function event(payload: object): object {
  const folder = repository().cwd;
  const path = join(folder, 'event.json');
  writeFileSync(path, JSON.stringify(payload));
  return { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: path };
}

const PUSH = { ref: 'refs/heads/grow', repository: { default_branch: 'main' } };

describe('a change that brings a policy of its own', () => {
  test.each<[string, () => object]>([
    ['at a terminal', () => ({})],
    ['in a push', () => event({ ...PUSH, before: '0'.repeat(40) })],
    [
      'in a push to a branch of GitLab',
      () => ({ GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'main', CI_COMMIT_BRANCH: 'grow' }),
    ],
    ['in a CI that is not known', () => ({ CI: 'true' })],
  ])('does not pass by it: %s', async (_, env) => {
    const made = clone();
    made.commit('check-plan.yaml', ALL_MAY);
    expect(await exitOf(made, env())).toBe(EXIT.signOffRequired);
  });

  test('does not pass by one that is not committed', async () => {
    const made = clone();
    made.write('check-plan.yaml', ALL_MAY);
    expect(await exitOf(made)).toBe(EXIT.signOffRequired);
  });

  test('cannot be judged where the main branch was not fetched', async () => {
    const made = repository();
    made.git('checkout', '-q', '-b', 'grow');
    made.commit('check-plan.yaml', ALL_MAY);
    expect(await exitOf(made, event(PUSH))).toBe(EXIT.cannotJudge);
  });
});

describe('the commits of an agent', () => {
  const AGENT = 'x\n\nCo-Authored-By: Claude <noreply@anthropic.com>';
  const OWN = 'y\n\nAI-Assisted: no';

  test('are not left behind by pushing them first', async () => {
    const made = clone();
    made.commit('a.tf', AGENT);
    const before = made.git('rev-parse', 'HEAD');
    made.commit('b.tf', OWN);
    expect(await exitOf(made, event({ ...PUSH, before }))).toBe(EXIT.signOffRequired);
  });

  test('are not left behind by a range that is empty', async () => {
    const made = clone();
    made.commit('a.tf', AGENT);
    const { exitCode } = await runIn(['-', '--commits', 'HEAD..HEAD'], {
      stdin: planOf(deletion()),
      cwd: made.cwd,
      env: ENV,
    });
    expect(exitCode).toBe(EXIT.signOffRequired);
  });

  test('count among those of a person', async () => {
    const made = clone();
    made.commit('a.tf', OWN);
    made.commit('b.tf', AGENT);
    expect(await exitOf(made)).toBe(EXIT.signOffRequired);
  });
});
