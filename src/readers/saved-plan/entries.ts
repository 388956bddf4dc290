import { unzipSync } from 'fflate';
import { reading, Unread } from './unread.ts';

export interface Entries {
  /** The message that describes the plan. */
  readonly plan: Uint8Array;
  /** The state that it was made for, as JSON. */
  readonly state: Uint8Array;
}

/** An entry that says it is larger is not unpacked: the zip may be a bomb, and what is wanted of it is small. */
const LARGEST_ENTRY = 128 * 1024 * 1024;

/** The end of a zip without a comment (APPNOTE.TXT 4.3.16), and where in it the directory is said to be. */
const END = 22;
const END_MARK = 0x06054b50;

/**
 * The two entries of a saved plan that tell of its context. Terraform's reader and this one must find the same: so the
 * directory lies right before the end, nothing follows it, and no name is there twice.
 */
export function entriesOf(zip: Uint8Array): Entries {
  refuseAmbiguous(zip);
  const seen = new Set<string>();
  const found = reading('the zip', () =>
    unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        if (seen.has(name)) throw new Unread(`the zip has two entries ${JSON.stringify(name)}`);
        seen.add(name);
        if (name !== 'tfplan' && name !== 'tfstate') return false;
        if (originalSize > LARGEST_ENTRY)
          throw new Unread(`its ${name} has ${originalSize} bytes, and ${LARGEST_ENTRY} are read at most`);
        return true;
      },
    }),
  );
  const { tfplan, tfstate } = found;
  if (tfplan === undefined || tfstate === undefined)
    throw new Unread('it has no tfplan, or no tfstate, in it');
  return { plan: tfplan, state: tfstate };
}

function refuseAmbiguous(zip: Uint8Array): void {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = zip.length - END;
  if (end < 0 || view.getUint32(end, true) !== END_MARK || view.getUint16(end + 20, true) !== 0)
    throw new Unread('something follows the end of the zip');
  if (view.getUint32(end + 16, true) + view.getUint32(end + 12, true) !== end)
    throw new Unread('the directory of the zip is not where its end says');
}
