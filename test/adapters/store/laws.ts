import { expect } from 'vitest';
import type { Store } from '../../../src/adapters/store/store.ts';

const text = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : Buffer.from(bytes).toString();

/** What every store keeps, whatever it is made of. `open` opens the same store once more, as another process would. */
export async function keepsTheLaws(open: () => Promise<Store>): Promise<void> {
  const store = await open();
  expect(await store.list('')).toEqual([]);
  expect(await store.get('a.json')).toBeNull();
  expect(await store.put('log/000000000002.json', Buffer.from('two'))).toBe(true);
  expect(await store.put('log/000000000001.json', Buffer.from('one'))).toBe(true);
  expect(await store.put('a.json', Buffer.from('first'))).toBe(true);
  expect(await store.put('a.json', Buffer.from('second'))).toBe(false);
  const other = await open();
  expect(text(await other.get('a.json'))).toBe('first');
  expect(await other.list('log/')).toEqual(['log/000000000001.json', 'log/000000000002.json']);
  expect(await other.list('')).toEqual(['a.json', 'log/000000000001.json', 'log/000000000002.json']);
  expect(await other.put('log/000000000001.json', Buffer.from('another'))).toBe(false);
  expect(text(await (await open()).get('log/000000000001.json'))).toBe('one');
  for (const name of ['../x', '/x', 'a//b', 'A.json', '.hidden', 'a b', '', 'x\n', '-x'])
    await expect(store.put(name, Buffer.from('x'))).rejects.toMatchObject({ code: 'internal' });
}

/** Of many who put the same name at once, exactly one does, and what it put is there. */
export async function letsOneWin(open: () => Promise<Store>, racers: number): Promise<void> {
  const stores = await Promise.all(Array.from({ length: racers }, open));
  const won = await Promise.all(
    stores.map((store, index) => store.put('used/x.txt', Buffer.from(`racer ${index}`))),
  );
  expect(won.filter(Boolean)).toHaveLength(1);
  expect(text(await (await open()).get('used/x.txt'))).toBe(`racer ${won.indexOf(true)}`);
}
