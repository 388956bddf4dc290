import { describe, expect, test } from 'vitest';
import { missing, named, scene } from './scene.ts';

/** A record is shown where it was not made for. */
describe.skipIf(missing)(named('T1 a record is replayed'), () => {
  test('it is worth something where it was made', async () => {
    const here = await scene();
    await here.sign('alice');
    expect(await here.check()).toMatchObject({ exitCode: 0, verdicts: ['accepted'] });
  });

  test.each([
    [
      'in another workspace',
      ['--workspace', 'blue'],
      'target workspace was null when it was signed, and is "blue"',
    ],
    ['in another environment', ['--environment', 'production-us'], 'target environment was null'],
  ])('%s', async (_, options, says) => {
    const here = await scene();
    here.put(here.forged('alice'));
    const there = await here.check(options);
    expect(there).toMatchObject({ exitCode: 3, verdicts: [] });
    const { signOffDigest } = there.report.changeSets[0];
    const [record = ''] = here.records();
    here.write(record.replace(/[0-9a-f]{64}/, signOffDigest.slice(7)), here.read(record));
    const again = await here.check(options);
    expect(again).toMatchObject({ exitCode: 3, verdicts: ['digest'] });
    expect(again.report.signOffs[0].steps.at(-1).says).toContain(says);
  });

  test('on another plan of the same repository, under its name', async () => {
    const here = await scene();
    here.put(here.forged('alice'));
    here.write(
      'plan.json',
      here.read('plan.json').replaceAll('db:billing-production"', 'db:billing-production-eu"'),
    );
    const other = await here.check();
    expect(other).toMatchObject({ exitCode: 3, verdicts: [] });
    const [record = ''] = here.records();
    const name = record.replace(/[0-9a-f]{64}/, other.report.changeSets[0].signOffDigest.slice(7));
    here.write(name, here.read(record));
    const again = await here.check();
    expect(again).toMatchObject({ exitCode: 3, verdicts: ['digest'] });
    expect(again.report.signOffs[0].steps.at(-1).says).toContain('physical id was');
  });

  test('on another plan file, where the policy binds to its bytes', async () => {
    const here = await scene();
    here.put(here.forged('alice'));
    here.write('check-plan.yaml', `${here.read('check-plan.yaml')}signOff: { binding: plan-file }\n`);
    expect(await here.check()).toMatchObject({ exitCode: 0 });
    here.write('plan.json', `${here.read('plan.json')}\n`);
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['input-bytes'] });
  });
});
