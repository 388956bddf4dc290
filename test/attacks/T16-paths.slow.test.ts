import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { missing, named, scene } from './scene.ts';

describe.skipIf(missing)(named('T16 a record that is somewhere else'), () => {
  test('behind a symbolic link', async () => {
    const here = await scene();
    here.put(here.forged('alice'));
    const [record = ''] = here.records();
    renameSync(join(here.cwd, record), join(here.cwd, 'elsewhere.json'));
    symlinkSync(join(here.cwd, 'elsewhere.json'), join(here.cwd, record));
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['record-readable'] });
  });

  test('in a folder behind a symbolic link', async () => {
    const here = await scene();
    here.put(here.forged('alice'));
    const folder = join(here.cwd, '.check-plan/sign-offs');
    renameSync(folder, join(here.cwd, 'elsewhere'));
    symlinkSync(join(here.cwd, 'elsewhere'), folder);
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['record-readable'] });
  });

  test.each(['fifo', 'folder'])('a %s of its name', async (kind) => {
    const here = await scene();
    here.put(here.forged('alice'));
    const [record = ''] = here.records();
    renameSync(join(here.cwd, record), join(here.cwd, 'elsewhere.json'));
    if (kind === 'fifo') execFileSync('mkfifo', [join(here.cwd, record)]);
    else mkdirSync(join(here.cwd, record));
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['record-readable'] });
  });

  test('no name in a record is ever a path', async () => {
    const here = await scene();
    here.put(
      here.forged('alice', (s) => {
        s.predicate.input.name = '../../../../etc/passwd';
      }),
    );
    const { exitCode, report } = await here.check();
    expect(exitCode).toBe(0);
    expect(here.records()).toEqual([report.signOffs[0].source]);
  });
});
