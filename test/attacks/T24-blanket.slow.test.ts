import { describe, expect, test } from 'vitest';
import { HOUR, missing, NOW, named, scene } from './scene.ts';

/** Approvals that permit more than somebody read. */
describe.skipIf(missing)(named('T24 a blanket approval'), () => {
  test.each([
    ['for anything', ['*']],
    ['for a pattern', ['check-plan/sign-off/2', 'change "aws_*" null']],
    ['for one of what is destroyed', null],
  ])('%s', async (_, permits) => {
    const here = await scene();
    const { createHash } = await import('node:crypto');
    here.put(
      here.forged('alice', (s) => {
        const end = s.predicate.permits.findIndex(
          (line: string, index: number) => index > 8 && line.startsWith('change'),
        );
        const lines = permits ?? s.predicate.permits.slice(0, end);
        s.predicate.permits = lines;
        s.subject[0].digest.sha256 = createHash('sha256')
          .update(`${lines.join('\n')}\n`)
          .digest('hex');
      }),
    );
    const { exitCode, verdicts, report } = await here.check();
    expect({ exitCode, verdicts }).toEqual({ exitCode: 3, verdicts: ['digest'] });
    expect(report.signOffs[0].steps.at(-1).says).toContain('not signed: ');
  });

  test('for one plan it is not for the next to it', async () => {
    const here = await scene();
    await here.sign('alice');
    here.write(
      'other.json',
      here.read('plan.json').replaceAll('db:billing-production"', 'db:orders-production"'),
    );
    const { exitCode, report } = await here.check(['other.json']);
    expect({ exitCode, reasons: report.reasons.map(({ is }: { is: string }) => is) }).toEqual({
      exitCode: 3,
      reasons: ['allowed', 'sign-off-required'],
    });
  });

  test('it is over after its hours, and cannot be asked for longer than the policy lets any live', async () => {
    const here = await scene();
    expect((await here.sign('alice', ['--hours', '25'])).exitCode).toBe(1);
    await here.sign('alice', ['--hours', '2']);
    expect((await here.check([], { now: () => NOW + 2 * HOUR - 1 })).exitCode).toBe(0);
    expect((await here.check([], { now: () => NOW + 2 * HOUR })).exitCode).toBe(3);
  });

  test('whoever signs says how much it is', async () => {
    const here = await scene();
    for (const answer of ['', 'y', 'all', '4', '6', '5 '.repeat(2)])
      expect((await here.sign('alice', [], { ask: async () => answer })).exitCode).toBe(1);
    expect(here.records()).toEqual([]);
  });
});
