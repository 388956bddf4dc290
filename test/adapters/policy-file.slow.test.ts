import { describe, expect, test } from 'vitest';
import { loadPolicy } from '../../src/adapters/policy-file.ts';
import { ENV, type Repository, repository } from './repository.ts';

const policyOf = (maxHours: number) => `version: 1\nsignOff: { maxHours: ${maxHours} }\n`;
const STRICT = policyOf(2);
const LOOSE = policyOf(100);

/** `main` has a strict policy; the branch under review loosens it. */
function weakened(): Repository {
  const made = repository();
  made.commit('check-plan.yaml', STRICT);
  made.git('checkout', '-q', '-b', 'change');
  made.commit('check-plan.yaml', LOOSE);
  return made;
}

const load = ({ cwd }: Repository, option: string | null, base: string | null) =>
  loadPolicy({ cwd, env: ENV }, option, base);

describe('a change cannot weaken what judges it', () => {
  test.each<[string, string | null, string | null]>([
    ['in CI the base branch is read', null, 'main'],
    ['the ref that is named is read', 'git:main:check-plan.yaml', null],
    ['also beside a base branch', 'git:main:check-plan.yaml', 'change'],
  ])('%s, and the difference is noted', async (_, option, base) => {
    const { policy, notes } = await load(weakened(), option, base);
    expect(policy.signOff.maxHours).toBe(2);
    expect(policy.source).toBe('git:main:check-plan.yaml');
    expect(notes).toEqual([expect.stringContaining('differs in the change under review')]);
  });

  test.each(['origin/HEAD', 'origin/main', 'origin/master'])('outside of CI %s is read', async (ref) => {
    const made = weakened();
    made.git('update-ref', `refs/remotes/${ref}`, 'main');
    const { policy, notes } = await load(made, null, null);
    expect(policy.source).toBe(`git:${ref}:check-plan.yaml`);
    expect(notes).toEqual([expect.stringContaining('differs in the change under review')]);
  });

  test('deleting the policy changes nothing either', async () => {
    const made = weakened();
    made.git('rm', '-q', 'check-plan.yaml');
    made.git('commit', '-q', '-m', 'tidy');
    const { policy, notes } = await load(made, null, 'main');
    expect(policy.signOff.maxHours).toBe(2);
    expect(notes).toEqual([expect.stringContaining('is deleted in the change under review')]);
  });

  test('a policy that the base branch does not have yet is not used', async () => {
    const made = repository();
    made.git('checkout', '-q', '-b', 'change');
    made.commit('check-plan.yaml', LOOSE);
    const { policy, notes } = await load(made, null, 'main');
    expect(policy.signOff.maxHours).not.toBe(100);
    expect(policy.source).toContain('built-in defaults');
    expect(notes).toEqual([expect.stringContaining('until it is merged')]);
  });

  test('a file of the working tree that is named in CI is used, and that is noted', async () => {
    const { policy, notes } = await load(weakened(), 'check-plan.yaml', 'main');
    expect(policy.signOff.maxHours).toBe(100);
    expect(notes).toEqual([expect.stringContaining('which the change under review can edit')]);
  });
});

describe('where there is nothing to compare with', () => {
  test('the policy at the top of the working tree counts, also from a folder below', async () => {
    const made = weakened();
    made.write('stacks/shop/main.tf', '');
    const { policy, notes } = await loadPolicy({ cwd: `${made.cwd}/stacks/shop`, env: ENV }, null, null);
    expect([policy.signOff.maxHours, policy.source, notes]).toEqual([100, 'check-plan.yaml', []]);
  });

  test('without one the defaults hold', async () => {
    expect((await load(repository(), null, null)).policy.source).toBe('built-in defaults');
  });
});

describe('what cannot be read is an error, never the defaults', () => {
  test.each<[string, string | null, string | null, string]>([
    ['a base that was not fetched', null, 'origin/main', 'policy-unreadable'],
    ['a ref that does not exist', 'git:nowhere:check-plan.yaml', null, 'policy-unreadable'],
    ['a path that the named ref does not have', 'git:main:other.yaml', null, 'policy-unreadable'],
    ['a file that does not exist', 'other.yaml', null, 'policy-unreadable'],
    ['a ref that is an option', 'git:--output=x:check-plan.yaml', null, 'policy-unreadable'],
    ['no path', 'git:main', null, 'usage'],
  ])('%s', async (_, option, base, code) => {
    await expect(load(weakened(), option, base)).rejects.toMatchObject({ code });
  });
});
