import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runIn } from '../cli/memory-io.ts';
import { createRepository, missing } from '../end-to-end/repository.ts';
import { type CommentsApi, commentsApi } from './comments-api.ts';
import { type Ran, runAction } from './runner.ts';

const HARMLESS = resolve(import.meta.dirname, '../../fixtures/harmless/plan.json');
const WRITER = 'token-that-may-write';
const READER = 'token-of-a-fork';

describe.skipIf(missing)(
  `the GitHub Action${missing ? ' (SKIPPED: git or ssh-keygen is missing)' : ''}`,
  () => {
    const root = mkdtempSync(join(tmpdir(), 'check-plan-action-'));
    let origin = '';
    let api: CommentsApi | null = null;
    afterAll(() => rmSync(root, { recursive: true }));
    afterEach(() => api?.close());

    const git = (cwd: string, ...args: readonly string[]): string =>
      execFileSync('git', ['-c', 'user.name=GitHub', '-c', 'user.email=noreply@github.com', ...args], {
        cwd,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      }).trim();

    /** The commit that GitHub makes to try the merge, from the branch as it is now. */
    const offerMerge = (): void => {
      git(origin, 'checkout', '--quiet', '--detach', 'main');
      git(origin, 'merge', '--quiet', '--no-ff', '-m', 'Merge the pull request', 'clean-environment');
      git(origin, 'update-ref', 'refs/pull/7/merge', 'HEAD');
    };

    beforeAll(() => {
      origin = createRepository(root);
      offerMerge();
    });

    /** What actions/checkout leaves for a pull request: the merge alone, or with all branches and their history. */
    const checkout = (depth: 1 | 0 = 0, plan = join(origin, 'plan.json')): string => {
      const folder = mkdtempSync(join(root, 'workspace-'));
      git(folder, 'init', '--quiet');
      git(folder, 'remote', 'add', 'origin', `file://${origin}`);
      const refs = ['+refs/pull/7/merge:refs/remotes/pull/7/merge'];
      if (depth === 1) git(folder, 'fetch', '--quiet', '--no-tags', '--depth=1', 'origin', ...refs);
      else
        git(
          folder,
          'fetch',
          '--quiet',
          '--no-tags',
          'origin',
          '+refs/heads/*:refs/remotes/origin/*',
          ...refs,
        );
      git(folder, 'checkout', '--quiet', '--detach', 'refs/remotes/pull/7/merge');
      copyFileSync(plan, join(folder, 'plan.json'));
      return folder;
    };

    const event = (user = 'carol') => ({
      action: 'opened',
      number: 7,
      pull_request: {
        number: 7,
        user: { login: user, id: 3, type: 'User' },
        labels: [],
        assignees: [],
        body: 'Recreates the environment.',
        head: { ref: 'clean-environment', repo: { fork: false } },
        base: { ref: 'main' },
      },
      repository: { default_branch: 'main' },
      sender: { login: user, id: 3, type: 'User' },
    });

    const run = (
      workspace: string,
      inputs: Readonly<Record<string, string>> = {},
      { token = WRITER, of = event() as unknown, more = {} as Readonly<Record<string, string>> } = {},
    ): Promise<Ran> =>
      runAction(
        {
          workspace,
          event: of,
          inputs: { plan: 'plan.json', ...inputs },
          env: {
            PATH: process.env['PATH'] ?? '',
            HOME: root,
            CI: 'true',
            GITHUB_ACTIONS: 'true',
            GITHUB_EVENT_NAME: 'pull_request',
            GITHUB_REPOSITORY: 'acme/shop',
            GITHUB_WORKSPACE: workspace,
            GITHUB_WORKFLOW: 'plan -- of all',
            GITHUB_JOB: 'plan',
            GITHUB_BASE_REF: 'main',
            GITHUB_HEAD_REF: 'clean-environment',
            GITHUB_ACTOR: 'carol',
            GITHUB_ACTOR_ID: '3',
            GITHUB_API_URL: api?.url ?? 'http://127.0.0.1:1',
            TOKEN_OF_THE_JOB: token,
            ...more,
          },
        },
        root,
      );
    const served = async (author?: string): Promise<CommentsApi> => {
      api = await commentsApi({ [WRITER]: 'write', [READER]: 'read' }, author);
      return api;
    };

    test('stops what an agent would destroy, and says so everywhere', async () => {
      const { comments } = await served();
      const ran = await run(checkout());
      expect(ran.exitCode, ran.log).toBe(3);
      expect(ran.outputs).toMatchObject({ decision: 'sign-off-required', 'exit-code': '3' });
      const report = JSON.parse(readFileSync(ran.outputs['report'] ?? '', 'utf8'));
      expect(report).toMatchObject({ decision: 'sign-off-required', authorship: { is: 'ai' } });
      expect(report.policy.source).toBe('git:origin/main:check-plan.yaml');
      expect(ran.log).toContain('::error title=check-plan%3A BLOCKED until signed off::');
      expect(ran.summary).toContain('## ⛔ BLOCKED until signed off');
      expect(comments).toHaveLength(1);
      expect(comments[0]?.body).toMatch(
        /^<!-- check-plan plan%20%2D%2D%20of%20all%2Fplan -->\n## ⛔ BLOCKED/,
      );
      expect(ran.used).toEqual([]);
      expect(readFileSync(ran.outputs['page'] ?? '', 'utf8')).toContain('aws_db_instance.billing');
    });

    test('keeps one comment up to date, and leaves those of others alone', async () => {
      const { comments } = await served();
      const body = '<!-- check-plan plan%20%2D%2D%20of%20all%2Fplan -->\n## ✅ ALLOWED';
      for (let id = 1; id <= 130; id += 1) comments.push({ id, user: { login: 'mallory' }, body });
      await run(checkout());
      await run(checkout(0, HARMLESS));
      expect(comments.slice(0, 130).every((comment) => comment.body === body)).toBe(true);
      expect(comments).toHaveLength(131);
      expect(comments[130]?.body).toContain('ALLOWED');
      await run(checkout(), { 'comment-key': 'another job' });
      expect(comments).toHaveLength(132);
    });

    test('says nothing about a plan that does nothing, unless asked to', async () => {
      const { comments } = await served();
      const ran = await run(checkout(0, HARMLESS));
      expect([ran.exitCode, ran.outputs['decision'], comments.length]).toEqual([0, 'allowed', 0]);
      await run(checkout(0, HARMLESS), { comment: 'always' });
      expect(comments).toHaveLength(1);
      await run(checkout(), { comment: 'never', 'comment-key': 'other' });
      expect(comments).toHaveLength(1);
    });

    test('a fork, whose token may not write, is judged all the same', async () => {
      const { comments } = await served();
      const ran = await run(checkout(), {}, { token: READER });
      expect([ran.exitCode, comments.length]).toEqual([3, 0]);
      expect(ran.log).toContain(
        '::notice title=check-plan::No comment: the token may not write comments here',
      );
      expect((await run(checkout(), {}, { token: '' })).exitCode).toBe(3);
    });

    test('where nothing answers, the decision stands', async () => {
      api = null;
      const ran = await run(checkout());
      expect(ran.exitCode).toBe(3);
      expect(ran.log).toContain('::warning title=check-plan::The pull request was not commented on');
    });

    test('a checkout without history is completed', async () => {
      await served();
      const folder = checkout(1);
      expect(git(folder, 'rev-parse', '--is-shallow-repository')).toBe('true');
      const ran = await run(folder);
      const report = JSON.parse(readFileSync(ran.outputs['report'] ?? '', 'utf8'));
      expect(report.policy.source).toBe('git:origin/main:check-plan.yaml');
      expect(report.authorship.hands).toContainEqual({ role: 'author', identity: 'mail:carol@example.dev' });
      expect(report.authorship.handsHidden).toBeNull();
    });

    test('a policy that the change weakens does not count', async () => {
      await served();
      git(origin, 'checkout', '--quiet', 'clean-environment');
      writeFileSync(
        join(origin, 'check-plan.yaml'),
        'version: 1\nnonProduction:\n  accounts: ["111122223333"]\n',
      );
      git(origin, 'commit', '--quiet', '-am', 'Tidy the policy');
      offerMerge();
      const ran = await run(checkout());
      git(origin, 'checkout', '--quiet', 'clean-environment');
      git(origin, 'reset', '--quiet', '--hard', 'HEAD^');
      offerMerge();
      expect(ran.exitCode).toBe(3);
      expect(ran.log).toContain('check-plan.yaml');
    });

    test('a senior signs, and the next run goes through', async () => {
      const { comments } = await served();
      const folder = checkout();
      const stopped = await run(folder);
      expect(stopped.exitCode).toBe(3);
      const [set] = JSON.parse(readFileSync(stopped.outputs['report'] ?? '', 'utf8')).changeSets;
      const permitted = set.changes.filter((one: { needsSignOff: boolean }) => one.needsSignOff).length;
      const person = {
        cwd: folder,
        now: Date.now,
        env: { PATH: process.env['PATH'], HOME: root },
        isTerminal: { stdin: true, stdout: true, stderr: true },
        ask: async () => String(permitted),
      };
      const signed = await runIn(
        ['sign', 'plan.json', '--key', join(origin, 'keys/alice'), '--commits', 'origin/main..HEAD'],
        person,
      );
      expect(signed.exitCode, signed.stderr).toBe(0);
      const ran = await run(folder);
      expect([ran.exitCode, ran.outputs['decision']], ran.log).toEqual([0, 'allowed']);
      expect(comments[0]?.body).toContain('## ⚠️ ALLOWED by sign-off');
    });

    test('advisory: tells the decision, and stops nothing', async () => {
      const { comments } = await served();
      const ran = await run(checkout(), { advisory: 'true' });
      expect([ran.exitCode, ran.outputs]).toEqual([
        0,
        expect.objectContaining({ decision: 'sign-off-required', 'exit-code': '0' }),
      ]);
      expect(comments[0]?.body).toContain('## ⚠️ NOT STOPPED, advisory only');
    });

    test('what cannot be judged is blocked, with 1', async () => {
      const { comments } = await served();
      for (const plan of ['nothing.json', '', 'main.tf', '--advisory']) {
        const ran = await run(checkout(), { plan });
        expect([plan, ran.exitCode === 0, ran.outputs['decision']]).toEqual([plan, false, 'blocked']);
      }
      expect(comments[0]?.body).toContain('CANNOT JUDGE');
    });

    test('no input is read by a shell', async () => {
      await served();
      const folder = checkout();
      const evil = '$(touch pwned); `touch pwned` "; touch pwned; #';
      const ran = await run(folder, { plan: evil, environment: evil, workspace: evil, 'comment-key': evil });
      expect(ran.exitCode).toBe(1);
      expect(existsSync(join(folder, 'pwned'))).toBe(false);
    });

    test('the findings go to code scanning where that is asked for', async () => {
      await served();
      const { used } = await run(checkout(), { sarif: 'true' });
      expect(used.map(({ uses }) => uses)).toEqual(['github/codeql-action/upload-sarif@v4']);
      const sarif = JSON.parse(readFileSync(used[0]?.with['sarif_file'] ?? '', 'utf8'));
      expect(sarif.runs[0].results.length).toBeGreaterThan(3);
    });

    test('on a push there is nothing to comment on', async () => {
      const { requests } = await served();
      const of = {
        ref: 'refs/heads/main',
        before: git(origin, 'rev-parse', 'main'),
        repository: { default_branch: 'main' },
      };
      const more = { GITHUB_EVENT_NAME: 'push', GITHUB_BASE_REF: '', GITHUB_HEAD_REF: '' };
      const ran = await run(checkout(), {}, { of, more });
      expect([ran.exitCode, requests]).toEqual([3, []]);
    });
  },
);
