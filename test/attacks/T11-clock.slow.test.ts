import { describe, expect, test } from 'vitest';
import { HOUR, missing, NOW, named, scene } from './scene.ts';

const at = (time: number): string => new Date(time).toISOString();

describe.skipIf(missing)(named('T11 the clock is turned'), () => {
  test.each([
    ['signed in advance', { approvedAt: at(NOW + HOUR), expiresAt: at(NOW + 2 * HOUR) }, 'time'],
    ['valid for a year', { expiresAt: at(NOW + 8760 * HOUR) }, 'time'],
    [
      'dated back, to be valid for longer',
      { approvedAt: at(NOW - 100 * HOUR), expiresAt: at(NOW + HOUR) },
      'time',
    ],
    ['expired', { approvedAt: at(NOW - 2 * HOUR), expiresAt: at(NOW - 1) }, 'time'],
    ['without a zone', { approvedAt: '2026-11-22T11:00:00' }, 'statement'],
    ['on a day that does not exist', { approvedAt: '2026-11-31T11:00:00Z' }, 'statement'],
  ])('%s', async (_, times, step) => {
    const here = await scene();
    here.put(here.forged('alice', (s) => Object.assign(s.predicate, times)));
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: [step] });
  });

  test('the time of the file, of the commit and of the plan decide nothing', async () => {
    const here = await scene();
    here.put(here.forged('alice'));
    here.write(
      'plan.json',
      here.read('plan.json').replace(/"timestamp":\s*"[^"]+"/, '"timestamp":"2020-01-01T00:00:00Z"'),
    );
    const late = { now: () => NOW + 9 * HOUR };
    expect(await here.check([], late)).toMatchObject({ exitCode: 3, verdicts: ['time'] });
  });
});
