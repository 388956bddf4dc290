import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RecordFile, readRecord, readRecords, writeRecord } from '../../src/adapters/records.ts';
import { folderStore } from '../../src/adapters/store/folder.ts';
import type { FoundRecord } from '../../src/records.ts';
import { RECORD_LIMIT } from '../../src/signoff/envelope.ts';

const hex = 'ab'.repeat(32);
const digest = `sha256:${hex}`;
const alice = 'SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU';
const bob = 'SHA256:p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM';
const bytes = Buffer.from('{}\n');

const at = (path: string) => folderStore(path, path);

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'check-plan-records-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const contents = (files: readonly (RecordFile | FoundRecord)[]): string[] =>
  files.map((file) => ('bytes' in file ? Buffer.from(file.bytes).toString() : `problem: ${file.problem}`));
const put = (name: string, content: string | Buffer = 'x'): string => {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
};

test('a record that is written is found again, under the name of its digest and key', async () => {
  const nested = join(directory, 'a', 'records');
  const path = await writeRecord(at(nested), digest, alice, bytes);
  expect(path).toBe(join(nested, `${hex}.f83898df.ca3d163bab055381.json`));
  expect(readFileSync(path)).toEqual(bytes);
  expect(statSync(path).mode & 0o777).toBe(0o644);
  expect(await readRecords(at(nested), digest)).toEqual([
    {
      source: path,
      kind: 'sign-off',
      bytes,
      recordDigest: expect.stringMatching(/^ca3d163bab055381/),
      usedBy: null,
    },
  ]);
  expect(readdirSync(nested)).toHaveLength(1);
});

test('two persons have two records, and one who signs again has another: nothing is replaced', async () => {
  await writeRecord(at(directory), digest, alice, Buffer.from('1'));
  await writeRecord(at(directory), digest, bob, Buffer.from('2'));
  await writeRecord(at(directory), digest, alice, Buffer.from('3'));
  await writeRecord(at(directory), digest, alice, Buffer.from('3'));
  expect(contents(await readRecords(at(directory), digest)).sort()).toEqual(['1', '2', '3']);
});

test('only names of exactly this digest are looked at', async () => {
  put(`${hex}.0123abcd.json`, 'right');
  for (const name of [
    `${'cd'.repeat(32)}.0123abcd.json`,
    `${hex}.json`,
    `${hex}.0123ABCD.json`,
    `${hex}.0123abcde.json`,
    `${hex}.0123abcd.json.bak`,
    `x${hex}.0123abcd.json`,
    `${hex}.0123abcd.json\n`,
  ])
    put(name, 'wrong');
  expect(contents(await readRecords(at(directory), digest))).toEqual(['right']);
});

test('no directory means no records', async () => {
  expect(await readRecords(at(join(directory, 'none')), digest)).toEqual([]);
});

test.each(['', '/'])('a directory that is a link is refused, also as "records%s"', async (end) => {
  mkdirSync(join(directory, 'real'));
  symlinkSync('real', join(directory, 'records'));
  put(`real/${hex}.0123abcd.json`);
  const link = `${join(directory, 'records')}${end}`;
  expect(contents(await readRecords(at(link), digest))).toEqual([expect.stringContaining('symbolic link')]);
  await expect(writeRecord(at(link), digest, alice, bytes)).rejects.toMatchObject({ code: 'sign-failed' });
  expect(readdirSync(join(directory, 'real'))).toHaveLength(1);
});

test('a file in the place of the directory is a problem', async () => {
  const path = put('records');
  expect(contents(await readRecords(at(path), digest))).toEqual([expect.stringContaining('not a directory')]);
  await expect(writeRecord(at(path), digest, alice, bytes)).rejects.toMatchObject({ code: 'sign-failed' });
});

test('what is not a regular file of an allowed size is a problem, and never left out', async () => {
  const real = put('real.json', '{}');
  symlinkSync(real, join(directory, `${hex}.00000001.json`));
  symlinkSync('/nowhere', join(directory, `${hex}.00000002.json`));
  mkdirSync(join(directory, `${hex}.00000003.json`));
  put(`${hex}.00000004.json`, Buffer.alloc(RECORD_LIMIT + 1, 0x20));
  put(`${hex}.00000005.json`, Buffer.alloc(RECORD_LIMIT, 0x20));
  const found = await readRecords(at(directory), digest);
  expect(found.map((file) => ('problem' in file ? file.problem : file.bytes.length))).toEqual([
    expect.stringContaining('symbolic link'),
    expect.stringContaining('symbolic link'),
    expect.stringContaining('not a regular file'),
    expect.stringContaining(String(RECORD_LIMIT)),
    RECORD_LIMIT,
  ]);
});

test.skipIf(!existsSync('/usr/bin/mkfifo'))('a pipe is a problem, and nobody waits for it', async () => {
  execFileSync('/usr/bin/mkfifo', [join(directory, `${hex}.00000001.json`)]);
  expect(contents(await readRecords(at(directory), digest))).toEqual([
    expect.stringContaining('not a regular file'),
  ]);
});

test('one record by its path', async () => {
  expect(await readRecord(put('any-name.json', '{}'))).toMatchObject({ bytes: Buffer.from('{}') });
  expect(await readRecord(join(directory, 'none.json'))).toMatchObject({ problem: 'it does not exist' });
  symlinkSync('any-name.json', join(directory, 'link.json'));
  expect(await readRecord(join(directory, 'link.json'))).toHaveProperty('problem');
});

test('what lies in the place of the new record is not followed and not taken for it', async () => {
  const victim = put('victim', 'safe');
  const [name = ''] = (await writeRecord(at(directory), digest, alice, bytes)).split('/').slice(-1);
  rmSync(join(directory, name));
  symlinkSync(victim, join(directory, name));
  await expect(writeRecord(at(directory), digest, alice, bytes)).rejects.toMatchObject({
    code: 'sign-failed',
  });
  expect(readFileSync(victim, 'utf8')).toBe('safe');
});

test('a failed write leaves nothing behind', async () => {
  await expect(writeRecord(at(directory), digest, bob, Buffer.alloc(RECORD_LIMIT + 1))).rejects.toMatchObject(
    {
      code: 'sign-failed',
    },
  );
  expect(readdirSync(directory)).toEqual([]);
});

test.each(['', hex, 'sha256:../../etc/passwd', `sha256:${hex.toUpperCase()}`, `${digest}\n`])(
  'the digest %j is none',
  async (wrong) => {
    await expect(readRecords(at(directory), wrong)).rejects.toMatchObject({ code: 'internal' });
    await expect(writeRecord(at(directory), wrong, alice, bytes)).rejects.toMatchObject({ code: 'internal' });
  },
);

test.each(['', 'MD5:aa', 'SHA256:../../x', `${alice}=`])('the fingerprint %j is none', async (wrong) => {
  await expect(writeRecord(at(directory), digest, wrong, bytes)).rejects.toMatchObject({ code: 'internal' });
});

test.skipIf(process.getuid?.() === 0)('a directory that may not be read is a problem', async () => {
  chmodSync(directory, 0o000);
  expect(contents(await readRecords(at(directory), digest))).toEqual([expect.stringContaining('may not')]);
  chmodSync(directory, 0o700);
});
