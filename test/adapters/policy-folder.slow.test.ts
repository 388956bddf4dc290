import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPolicy } from '../../src/adapters/policy-file.ts';
import { CheckError } from '../../src/model/error.ts';
import { ENV, type Repository, repository, temporaryFolder } from './repository.ts';

const POLICY = 'version: 1\nown: { folder: guard/rules }\n';
const TYPES = 'type\tholds\tseverity\twhy\nacme_vault\tdata\tcritical\tthe secrets of every team\n';
const MILD = 'type\tholds\tseverity\twhy\treason\texpires\nacme_vault\tcontrol\tlow\tx\tx\t2099-01-01\n';

/** `main` has a policy with a folder; what follows is on the branch `change`. */
function guarded(): Repository {
  const made = repository();
  made.write('guard/rules/types.tsv', TYPES);
  made.commit('check-plan.yaml', POLICY);
  made.git('checkout', '-q', '-b', 'change');
  return made;
}

const load = ({ cwd }: Pick<Repository, 'cwd'>, option: string | null = null, base: string | null = 'main') =>
  loadPolicy({ cwd, env: ENV }, option, base);

const filesOf = async (made: Repository): Promise<Record<string, string>> =>
  Object.fromEntries((await load(made)).policy.own?.folder?.files ?? []);

async function refusal(loading: Promise<unknown>): Promise<string> {
  const thrown = await loading.catch((error: unknown) => error);
  if (!(thrown instanceof CheckError)) return 'it was read';
  return `${thrown.code}: ${thrown.message}`;
}

describe('the folder that a policy names is read from where the policy is', () => {
  test('from the base branch, in CI', async () => {
    const made = guarded();
    expect(await filesOf(made)).toEqual({ 'types.tsv': TYPES });
    expect((await load(made)).notes).toEqual([]);
  });

  test.each<[string, (made: Repository) => void]>([
    ['is another one', (made) => made.commit('guard/rules/types.tsv', MILD)],
    ['is another one and not committed', (made) => made.write('guard/rules/types.tsv', MILD)],
    ['has one file more', (made) => made.commit('guard/rules/ACME001.json', '{}')],
    ['is gone', ({ cwd }) => rmSync(join(cwd, 'guard'), { recursive: true })],
    [
      'is a link',
      ({ cwd }) => {
        rmSync(join(cwd, 'guard'), { recursive: true });
        symlinkSync('/', join(cwd, 'guard'));
      },
    ],
    [
      'holds a pipe',
      ({ cwd }) => {
        execFileSync('mkfifo', [join(cwd, 'guard/rules/more.json')]);
      },
    ],
    [
      'is very large',
      (made) => {
        made.write('guard/rules/large.json', ' '.repeat(3_000_000));
      },
    ],
  ])('and a change in which it %s is noted, and changes nothing', async (_, change) => {
    const made = guarded();
    const { policy: before } = await load(made);
    change(made);
    const { policy, notes } = await load(made);
    expect(policy).toEqual(before);
    expect(notes).toEqual([expect.stringContaining('guard/rules differs in the change under review')]);
  });

  test('a policy of the change that names another folder is not used either', async () => {
    const made = guarded();
    made.write('loose/types.tsv', MILD);
    made.commit('check-plan.yaml', POLICY.replace('guard/rules', 'loose'));
    const { policy, notes } = await load(made);
    expect(policy.own?.folder?.name).toBe('guard/rules');
    expect(notes).toEqual([expect.stringContaining('check-plan.yaml differs')]);
  });

  test('beside a policy that is not at the top', async () => {
    const made = guarded();
    made.git('mv', 'check-plan.yaml', 'guard/policy.yaml');
    made.commit('guard/policy.yaml', 'version: 1\nown: { folder: rules }\n');
    const { policy } = await load(made, 'git:change:guard/policy.yaml', null);
    expect([...(policy.own?.folder?.files?.keys() ?? [])]).toEqual(['types.tsv']);
    const named = await load(made, 'guard/policy.yaml', null);
    expect(named.policy.digest).toBe(policy.digest);
  });
});

