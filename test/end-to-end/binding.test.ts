import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deletion, planOf, update } from '../attacks/plans.ts';
import { type Outside, runIn } from '../cli/memory-io.ts';

/** The digest of a plan, and what whoever signs it permits. */
async function signedOf(plan: string, outside: Outside = {}, ...options: readonly string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'check-plan-binding-'));
  writeFileSync(join(cwd, 'plan.json'), plan);
  const argv = ['plan.json', '--request', 'request.json', '--format', 'json', ...options];
  const { stdout } = await runIn(argv, { cwd, ...outside });
  const request: { permits: readonly string[] } = JSON.parse(readFileSync(join(cwd, 'request.json'), 'utf8'));
  return { digest: JSON.parse(stdout).changeSets[0].signOffDigest as string, permits: request.permits };
}

const bucket = (index: number, element: object = {}): object => ({
  ...(deletion({ change: { before: { id: `b-${index}`, tags: { env: 'prod' } } } }) as object),
  address: `aws_s3_bucket.b[${index}]`,
  type: 'aws_s3_bucket',
  ...element,
});
const untouched = (index: number): object => ({
  ...bucket(index),
  change: {
    actions: ['no-op'],
    before: { id: `b-${index}` },
    after: { id: `b-${index}` },
    after_unknown: {},
  },
});
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('a mass destruction that is signed', () => {
  const plan = (destroyed: readonly number[], kept: readonly number[]): string =>
    planOf(...destroyed.map((index) => bucket(index)), ...kept.map(untouched));

  test('stays signed when more is left alone, and not when other things are destroyed', async () => {
    const signed = await signedOf(plan(range(0, 25), range(100, 105)));
    expect(signed.permits).toContain('finding "CP015"');
    expect(await signedOf(plan(range(0, 25), range(100, 140)))).toEqual(signed);
    expect((await signedOf(plan(range(1, 26), range(100, 105)))).digest).not.toBe(signed.digest);
    expect((await signedOf(plan(range(0, 26), range(100, 105)))).digest).not.toBe(signed.digest);
  });
});

describe('a value that may not be shown', () => {
  const replaced = (secret: string): string =>
    planOf(
      update(
        {},
        {},
        {
          change: {
            actions: ['delete', 'create'],
            before: { id: 'db-1', tags: { env: 'prod' }, token: secret },
            after: { tags: { env: 'prod' }, token: `${secret}-new` },
            after_unknown: { id: true },
            replace_paths: [['token']],
          },
        },
      ),
    );
  const KEY = { env: { PATH: process.env['PATH'], CHECK_PLAN_HIDDEN_KEY: 'k'.repeat(32) } };

  test('is bound, and neither it nor a plain hash of it is in the request', async () => {
    const { createHash } = await import('node:crypto');
    const [first, second] = [await signedOf(replaced('1234')), await signedOf(replaced('5678'))];
    expect(first.digest).not.toBe(second.digest);
    expect(first).toEqual(await signedOf(replaced('1234')));
    const text = first.permits.join('\n');
    expect(text).toContain('hidden 2 "scrypt"');
    for (const guess of ['1234', '"1234"']) {
      expect(text).not.toContain(guess);
      for (const algorithm of ['sha256', 'sha512', 'sha1', 'md5'])
        expect(text).not.toContain(createHash(algorithm).update(guess).digest('hex'));
    }
  });

  test('is bound by the key of the organisation, where there is one', async () => {
    const [keyed, plain] = [await signedOf(replaced('1234'), KEY), await signedOf(replaced('1234'))];
    expect(keyed.permits.at(-1)).toMatch(/^hidden 2 "hmac" /);
    expect(keyed.digest).not.toBe(plain.digest);
    expect((await signedOf(replaced('1234'), KEY)).digest).toBe(keyed.digest);
  });

  test('is not bound by a key that is too short to help', async () => {
    const { exitCode, stderr } = await runIn(['-'], {
      stdin: replaced('1'),
      env: { ...KEY.env, CHECK_PLAN_HIDDEN_KEY: 'short' },
    });
    expect(exitCode).toBe(64);
    expect(stderr).toContain('needs 32');
    expect(stderr).not.toContain('short');
  });
});
