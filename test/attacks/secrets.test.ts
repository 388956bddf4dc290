import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runIn } from '../cli/memory-io.ts';
import { deletion, planOf } from './plans.ts';

const SECRET = 'hunter2-9f8e7d';

const replacement = (attribute: string, more: object = {}): object =>
  deletion({
    change: {
      actions: ['delete', 'create'],
      before: { id: 'db-1', tags: { env: 'prod' }, [attribute]: SECRET },
      after: { tags: { env: 'prod' }, [attribute]: `${SECRET}2` },
      replace_paths: [[attribute]],
      ...more,
    },
  });

const CASES: readonly [string, object, Readonly<Record<string, string>>?][] = [
  ['a cause that is not listed', replacement('user_data')],
  ['a cause that is listed and sensitive', replacement('engine', { before_sensitive: { engine: true } })],
  ['a cause that becomes sensitive', replacement('engine', { after_sensitive: { engine: true } })],
  ['a cause in a resource that is sensitive as a whole', replacement('engine', { before_sensitive: true })],
  [
    'a name that is sensitive',
    deletion({ change: { before: { id: 'x', name: `prod-${SECRET}` }, before_sensitive: { name: true } } }),
  ],
  [
    'an id that is sensitive',
    deletion({ change: { before: { id: `prod-${SECRET}` }, before_sensitive: { id: true } } }),
  ],
  [
    'a tag that is sensitive',
    deletion({
      change: {
        before: { id: 'x', tags: { env: `prod ${SECRET}` } },
        before_sensitive: { tags: { env: true } },
      },
    }),
  ],
  ['a tag that tells nothing', deletion({ change: { before: { id: 'x', tags: { token: SECRET } } } })],
  ['a variable of the machine', deletion(), { CLOUD_AGENT_TOKEN: SECRET }],
];

test.each(CASES)('%s is in no report', async (_, change, env = {}) => {
  const cwd = mkdtempSync(join(tmpdir(), 'check-plan-attack-'));
  for (const format of ['text', 'json']) {
    const { stdout, stderr } = await runIn(['-', '--format', format], {
      stdin: planOf(change),
      cwd,
      env: { PATH: process.env['PATH'], ...env },
    });
    expect(stdout).toContain('aws_db_instance.main');
    expect(`${stdout}${stderr}`).not.toContain(SECRET);
  }
});
