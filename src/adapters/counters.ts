import { parseJson } from '../readers/json/parse.ts';
import { counterOf, type SeenCounter } from '../signoff/counter.ts';
import { isRecordName } from './records.ts';
import type { Store } from './store/store.ts';

/**
 * What all records in the store say of the counters of security keys, for whatever destruction they are. It is the
 * memory of this store only: whoever can delete a record there can make it forget.
 */
export async function readCounters(store: Store): Promise<readonly SeenCounter[]> {
  const names = await store.list('').catch(() => []);
  const seen: SeenCounter[] = [];
  for (const name of names.filter(isRecordName)) {
    const bytes = await store.get(name).catch(() => null);
    const counter = bytes === null ? null : counterOf(bytes, parseJson);
    if (counter !== null) seen.push(counter);
  }
  return seen;
}
