import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ran, runIn } from '../cli/memory-io.ts';
import { copyOf, createRepository, missing, pushMain } from './repository.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const HOUR = 3_600_000;
const RECORDS = '.check-plan/sign-offs';
const POLICY = 'check-plan.yaml';
const COMMITS = ['--commits', 'main..HEAD'];
const INCIDENT_NEEDS = 5;

const PERSON = {
  isTerminal: { stdin: true, stdout: true, stderr: true },
  ask: async () => String(INCIDENT_NEEDS),
};

const check = (cwd: string, ...more: readonly string[]): Promise<Ran> =>
  runIn(['plan.json', ...COMMITS, ...more], { cwd, now: () => NOW });
const exitOf = async (cwd: string, ...more: readonly string[]): Promise<number> =>
  (await check(cwd, ...more)).exitCode;
const destructionOf = async (cwd: string, ...more: readonly string[]) => {
  const { exitCode, stdout } = await check(cwd, ...more, '--format', 'json');
  return { exitCode, digest: JSON.parse(stdout).changeSets[0].signOffDigest };
};
const sign = (cwd: string, key: string, outside: object = {}, ...more: readonly string[]): Promise<Ran> =>
  runIn(['sign', 'plan.json', '--key', key, ...COMMITS, ...more], {
    cwd,
    now: () => NOW,
    env: { PATH: process.env['PATH'] },
    ...PERSON,
    ...outside,
  });
const recordsIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(join(folder, RECORDS));
  } catch {
    return [];
  }
};

