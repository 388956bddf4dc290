import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../src/model/decision.ts';
import { runIn } from '../cli/memory-io.ts';
import { deletion, type Parts, planOf } from './plans.ts';

const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'check-plan-attack-'));

test.each<[string, Parts]>([
  ['nothing', {}],
  ['as a data source', { element: { mode: 'data' } }],
  ['as an ephemeral resource', { element: { mode: 'ephemeral' } }],
  ['as a mode that nobody knows', { element: { mode: 'DATA' } }],
  ['behind a blank in the type', { element: { type: ' aws_db_instance' } }],
  ['behind the case of the type', { element: { type: 'AWS_DB_INSTANCE' } }],
  ['behind no type', { element: { type: '' } }],
  ['behind a type that objects have by birth', { element: { type: 'constructor' } }],
  ['among harmless actions', { change: { actions: ['no-op', 'delete'] } }],
  ['behind the case of an action', { change: { actions: ['Delete'] } }],
  ['behind a blank in an action', { change: { actions: ['delete '] } }],
  ['as a leftover', { element: { deposed: 'a1b2' } }],
  ['as a leftover by number', { element: { deposed: 0 } }],
  ['as an import', { change: { importing: { id: 'db-1' } } }],
  ['as a move from a test', { element: { previous_address: 'module.dev.aws_db_instance.main' } }],
  ['behind a name of a test', { change: { before: { id: 'shop-dev', tags: { env: 'prod' } } } }],
  ['behind a tag in a list', { change: { before: { id: 'shop-dev', tags: ['env:prod'] } } }],
  ['behind a second tag', { change: { before: { id: 'db-1', tags: { env: 'dev', stage: 'prod' } } } }],
  ['behind a tag that looks alike', { change: { before: { id: 'db-1', tags: { env: 'd\u0435v' } } } }],
  [
    'behind a tag that is hidden',
    { change: { before: { id: 'db-1', tags: { env: 'dev' } }, before_sensitive: { tags: true } } },
  ],
  ['behind what comes after', { change: { before: { id: 'db-1' }, after: { tags: { env: 'dev' } } } }],
  [
    'behind a setting of the same change',
    {
      change: {
        actions: ['delete', 'create'],
        after: {
          id: 'db-1',
          skip_final_snapshot: false,
          final_snapshot_identifier: 'x',
          tags: { env: 'prod' },
        },
      },
    },
  ],
  ['behind no values at all', { change: { before: null } }],
])('a deletion does not pass disguised: %s', async (_, parts) => {
  const { exitCode } = await runIn(['-'], { stdin: planOf(deletion(parts)), cwd: emptyFolder() });
  expect(exitCode).toBe(EXIT.signOffRequired);
});

test.each<[string, Parts]>([
  [
    'a schema',
    {
      element: { type: 'snowflake_schema' },
      change: { before: { id: '"ANALYTICS"."STAGING"', name: 'STAGING' } },
    },
  ],
  [
    'a dataset',
    {
      element: { type: 'google_bigquery_dataset' },
      change: { before: { id: 'projects/acme/datasets/stg_orders' } },
    },
  ],
])('the staging layer of a warehouse is not a test: %s', async (_, parts) => {
  const { exitCode } = await runIn(['-'], { stdin: planOf(deletion(parts)), cwd: emptyFolder() });
  expect(exitCode).toBe(EXIT.signOffRequired);
});

test.each<[string, string]>([
  ['no list', '"resource_changes":{}'],
  ['null', '"resource_changes":null'],
  ['a second time', '"resource_changes":[],"resource_changes":[]'],
  ['under another name', '"Resource_Changes":[]'],
])('changes that stand there as %s are no plan', async (_, changes) => {
  const stdin = `{"format_version":"1.2",${changes},"planned_values":{}}`;
  expect((await runIn(['-'], { stdin, cwd: emptyFolder() })).exitCode).toBe(EXIT.cannotJudge);
});
