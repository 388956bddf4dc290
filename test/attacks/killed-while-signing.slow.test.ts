import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { writeRecord } from '../../src/adapters/records.ts';
import { folderStore } from '../../src/adapters/store/folder.ts';
import { missing, named, scene } from './scene.ts';

/** The program as it is built: `npm run check` builds it first. */
const BUILT = resolve(import.meta.dirname, '../../dist/adapters/records.js');

/** The signer's process dies at any moment: what lies there afterwards is a whole record or none. */
describe.skipIf(missing)(named('killed while it signs'), () => {
  test('before the signature is made: nothing lies there', async () => {
    const here = await scene();
    const bin = join(here.cwd, 'bin');
    mkdirSync(bin);
    // An ssh-keygen that is killed before it has written anything.
    writeFileSync(join(bin, 'ssh-keygen'), '#!/bin/sh\nkill -9 $$\n');
    chmodSync(join(bin, 'ssh-keygen'), 0o755);
    const path = process.env['PATH'];
    process.env['PATH'] = `${bin}:${path}`;
    const { exitCode } = await here.sign('alice');
    process.env['PATH'] = path;
    expect({ exitCode, records: here.records() }).toEqual({ exitCode: 1, records: [] });
    expect(await here.check()).toMatchObject({ exitCode: 3 });
  });

  test.skipIf(!existsSync(BUILT))(
    `at any moment of the writing: a whole record lies there, or none${existsSync(BUILT) ? '' : ' (SKIPPED: run npm run build first)'}`,
    async () => {
      const here = await scene();
      const record = here.forged('alice', (s) => {
        s.predicate.comment = 'x'.repeat(2_000_000);
      });
      const folder = join(here.cwd, '.check-plan/sign-offs');
      const digest: string = (await here.check()).report.changeSets[0].signOffDigest;
      const seen = new Set<string>();
      for (const moment of [0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 15, 40]) {
        await killedAfter(moment, folder, digest, record);
        const lying = here.records().filter((path) => path.endsWith('.json'));
        for (const path of lying) expect(readFileSync(join(here.cwd, path)).equals(record)).toBe(true);
        seen.add(lying.length === 0 ? 'none' : 'whole');
        for (const path of lying) rmSync(join(here.cwd, path));
      }
      expect(seen).toContain('none');
      await writeRecord(folderStore(folder, 'folder'), digest, FINGERPRINT, record);
      expect(await here.check()).toMatchObject({ exitCode: 0, verdicts: ['accepted'] });
    },
  );

  test.each([1, 100, 1000])(
    'what is left of a record that was cut after %i bytes permits nothing',
    async (length) => {
      const here = await scene();
      here.put(here.forged('alice').subarray(0, length));
      expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['record-readable'] });
    },
  );
});

const FINGERPRINT = `SHA256:${'A'.repeat(42)}E`;

/** Runs the writing of the program itself in a process that is killed so many milliseconds after it has begun. */
async function killedAfter(
  milliseconds: number,
  folder: string,
  digest: string,
  record: Uint8Array,
): Promise<void> {
  const source = join(folder, '../../record.json');
  writeFileSync(source, record);
  const script = `
    import { readFileSync } from 'node:fs';
    import { writeRecord } from ${JSON.stringify(pathToFileURL(BUILT).href)};
    import { folderStore } from ${JSON.stringify(pathToFileURL(join(BUILT, '../store/folder.js')).href)};
    const bytes = readFileSync(${JSON.stringify(source)});
    process.stdout.write('begun');
    await writeRecord(folderStore(${JSON.stringify(folder)}, 'folder'), ${JSON.stringify(digest)}, ${JSON.stringify(FINGERPRINT)}, bytes);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await Promise.race([ended, new Promise((begun) => child.stdout.once('data', begun))]);
  await new Promise((passed) => setTimeout(passed, milliseconds));
  child.kill('SIGKILL');
  await ended;
}