describe.skipIf(missing)(
  `the incident, signed${missing ? ' (SKIPPED: git or ssh-keygen is missing)' : ''}`,
  () => {
    const root = mkdtempSync(join(tmpdir(), 'check-plan-sign-off-'));
    const copy = (repository: string): string => copyOf(repository, root);
    afterAll(() => rmSync(root, { recursive: true }));
    let unsigned = '';
    let signed = '';

    beforeAll(async () => {
      unsigned = createRepository(root);
      signed = copy(unsigned);
      const { exitCode, stderr } = await sign(
        signed,
        'keys/alice',
        {},
        '--hours',
        '24',
        '--comment',
        'moved by hand',
      );
      if (exitCode !== 0) throw new Error(`it could not be signed: ${stderr}`);
    });

    /** The signed repository with its plan changed. */
    const withPlan = (edit: (plan: Plan) => void): string => {
      const folder = copy(signed);
      const plan: Plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'));
      edit(plan);
      writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
      return folder;
    };

    test('nothing is signed: a sign-off is required', async () => {
      const { exitCode, stdout } = await check(unsigned, '--format', 'json');
      const report = JSON.parse(stdout);
      expect({ exitCode, decision: report.decision, by: report.authorship.is }).toEqual({
        exitCode: 3,
        decision: 'sign-off-required',
        by: 'ai',
      });
      const needing = report.changeSets[0].changes.filter(
        (each: { needsSignOff: boolean }) => each.needsSignOff,
      );
      expect(needing).toHaveLength(INCIDENT_NEEDS);
    });

    test('a senior has signed: allowed, and the report says who', async () => {
      const { exitCode, stdout } = await check(signed, '--format', 'json');
      const { decision, signOffs } = JSON.parse(stdout);
      expect({ exitCode, decision }).toEqual({ exitCode: 0, decision: 'allowed' });
      expect(signOffs).toMatchObject([
        { accepted: true, person: 'alice', comment: 'moved by hand', expiresAt: '2026-11-23T12:00:00.000Z' },
      ]);
    });

    test('verify says the same of the record', async () => {
      const [record = ''] = recordsIn(signed);
      const { exitCode, stdout } = await runIn(['verify', join(RECORDS, record), 'plan.json', ...COMMITS], {
        cwd: signed,
        now: () => NOW,
      });
      expect(exitCode).toBe(0);
      expect(stdout).toContain('alice');
    });

    describe('what keeps the approval', () => {
      test('a new plan of the same destruction', async () => {
        const folder = withPlan((plan) => {
          plan.timestamp = '2026-11-22T15:00:00Z';
        });
        expect(await exitOf(folder)).toBe(0);
      });

      test('the same destruction with one more harmless change', async () => {
        const folder = withPlan((plan) => {
          const queue = { type: 'aws_sqs_queue', name: 'more', address: 'aws_sqs_queue.more' };
          const created = {
            actions: ['create'],
            before: null,
            after: { name: 'more' },
            after_unknown: { arn: true },
          };
          plan.resource_changes.push({ ...find(plan, 'aws_iam_role.billing'), ...queue, change: created });
        });
        expect(await exitOf(folder)).toBe(0);
      });
    });

    describe('what voids it', () => {
      test.each<[string, (plan: Plan) => void]>([
        [
          'one more deletion',
          (plan) => {
            const { change } = find(plan, 'aws_iam_role.billing');
            Object.assign(change, {
              actions: ['delete'],
              after: null,
              after_sensitive: false,
              after_unknown: {},
            });
          },
        ],
        [
          'another object behind the same address',
          (plan) => {
            const { before } = find(plan, 'aws_db_instance.billing').change;
            if (before === null) throw new Error('this fixture has a database');
            for (const key of ['id', 'arn', 'resource_id'])
              before[key] = String(before[key]).replace(/.$/, '0');
          },
        ],
        [
          'another cause for the same replacement',
          (plan) => {
            find(plan, 'aws_s3_bucket.invoices').change.replace_paths = [['bucket_prefix']];
          },
        ],
        [
          'the new environment is made before the old one goes, not after',
          (plan) => {
            find(plan, 'aws_elastic_beanstalk_environment.billing').change.actions = ['create', 'delete'];
          },
        ],
        [
          'the environment is deleted, and not created again',
          (plan) => {
            const { change } = find(plan, 'aws_elastic_beanstalk_environment.billing');
            Object.assign(change, {
              actions: ['delete'],
              after: null,
              after_sensitive: false,
              after_unknown: {},
            });
          },
        ],
      ])('%s', async (_, edit) => {
        const { exitCode, digest } = await destructionOf(withPlan(edit));
        expect(exitCode).toBe(3);
        expect(digest).not.toBe((await destructionOf(signed)).digest);
      });

      test.each([
        ['another workspace', ['--workspace', 'blue']],
        ['another environment', ['--environment', 'production-us']],
      ])('%s', async (_, more) => {
        const { exitCode, digest } = await destructionOf(signed, ...more);
        expect(exitCode).toBe(3);
        expect(digest).not.toBe((await destructionOf(signed)).digest);
      });

      test('its record under the name of another destruction', async () => {
        const folder = copy(signed);
        const [record = ''] = recordsIn(folder);
        const wanted = JSON.parse((await check(folder, '--workspace', 'blue', '--format', 'json')).stdout);
        const name = wanted.changeSets[0].signOffDigest.replace('sha256:', '') + record.slice(64);
        copyFileSync(join(folder, RECORDS, record), join(folder, RECORDS, name));
        const { exitCode, stdout } = await check(folder, '--workspace', 'blue', '--format', 'json');
        expect(exitCode).toBe(3);
        expect(JSON.parse(stdout).signOffs).toMatchObject([{ accepted: false, person: 'alice' }]);
      });

      test.each([
        ['a moment before it ends', 24 * HOUR - 1, 0],
        ['the moment it ends', 24 * HOUR, 3],
        ['an hour later', 25 * HOUR, 3],
        ['an hour before it was made', -HOUR, 3],
      ])('time: %s', async (_, later, exit) => {
        const { exitCode } = await runIn(['plan.json', ...COMMITS], { cwd: signed, now: () => NOW + later });
        expect(exitCode).toBe(exit);
      });

      test('its record behind a symbolic link', async () => {
        const folder = copy(signed);
        const [record = ''] = recordsIn(folder);
        const elsewhere = join(folder, 'elsewhere.json');
        renameSync(join(folder, RECORDS, record), elsewhere);
        symlinkSync(elsewhere, join(folder, RECORDS, record));
        expect(await exitOf(folder)).toBe(3);
      });

      test('one byte of the record', async () => {
        const folder = copy(signed);
        const [record = ''] = recordsIn(folder);
        const path = join(folder, RECORDS, record);
        const envelope = JSON.parse(readFileSync(path, 'utf8'));
        const payload = Buffer.from(envelope.payload, 'base64')
          .toString('latin1')
          .replace('moved by', 'moved my');
        writeFileSync(
          path,
          JSON.stringify({ ...envelope, payload: Buffer.from(payload, 'latin1').toString('base64') }),
        );
        expect(await exitOf(folder)).toBe(3);
      });
    });

    describe('who cannot sign', () => {
      test.each([
        ['the author of the commit', 'keys/carol'],
        ['somebody below senior', 'keys/bob'],
        ['somebody who is not in the roster', 'keys/mallory'],
      ])('%s', async (_, key) => {
        const folder = copy(unsigned);
        expect((await sign(folder, key)).exitCode).toBe(1);
        expect(recordsIn(folder)).toEqual([]);
        expect(await exitOf(folder)).toBe(3);
      });

      test('the author, by signing where the history does not show', async () => {
        const outside = mkdtempSync(join(root, 'outside-'));
        for (const name of ['plan.json', POLICY]) copyFileSync(join(unsigned, name), join(outside, name));
        const key = join(unsigned, 'keys/carol');
        const made = await runIn(['sign', 'plan.json', '--key', key], {
          cwd: outside,
          now: () => NOW,
          ...PERSON,
        });
        expect(made.exitCode).toBe(0);
        const folder = copy(unsigned);
        mkdirSync(join(folder, RECORDS), { recursive: true });
        for (const record of recordsIn(outside)) {
          copyFileSync(join(outside, RECORDS, record), join(folder, RECORDS, record));
        }
        const { exitCode, stdout } = await check(folder, '--format', 'json');
        const [{ accepted, steps }] = JSON.parse(stdout).signOffs;
        expect({ exitCode, accepted, failed: steps.at(-1) }).toMatchObject({
          exitCode: 3,
          accepted: false,
          failed: { step: 'not-a-hand', holds: false },
        });
      });

      test.each<[string, object]>([
        ['a pipe', { isTerminal: { stdin: false, stdout: true, stderr: true } }],
        ['a log', { isTerminal: { stdin: true, stdout: false, stderr: true } }],
        ['an agent', { env: { PATH: process.env['PATH'], CLAUDECODE: '1' } }],
        ['somebody who did not count', { ask: async () => String(INCIDENT_NEEDS + 1) }],
        ['somebody who says yes', { ask: async () => 'y' }],
        ['nobody', { ask: async () => '' }],
      ])('%s', async (_, outside) => {
        const folder = copy(unsigned);
        const { exitCode } = await sign(folder, 'keys/alice', outside);
        expect({ exitCode, records: recordsIn(folder) }).toEqual({ exitCode: 1, records: [] });
      });
    });

    describe('a policy that the change weakens', () => {
      const weakened = (): string => {
        const folder = copy(unsigned);
        const text = readFileSync(join(folder, POLICY), 'utf8');
        writeFileSync(
          join(folder, POLICY),
          text.replace('id: bob\n      level: mid', 'id: bob\n      level: principal'),
        );
        return folder;
      };

      test('counts for nothing where the policy is read from the protected branch', async () => {
        const folder = weakened();
        expect((await sign(folder, 'keys/bob')).exitCode).toBe(0);
        expect(await exitOf(folder)).toBe(0);
        const { exitCode, stdout } = await check(
          folder,
          '--policy',
          `git:main:${POLICY}`,
          '--format',
          'json',
        );
        const { notes, signOffs } = JSON.parse(stdout);
        expect(exitCode).toBe(3);
        expect(signOffs).toMatchObject([{ accepted: false, person: 'bob', level: 'mid' }]);
        expect(notes).not.toEqual([]);
      });

      test('counts for nothing in CI, where the base branch is taken without being asked', async () => {
        const folder = weakened();
        expect((await sign(folder, 'keys/bob')).exitCode).toBe(0);
        pushMain(folder);
        const { exitCode, stdout } = await runIn(['plan.json', '--format', 'json'], {
          cwd: folder,
          now: () => NOW,
          env: { PATH: process.env['PATH'], GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: 'main' },
        });
        const { policy, signOffs } = JSON.parse(stdout);
        expect({ exitCode, source: policy.source }).toEqual({
          exitCode: 3,
          source: `git:origin/main:${POLICY}`,
        });
        expect(signOffs).toMatchObject([{ accepted: false, person: 'bob', level: 'mid' }]);
      });

      test('a ref that does not exist is no policy at all', async () => {
        expect(await exitOf(signed, '--policy', `git:no-such-branch:${POLICY}`)).toBe(1);
      });
    });

    describe('several plans in one run: the worst of them counts', () => {
      const both = async (other: string, text: string | null): Promise<number> => {
        const folder = copy(signed);
        if (text !== null) writeFileSync(join(folder, other), text);
        return (await runIn(['plan.json', other, ...COMMITS], { cwd: folder, now: () => NOW })).exitCode;
      };

      test.each([
        ['the same signed plan once more', 'plan.json', null, 0],
        ['a destruction that nobody signed', 'destroy.json', fixture('destroy'), 3],
        ['half a plan', 'half.json', fixture('harmless').slice(0, 9000), 1],
        ['a file that is not there', 'missing.json', null, 1],
      ])('%s', async (_, other, text, exit) => {
        expect(await both(other, text)).toBe(exit);
      });
    });

    test('a plan cut short cannot be judged, wherever it is cut, signed or not', async () => {
      const folder = copy(signed);
      const whole = readFileSync(join(folder, 'plan.json'));
      const end = whole.toString('latin1').trimEnd().length;
      const exits = new Map<number, number>();
      for (let place = 0; place < 50; place++) {
        const length = place === 49 ? end - 1 : Math.floor((end * place) / 49);
        const stdin = whole.subarray(0, length);
        exits.set(length, (await runIn(['-'], { cwd: folder, stdin, now: () => NOW })).exitCode);
      }
      expect([...exits].filter(([, exit]) => exit !== 1)).toEqual([]);
      expect(exits.size).toBe(50);
    });
  },
);

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../fixtures', name, 'plan.json'), 'utf8');

interface Plan {
  timestamp: string;
  resource_changes: PlannedChange[];
}
interface PlannedChange {
  address: string;
  change: { actions: string[]; before: Record<string, unknown> | null; replace_paths?: string[][] };
}

function find(plan: Plan, address: string): PlannedChange {
  const found = plan.resource_changes.find((each) => each.address === address);
  if (found === undefined) throw new Error(`the plan has no ${address}`);
  return found;
}
