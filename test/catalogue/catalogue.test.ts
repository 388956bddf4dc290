import { expect, test } from 'vitest';
import type { Cause, Value } from '../../src/model/change.ts';
import { catalogue } from './catalogue-under-test.ts';
import { changeOf, deletionOf } from './sample.ts';

test.each([
  ['aws_db_instance', 'data', 'critical'],
  ['aws_elastic_beanstalk_environment', 'compute', 'high'],
  ['google_sql_database_instance', 'data', 'critical'],
  ['null_resource', 'nothing', 'medium'],
  ['terraform_data', 'nothing', 'medium'],
  ['random_password', 'identity', 'high'],
  ['random_id', 'nothing', 'low'],
  ['local_file', 'nothing', 'low'],
  ['acme_gadget', 'unknown', 'high'],
  ['aws_not_yet_known', 'unknown', 'high'],
  ['aws', 'unknown', 'high'],
  ['__proto__', 'unknown', 'high'],
  ['constructor_x', 'unknown', 'high'],
])('%s holds %s, %s', (type, holds, severity) => {
  expect(catalogue.assess(deletionOf(type, {}))).toMatchObject({ holds, severity });
});

test.each(['data', 'ephemeral'] as const)('a %s resource holds nothing of worth', (mode) => {
  expect(catalogue.assess(changeOf('aws_db_instance', {}, { mode, effect: 'read' })).severity).toBe('low');
});

const VISIBILITIES: readonly Value['visibility'][] = ['shown', 'private', 'sensitive', 'unknown', 'absent'];

test.each(VISIBILITIES)(
  'of the causes only private values of listed attributes become shown: %s',
  (visibility) => {
    const value: Value = { exact: '"x"', visibility };
    const cause = (name: string): Cause => ({ kind: 'attribute', path: [name], before: value, after: value });
    const sides = { engine: 'x', password: 'x' };
    const change = changeOf(
      'aws_db_instance',
      { before: sides, after: sides },
      {
        effect: 'replace',
        causes: [cause('engine'), cause('password'), { kind: 'reason', reason: 'r', says: 's' }],
      },
    );
    const expected = { ...value, visibility: visibility === 'private' ? 'shown' : visibility };
    expect(catalogue.assess(change).causes).toEqual([
      { ...cause('engine'), before: expected, after: expected },
      cause('password'),
      { kind: 'reason', reason: 'r', says: 's' },
    ]);
  },
);
