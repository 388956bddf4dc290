import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendToLog } from '../../src/adapters/log.ts';
import { folderStore } from '../../src/adapters/store/folder.ts';
import { temporaryFolder } from '../adapters/repository.ts';
import { runIn } from '../cli/memory-io.ts';

/** Who wants a decision forgotten changes, drops, reorders or rewrites what the log says of it. */
const entry = (run: string, kind: 'begun' | 'ended') => ({
  at: '2026-11-22T12:00:00.000Z',
  kind,
  run,
  says: [`${kind} ${run}`],
  records: [],
  reviewBy: null,
  review: null,
});

async function logged() {
  const folder = temporaryFolder();
  const store = folderStore(folder, folder);
  for (const run of ['one', 'two', 'three']) {
    await appendToLog(store, entry(run, 'begun'));
    await appendToLog(store, entry(run, 'ended'));
  }
  const audit = (...more: readonly string[]) => runIn(['audit', '--store', folder, ...more], { cwd: folder });
  const file = (seq: number): string => join(folder, 'log', `${String(seq).padStart(12, '0')}.json`);
  return { folder, store, audit, file };
}

const headOf = (stdout: string): string => /^head (\S+)/m.exec(stdout)?.[1] ?? '';

test('as it was written it holds', async () => {
  const { audit } = await logged();
  const { exitCode, stdout } = await audit();
  expect({ exitCode, stdout }).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('everything holds'),
  });
});

test('an entry is changed: the next does not follow on it', async () => {
  const { audit, file } = await logged();
  writeFileSync(file(3), readFileSync(file(3), 'utf8').replace('begun two', 'begun nothing'));
  const { exitCode, stdout } = await audit();
  expect({ exitCode, stdout }).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/BROKEN.*entry 4 follows on another/),
  });
});

test('an entry is dropped', async () => {
  const { audit, file } = await logged();
  rmSync(file(2));
  const { exitCode, stdout } = await audit();
  expect({ exitCode, stdout }).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/BROKEN.*entry 2 is missing/),
  });
});

test('an entry takes the place of another', async () => {
  const { audit, file } = await logged();
  writeFileSync(file(2), readFileSync(file(4)));
  expect((await audit()).exitCode).toBe(1);
});

test('the first entries are dropped', async () => {
  const { audit, file } = await logged();
  rmSync(file(1));
  rmSync(file(2));
  const { stdout } = await audit();
  expect(stdout).toMatch(/BROKEN.*entries 1 to 2 are missing/);
});

test('the end is cut off: the chain holds, and a head that was kept elsewhere does not', async () => {
  const { audit, file } = await logged();
  const head = headOf((await audit()).stdout);
  rmSync(file(6));
  rmSync(file(5));
  expect((await audit()).exitCode).toBe(0);
  const { exitCode, stdout } = await audit('--expect', head);
  expect({ exitCode, stdout }).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('was cut or written anew'),
  });
});

test('the end is cut off in the midst of an apply: it has no end', async () => {
  const { audit, file } = await logged();
  rmSync(file(6));
  const { exitCode, stdout } = await audit();
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 2, stdout: expect.stringMatching(/GAP.*entry 5/) });
});

test('all of it is written anew with right hashes: the head that was kept is not in it', async () => {
  const { audit, folder } = await logged();
  const head = headOf((await audit()).stdout);
  rmSync(join(folder, 'log'), { recursive: true });
  const store = folderStore(folder, folder);
  await appendToLog(store, entry('four', 'begun'));
  await appendToLog(store, entry('four', 'ended'));
  expect((await audit()).exitCode).toBe(0);
  expect((await audit('--expect', head)).exitCode).toBe(1);
});

test('a record is used up and no apply tells of it', async () => {
  const { audit, store } = await logged();
  await store.put(`used/${'ab'.repeat(32)}.txt`, Buffer.from('by nobody'));
  const { exitCode, stdout } = await audit();
  expect({ exitCode, stdout }).toMatchObject({
    exitCode: 2,
    stdout: expect.stringMatching(/GAP.*abababababab/),
  });
});

test('what is no entry at all is told', async () => {
  const { audit, file } = await logged();
  for (const text of ['', '{}', '{"seq":2,"seq":2}', 'null']) {
    writeFileSync(file(2), text);
    expect((await audit()).exitCode).toBe(1);
  }
});

test('many write to it at once, and it is still one chain', async () => {
  const { folder, audit } = await logged();
  const runs = Array.from({ length: 12 }, (_, index) => `racer-${index}`);
  await Promise.all(
    runs.map(async (run) => {
      const store = folderStore(folder, folder);
      await appendToLog(store, entry(run, 'begun'));
      await appendToLog(store, entry(run, 'ended'));
    }),
  );
  const { exitCode, stdout } = await audit();
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('30 entries') });
});
