import { describe, expect, test } from 'vitest';
import { missing, named, scene, withPolicy } from './scene.ts';

describe.skipIf(missing)(named('T10 a key that no longer counts'), () => {
  test.each([
    ['revoked after it has signed', 'revoked: true', 'key-valid'],
    ['whose time is over', 'validBefore: "2026-11-22T12:00:00Z"', 'key-valid'],
    ['whose time has not come', 'validAfter: "2026-11-22T12:00:01Z"', 'key-valid'],
    ['in the last second of its time', 'validBefore: "2026-11-22T12:00:01Z"', 'accepted'],
  ])('%s', async (_, limit, verdict) => {
    const here = await scene();
    here.put(here.forged('alice'));
    withPolicy(here, (yaml) => yaml.replace(/keys: \["([^"]+)"\]/, `keys: [{ key: "$1", ${limit} }]`));
    expect((await here.check()).verdicts).toEqual([verdict]);
  });

  test('taken out of the roster', async () => {
    const here = await scene();
    here.put(here.forged('alice'));
    withPolicy(here, (yaml) => yaml.replace(/\n +keys: \["[^"]+"\]/, ''));
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['roster-key'] });
  });

  test('a policy that cannot be read is no policy without revocations', async () => {
    const here = await scene();
    here.put(here.forged('alice'));
    withPolicy(here, (yaml) => `${yaml}\n  : [`);
    expect(await here.check()).toMatchObject({ exitCode: 1, verdicts: [] });
  });
});
