import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '../readers/json/parse.ts';
import { counterOf, type SeenCounter } from '../signoff/counter.ts';
import { readRecord } from './records.ts';

/**
 * What all records in the directory say of the counters of security keys, for whatever destruction they are. It is the
 * memory of this directory only: whoever can delete a record there can make it forget.
 */
export async function readCounters(directory: string): Promise<readonly SeenCounter[]> {
  const names = await readdir(directory).catch(() => []);
  const seen: SeenCounter[] = [];
  for (const name of names.filter((each) => RECORD.test(each)).sort()) {
    const record = await readRecord(join(directory, name));
    const counter = 'bytes' in record ? counterOf(record.bytes, parseJson) : null;
    if (counter !== null) seen.push(counter);
  }
  return seen;
}

const RECORD = /^[0-9a-f]{64}\.[0-9a-f]{8}\.json$/;
