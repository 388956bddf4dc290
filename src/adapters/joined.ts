import { createHash } from 'node:crypto';
import { CheckError } from '../model/error.ts';
import { parseJson } from '../readers/json/parse.ts';

/** Between the names of files that are one change set together. */
const PLUS = ' + ';

/** The name of a change set that several files make up; any command takes it. */
export const joinedName = (names: readonly string[]): string => names.join(PLUS);

/** The names that such a name is made of; null for any other. */
export function partsOf(name: string): readonly string[] | null {
  const parts = name.split(PLUS);
  return parts.length > 1 && parts.every((part) => part.trim() !== '') ? parts : null;
}

/** One file of several: its name, its text as UTF-8 without a mark, and the digest of the bytes that lie in it. */
export interface Part {
  readonly name: string;
  readonly text: Uint8Array;
  readonly digest: string;
}

/**
 * Several JSON documents as one list; where one is a list, what is in it. In the order of their digests, so that the order
 * in which the files are named says nothing. Throws what `parseJson` throws, with the name of the file.
 */
export function joined(parts: readonly Part[]): { readonly bytes: Uint8Array; readonly digest: string } {
  const sorted = [...parts].sort((a, b) => (a.digest < b.digest ? -1 : 1));
  const texts = sorted.map(({ name, text }) => {
    parseJson(text, name);
    const whole = new TextDecoder().decode(text).trim();
    return whole.startsWith('[') ? whole.slice(1, -1).trim() : whole;
  });
  const digest = createHash('sha256')
    .update(sorted.map((part) => part.digest).join('\n'))
    .digest('hex');
  return { bytes: new TextEncoder().encode(`[${texts.filter((text) => text !== '').join(',\n')}]`), digest };
}

/** All bytes of a file that is to be joined with others. Throws CheckError `malformed-plan` where it is too large for that. */
export async function wholePart(name: string, bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > LONGEST)
      throw new CheckError('malformed-plan', `${name} is larger than any page of a change set`);
    chunks.push(new Uint8Array(chunk));
  }
  return Buffer.concat(chunks);
}

/** A page of AWS has a megabyte. */
const LONGEST = 64 * 1024 * 1024;
