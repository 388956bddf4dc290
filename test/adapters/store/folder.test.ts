import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderStore } from '../../../src/adapters/store/folder.ts';
import { temporaryFolder } from '../repository.ts';
import { keepsTheLaws, letsOneWin } from './laws.ts';

const opened = (path: string) => async () => folderStore(path, path);

test('it keeps the laws of a store', () => keepsTheLaws(opened(join(temporaryFolder(), 'a', 'store'))));

test('of many who put the same name one wins', () => letsOneWin(opened(temporaryFolder()), 20));

test('a draft that a killed process left is no piece, and is in nobody’s way', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '.0123456789abcdef.tmp'), 'half of it');
  const store = folderStore(folder, folder);
  expect(await store.list('')).toEqual([]);
  expect(await store.put('a.json', Buffer.from('whole'))).toBe(true);
  expect(await store.list('')).toEqual(['a.json']);
});

test('killed at any moment of a put, there is the whole piece or none', async () => {
  const folder = temporaryFolder();
  const bytes = 'x'.repeat(200_000);
  const source = join(folder, 'bytes');
  writeFileSync(source, bytes);
  // The same steps as a put, in a process that can be killed.
  const script = `cd ${folder}/store && while :; do n=$((n+1)); cp ${source} .draft$n.tmp && ln .draft$n.tmp $n.json; rm -f .draft$n.tmp; done`;
  mkdirSync(join(folder, 'store'));
  const child = spawn('sh', ['-c', script], { stdio: 'ignore' });
  await new Promise((done) => setTimeout(done, 200));
  child.kill('SIGKILL');
  await new Promise((done) => child.on('close', done));
  const store = folderStore(join(folder, 'store'), 'store');
  const names = await store.list('');
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect((await store.get(name))?.length).toBe(bytes.length);
});

test('links are told, and not followed', async () => {
  const folder = temporaryFolder();
  const elsewhere = temporaryFolder();
  writeFileSync(join(elsewhere, 'x.json'), 'x');
  const store = folderStore(folder, folder);
  symlinkSync(join(elsewhere, 'x.json'), join(folder, 'x.json'));
  symlinkSync(elsewhere, join(folder, 'used'));
  await expect(store.get('x.json')).rejects.toMatchObject({ code: 'store-failed' });
  await expect(store.put('used/y.txt', Buffer.from('y'))).rejects.toMatchObject({ code: 'store-failed' });
  expect(await store.put('x.json', Buffer.from('mine'))).toBe(false);
  expect(readdirSync(elsewhere)).toEqual(['x.json']);
  expect(readFileSync(join(elsewhere, 'x.json'), 'utf8')).toBe('x');
});

test.skipIf(!existsSync('/usr/bin/mkfifo'))('a pipe in it holds nobody up', async () => {
  const folder = temporaryFolder();
  execFileSync('/usr/bin/mkfifo', [join(folder, 'p.json')]);
  await expect(folderStore(folder, folder).get('p.json')).rejects.toMatchObject({ code: 'store-failed' });
});
