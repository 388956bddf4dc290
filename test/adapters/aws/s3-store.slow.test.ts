import { afterEach, beforeEach, expect, test } from 'vitest';
import { s3Store } from '../../../src/adapters/aws/s3-store.ts';
import { keepsTheLaws, letsOneWin } from '../store/laws.ts';
import { type Fault, type S3Server, startS3 } from './s3-server.ts';

let s3: S3Server;
const before = { ...process.env };
beforeEach(async () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  s3 = await startS3();
});
afterEach(async () => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  await s3.close();
});
const opened = () => s3Store(s3.place());

test('it keeps the laws of a store', () => keepsTheLaws(opened));

test('of many who put the same name one wins', () => letsOneWin(opened, 12));

test('it never deletes or replaces, so Object Lock may be on', async () => {
  await keepsTheLaws(opened);
  expect(s3.requests.filter((request) => !/^(GET|PUT) /.test(request))).toEqual([]);
  expect(s3.objects.get('team/sign-offs/a.json')?.toString()).toBe('first');
});

test('a list of many pages is read to its end', async () => {
  s3.pageSize = 3;
  const store = await opened();
  const names = Array.from({ length: 10 }, (_, index) => `n${index}.json`);
  for (const name of names) await store.put(name, Buffer.from(name));
  expect(await store.list('')).toEqual(names);
});

test.each<Fault[]>([
  ['error'],
  ['slow-down', 'error'],
  ['lost-answer'],
  ['conflict', 'conflict'],
  ['lost-answer', 'error'],
])('a put goes through %j %j, once', async (...faults) => {
  const store = await opened();
  await store.put('first.json', Buffer.from('x'));
  s3.faults.push(...faults.filter((fault) => fault !== undefined));
  expect(await store.put('used/a.txt', Buffer.from('mine'))).toBe(true);
  expect(await store.put('used/a.txt', Buffer.from('another'))).toBe(false);
  expect(s3.objects.get('team/sign-offs/used/a.txt')?.toString()).toBe('mine');
});

test('an answer that was lost is not taken for a win where another one won', async () => {
  const [mine, other] = [await opened(), await opened()];
  await mine.put('first.json', Buffer.from('x'));
  await other.put('used/a.txt', Buffer.from('other'));
  s3.faults.push('error');
  expect(await mine.put('used/a.txt', Buffer.from('mine'))).toBe(false);
});

test('a server that does not heed conditions is no store', async () => {
  s3.heedsConditions = false;
  await expect((await opened()).put('used/a.txt', Buffer.from('mine'))).rejects.toMatchObject({
    code: 'store-failed',
    message: expect.stringContaining('If-None-Match'),
  });
});

test('a server that is not there is an error, and not an empty store', async () => {
  const store = await opened();
  await s3.close();
  await expect(store.list('')).rejects.toMatchObject({ code: 'store-failed' });
  await expect(store.get('a.json')).rejects.toMatchObject({ code: 'store-failed' });
});

test.each(['s3://', 's3:bucket', 's3://user:secret@bucket/x', 's3://bucket/x?acl=public-read'])(
  '%s names no bucket',
  async (place) => {
    await expect(s3Store(place)).rejects.toMatchObject({ code: 'usage' });
  },
);