test('the digest is what sha256sum says of the policy and the files of its folder', async () => {
  const made = guarded();
  made.commit('guard/rules/README.md', 'about them');
  made.commit('guard/rules/.gitkeep', 'x');
  const { policy } = await load(made, 'git:change:check-plan.yaml', null);
  const sum = 'sha256sum check-plan.yaml guard/rules/* | sha256sum';
  const expected = execFileSync('bash', ['-c', sum], { cwd: made.cwd, encoding: 'utf8' }).slice(0, 64);
  expect(policy.digest).toBe(expected);
  made.commit('guard/rules/README.md', 'about them.');
  expect((await load(made, 'git:change:check-plan.yaml', null)).policy.digest).not.toBe(expected);
});

/** Each in the working tree, and as it is committed. */
describe.each<[string, (made: Repository) => ReturnType<typeof load>]>([
  ['the working tree', (made) => load(made, 'check-plan.yaml', null)],
  [
    'a commit',
    (made) => {
      made.git('add', '--all');
      made.git('commit', '-q', '-m', 'x');
      return load(made, 'git:change:check-plan.yaml', null);
    },
  ],
])('of %s is not read', (_, read) => {
  test.each<[string, (made: Repository) => void, string]>([
    ['a folder that is not there', ({ cwd }) => rmSync(join(cwd, 'guard'), { recursive: true }), 'guard'],
    [
      'a file in its place',
      (made) => {
        rmSync(join(made.cwd, 'guard/rules'), { recursive: true });
        made.write('guard/rules', 'x');
      },
      'guard/rules',
    ],
    [
      'a link in its place',
      (made) => {
        made.git('mv', 'guard/rules', 'guard/other');
        symlinkSync('other', join(made.cwd, 'guard/rules'));
      },
      'guard/rules',
    ],
    [
      'a link above it',
      (made) => {
        made.git('mv', 'guard', 'other');
        symlinkSync('other', join(made.cwd, 'guard'));
      },
      'guard/rules',
    ],
    [
      'a link in it',
      ({ cwd }) => symlinkSync('/etc/passwd', join(cwd, 'guard/rules/ACME001.json')),
      'ACME001.json',
    ],
    ['a folder in it', (made) => made.write('guard/rules/more/types.tsv', TYPES), 'more'],
    ['an odd name', (made) => made.write('guard/rules/a b.json', '{}'), 'a b.json'],
    [
      'too many files',
      (made) => {
        for (let index = 0; index < 201; index += 1) made.write(`guard/rules/A${index}.json`, '{}');
      },
      'more than 200 files',
    ],
    [
      'too much',
      (made) => {
        for (const name of ['A1', 'A2', 'A3']) made.write(`guard/rules/${name}.json`, ' '.repeat(400_000));
      },
      '1048576',
    ],
    [
      'what is no text',
      ({ cwd }) => writeFileSync(join(cwd, 'guard/rules/types.tsv'), Buffer.from([0xe9])),
      'UTF-8',
    ],
  ])('%s', async (_, spoil, says) => {
    const made = guarded();
    spoil(made);
    const told = await refusal(read(made));
    expect(told).toMatch(/^policy-unreadable: the folder 'guard\/rules'/);
    expect(told).toContain(says);
  });
});

test.each(['..', '../rules', 'a/../b', '/etc', 'a//b', 'a/', '.', './a', 'a\\b', ''])(
  'a policy cannot name %j as its folder',
  async (folder) => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'sub'));
    writeFileSync(
      join(cwd, 'sub/check-plan.yaml'),
      `version: 1\nown: { folder: ${JSON.stringify(folder)} }\n`,
    );
    expect(await refusal(load({ cwd }, 'sub/check-plan.yaml', null))).toMatch(
      /^policy-invalid: .*own\.folder/,
    );
  },
);

test('a policy whose folder was never read is none to judge by', async () => {
  const [{ openCatalogue }, { parsePolicy }] = await Promise.all([
    import('../../src/adapters/catalogue.ts'),
    import('../../src/policy/parse.ts'),
  ]);
  const told = await refusal(openCatalogue(parsePolicy(POLICY, 'check-plan.yaml'), 0));
  expect(told).toContain('guard/rules: the policy names this folder, and it was not read');
});
