import { CheckError } from '../../model/error.ts';
import { isNumber, type Json } from '../../model/json.ts';
import type { StateIdentity } from '../../model/plan-context.ts';
import { parseJson } from '../json/parse.ts';
import { scanDocument } from '../json/scan.ts';
import { Unread } from './unread.ts';

/** Lineage and serial of the state in a saved plan (version 4, since Terraform 0.12). A new state has no lineage. */
export async function stateIdentity(bytes: Uint8Array): Promise<StateIdentity> {
  const found = new Map<string, Json>();
  const nothing = (): void => {};
  try {
    await scanDocument(once(bytes), {
      want: (key) => (WANTED.has(key) ? 'value' : 'skip'),
      value: (key, raw) => void found.set(key, parseJson(raw, key)),
      element: nothing,
      piece: nothing,
      trailing: nothing,
    });
  } catch (thrown) {
    if (thrown instanceof CheckError) throw new Unread(`its state cannot be read: ${thrown.message}`);
    throw thrown;
  }
  const [lineage, serial] = [found.get('lineage'), found.get('serial')];
  return {
    lineage: typeof lineage === 'string' && lineage !== '' ? lineage : null,
    serial: isNumber(serial) ? serial.text : null,
  };
}

const WANTED: ReadonlySet<string> = new Set(['lineage', 'serial']);

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
