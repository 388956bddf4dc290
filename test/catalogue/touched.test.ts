import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { touchedBy } from '../../src/catalogue/touched.ts';
import { isObject } from '../../src/model/json.ts';
import { catalogue } from './catalogue-under-test.ts';
import { changeOf } from './sample.ts';

describe('what an update does not touch', () => {
  const namesLeft = (...sides: Parameters<typeof changeOf>): readonly string[] => {
    const { before, after } = touchedBy(changeOf(...sides));
    return isObject(before) && isObject(after) ? [...new Set([...before.keys(), ...after.keys()])] : [];
  };

  test('is left out, and what differs or may differ is not', () => {
    const before = { same: [{ a: 1 }], changed: 1, gone: 'x', untold: 2, masked: { deep: 1 }, plain: 3 };
    const after = { same: [{ a: 1 }], changed: 2, came: 'y', untold: 2, masked: { deep: 1 }, plain: 3 };
    const afterUnknown = { untold: true, masked: { deep: [true] }, plain: { deep: [false] } };
    const left = namesLeft('aws_thing', { before, after, afterUnknown });
    expect(left).toEqual(['changed', 'gone', 'untold', 'masked', 'came']);
    const more = { beforeUnknown: new Map([['plain', true]]) };
    expect(namesLeft('aws_thing', { before, after }, more)).toContain('plain');
  });

  test.each([true, [true]])('is not known where the mask is %j', (afterUnknown) => {
    const change = changeOf('aws_thing', { before: { a: 1 }, after: { a: 1 }, afterUnknown });
    expect(touchedBy(change)).toBe(change);
  });

  const SETTINGS = {
    deletion_protection: true,
    backup_retention_period: 7,
    skip_final_snapshot: false,
    multi_az: true,
    allocated_storage: 200,
    parameter: [{ name: 'a', value: '1' }],
    vpc_security_group_ids: ['sg-1', 'sg-2'],
  };

  test('has no say in what an update takes away', () => {
    const names = Object.keys(SETTINGS) as (keyof typeof SETTINGS)[];
    fc.assert(
      fc.property(fc.subarray(names), fc.subarray(names), (touched, alike) => {
        const of = (kept: readonly string[]) =>
          Object.fromEntries(Object.entries(SETTINGS).filter(([name]) => kept.includes(name)));
        const still = alike.filter((name) => !touched.includes(name));
        const assessed = (besides: readonly string[]) => {
          const sides = { before: of([...touched, ...besides]), after: of(besides) };
          const { disarmed, disruptions } = catalogue.assess(changeOf('aws_db_instance', sides));
          return { disarmed, disruptions };
        };
        expect(assessed(still)).toEqual(assessed([]));
      }),
    );
  });
});
