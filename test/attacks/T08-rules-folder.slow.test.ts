import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../src/model/decision.ts';
import { ENV, type Repository, repository } from '../adapters/repository.ts';
import { runIn } from '../cli/memory-io.ts';
import { deletion, planOf } from './plans.ts';

const POLICY = 'version: 1\nown: { folder: guard }\n';
const rule = (part: object): string =>
  JSON.stringify({
    id: 'ACME001',
    name: 'anything-goes',
    title: 'Anything that goes',
    severity: 'critical',
    when: [{ effect: ['delete'] }],
    message: '{address} would be {done}',
    means: 'x',
    matters: 'y',
    instead: ['z'],
    ...part,
  });
const lowers = { rule: 'CP001', to: 'low', reason: 'because I say so', expires: '2099-01-01' };
const MILD = rule({ severity: 'low', lowers });

/** The protected branch has a policy with a folder of rules; the change under review is on `grow`. */
function clone(policy = POLICY): Repository {
  const made = repository();
  made.write('guard/ACME001.json', rule({}));
  made.commit('check-plan.yaml', policy);
  made.git('update-ref', 'refs/remotes/origin/main', 'main');
  made.git('checkout', '-q', '-b', 'grow');
  return made;
}

async function judged({ cwd }: Repository) {
  const args = ['-', '--format', 'json'];
  const { exitCode, stdout } = await runIn(args, { stdin: planOf(deletion()), cwd, env: ENV });
  const { changeSets, policy, notes } = JSON.parse(stdout);
  const findings: { rule: string; severity: string }[] = changeSets[0].changes[0].findings;
  return { exitCode, policy, notes, findings: findings.map((one) => `${one.rule} ${one.severity}`) };
}

test.each<[string, (made: Repository) => void]>([
  ['lowers a shipped rule', (made) => made.commit('guard/ACME001.json', MILD)],
  [
    'adds a rule that lowers',
    (made) => made.commit('guard/ACME002.json', MILD.replace('ACME001', 'ACME002')),
  ],
  ['does so without a commit', (made) => made.write('guard/ACME001.json', MILD)],
  [
    'says that the type is worth nothing',
    (made) =>
      made.commit(
        'guard/types.tsv',
        'type\tholds\tseverity\twhy\treason\texpires\naws_*\tnothing\tlow\tx\tx\t2099-01-01\n',
      ),
  ],
  ['takes the rules away', ({ cwd }) => rmSync(join(cwd, 'guard'), { recursive: true })],
  ['breaks the rules', (made) => made.commit('guard/ACME001.json', '{')],
  [
    'puts a link in the place of the folder',
    (made) => {
      made.write('mild/ACME001.json', MILD);
      rmSync(join(made.cwd, 'guard'), { recursive: true });
      symlinkSync('mild', join(made.cwd, 'guard'));
    },
  ],
])('a change that %s is judged by the rules of the base branch', async (_, change) => {
  const made = clone();
  const before = await judged(made);
  expect(before.findings).toContain('ACME001 critical');
  change(made);
  const after = await judged(made);
  expect(after).toEqual({
    ...before,
    exitCode: EXIT.signOffRequired,
    notes: [...before.notes, expect.stringContaining('guard differs in the change under review')],
  });
});

test('a folder that the change adds to a policy without one is not read', async () => {
  const made = clone('version: 1\n');
  made.commit('check-plan.yaml', POLICY);
  made.commit('guard/ACME001.json', MILD);
  const { findings, exitCode } = await judged(made);
  expect(findings.some((one) => one.startsWith('ACME001'))).toBe(false);
  expect(exitCode).toBe(EXIT.signOffRequired);
});

test('another folder on the base branch is another policy', async () => {
  const made = clone();
  const { policy } = await judged(made);
  made.git('checkout', '-q', 'main');
  made.commit('guard/ACME001.json', rule({ severity: 'high' }));
  made.git('update-ref', 'refs/remotes/origin/main', 'main');
  const { policy: now, findings } = await judged(made);
  expect(findings).toContain('ACME001 high');
  expect(now).toMatchObject({ source: policy.source });
  expect(now.digest).not.toBe(policy.digest);
});
