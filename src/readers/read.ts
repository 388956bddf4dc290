import type { Change } from '../model/change.ts';
import type { ChangeSetFacts } from '../model/changeset.ts';
import { CheckError } from '../model/error.ts';
import { TELLING_KEYS } from './cloudformation/look-alikes.ts';
import { HEAD } from './detect.ts';
import { asUtf8 } from './encoding.ts';
import { withHead } from './head.ts';
import { scanDocument } from './json/scan.ts';
import { readTerraformPlan } from './terraform/read.ts';

/**
 * Reads any document that can be judged: a Terraform or OpenTofu plan, or a CloudFormation change set. Its first bytes
 * say whose it is; the reader it goes to refuses it by name where it is something else after all.
 *
 * Throws what `readTerraformPlan` and `readCloudFormation` throw.
 */
export async function readChangeSet(
  bytes: AsyncIterable<Uint8Array>,
  onChange: (change: Change) => void,
): Promise<ChangeSetFacts> {
  const iterator = bytes[Symbol.asyncIterator]();
  try {
    const start = await withHead({ [Symbol.asyncIterator]: () => iterator }, HEAD);
    const isBlank = start.head.length >= HEAD && firstNoSpace(start.head.subarray(0, HEAD)) < 0;
    const input = isBlank ? await withHead(afterSpace(start.bytes), HEAD) : start;
    if (!(await beginsAsCloudFormation(input.head))) return await readTerraformPlan(input.bytes, onChange);
    const { readCloudFormation } = await import('./cloudformation/read.ts');
    return await readCloudFormation(input.bytes, onChange);
  } finally {
    // What is refused was not read to its end, and behind the bytes may be a file, a program or a thread.
    await iterator.return?.();
  }
}

/** Whether the first bytes of a document are those of a change set of CloudFormation. */
export async function beginsAsCloudFormation(head: Uint8Array): Promise<boolean> {
  const keys = await firstKeys(head.subarray(0, HEAD));
  return keys.some((key) => TELLING_KEYS.has(key));
}

/** The top-level keys in the first bytes of a document, or those of the first object in a list. */
async function firstKeys(head: Uint8Array): Promise<readonly string[]> {
  const keys: string[] = [];
  const nothing = (): void => {};
  try {
    await scanDocument(firstObject(asUtf8(once(head))), {
      want(key) {
        keys.push(key);
        return 'skip';
      },
      value: nothing,
      element: nothing,
      piece: nothing,
      trailing: nothing,
    });
  } catch (thrown) {
    // It is cut off, or no JSON at all: what was seen of it is enough.
    if (!(thrown instanceof CheckError)) throw thrown;
  }
  return keys;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The bytes without a `[` that they begin with. */
async function* firstObject(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let open = true;
  for await (const chunk of chunks) {
    const at = open ? firstNoSpace(chunk) : 0;
    if (at < 0) continue;
    yield open && chunk[at] === OPEN_LIST ? chunk.subarray(at + 1) : chunk.subarray(at);
    open = false;
  }
}

/**
 * The bytes from the first on that is no white space, so that the head of them tells what they are. Offsets in messages
 * then count from there.
 */
async function* afterSpace(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let hasBegun = false;
  for await (const chunk of chunks) {
    const at = hasBegun ? 0 : firstNoSpace(chunk);
    if (at < 0) continue;
    hasBegun = true;
    yield chunk.subarray(at);
  }
}

const firstNoSpace = (bytes: Uint8Array): number => bytes.findIndex((byte) => !SPACE.has(byte));

const OPEN_LIST = 0x5b;
const SPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
