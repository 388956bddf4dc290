import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../src/model/decision.ts';
import { runIn } from '../cli/memory-io.ts';
import { deletion, planOf, update } from './plans.ts';

const HARMLESS = planOf(update({ tags: { env: 'prod' } }, { tags: { env: 'prod', team: 'shop' } }));

/** A folder with a saved plan that destroys, and a JSON that says it does not. `terraform` shows what the saved plan does. */
function folder(): string {
  const cwd = mkdtempSync(join(tmpdir(), 'check-plan-attack-'));
  mkdirSync(join(cwd, 'plans'));
  // The beginning of a zip whose first entry is `tfplan`, as a saved plan has it.
  const head = Buffer.concat([
    Buffer.from('504b0304', 'hex'),
    Buffer.alloc(22),
    Buffer.from([6, 0, 0, 0]),
    Buffer.from('tfplan'),
  ]);
  writeFileSync(join(cwd, 'plans/tfplan'), head);
  writeFileSync(join(cwd, 'plans/tfplan.json'), HARMLESS);
  writeFileSync(join(cwd, 'shown.json'), planOf(deletion()));
  writeFileSync(join(cwd, 'terraform'), `#!/bin/sh\ncat ${cwd}/shown.json\n`);
  chmodSync(join(cwd, 'terraform'), 0o755);
  return cwd;
}

describe('T3 a harmless JSON is shown for a saved plan that destroys', () => {
  test('the JSON alone would pass', async () => {
    expect((await runIn(['-'], { stdin: HARMLESS })).exitCode).toBe(EXIT.allowed);
  });

  test.each([['plans'], ['plans/tfplan'], ['plans/*']])('of %s the saved plan is judged', async (input) => {
    const cwd = folder();
    const { exitCode } = await runIn([input, '--terraform', join(cwd, 'terraform')], { cwd });
    expect(exitCode).not.toBe(EXIT.allowed);
  });

  test('and where it cannot be shown, the JSON does not stand in for it', async () => {
    const cwd = folder();
    const { exitCode } = await runIn(['plans', '--terraform', join(cwd, 'no-such-program')], { cwd });
    expect(exitCode).toBe(EXIT.cannotJudge);
  });
});
