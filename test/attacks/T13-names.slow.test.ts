import { describe, expect, test } from 'vitest';
import { missing, named, scene, withPolicy } from './scene.ts';

describe.skipIf(missing)(named('T13 names that lie'), () => {
  test("a stranger's signature under the key id of alice", async () => {
    const here = await scene();
    const [right, wrong] = [here.forged('alice'), here.forged('mallory')].map((bytes) =>
      JSON.parse(bytes.toString()),
    );
    wrong.signatures[0].keyid = right.signatures[0].keyid;
    here.put(JSON.stringify(wrong));
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['roster-key'] });
  });

  test('a key id that means somebody else changes nothing', async () => {
    const here = await scene();
    const record = JSON.parse(here.forged('alice').toString());
    record.signatures[0].keyid = 'bob';
    here.put(JSON.stringify(record));
    expect((await here.check()).report.signOffs).toMatchObject([{ accepted: true, person: 'alice' }]);
  });

  test('a junior who signs in the name of a senior', async () => {
    const here = await scene();
    here.put(here.forged('bob'));
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['approver'] });
  });

  test('a pattern in the roster matches nobody, and is no roster', async () => {
    for (const odd of ['id: "*"', 'emails: ["*@example.dev"]']) {
      const here = await scene();
      here.put(here.forged('alice'));
      withPolicy(here, (yaml) =>
        yaml.replace(odd.startsWith('id') ? 'id: alice' : 'emails: [alice@example.dev]', odd),
      );
      expect((await here.check()).exitCode).not.toBe(0);
    }
  });
});
