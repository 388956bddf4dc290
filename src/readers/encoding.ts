import { CheckError } from '../model/error.ts';
import { withHead } from './head.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * The same text as UTF-8 without a byte order mark. UTF-16 is what `>` of Windows PowerShell writes; without a mark it
 * is known by the zero byte that every ASCII character has in it.
 *
 * Throws CheckError `not-json` where UTF-16 is broken or cut off. UTF-8 itself is not checked here.
 */
export async function* asUtf8(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { head, bytes } = await withHead(source, 3);
  const { encoding, mark } = encodingOf(head);
  let skip = mark;
  const plain = (chunk: Uint8Array): Uint8Array => {
    const rest = chunk.subarray(skip);
    skip = Math.max(0, skip - chunk.length);
    return rest;
  };
  if (encoding === 'utf-8') {
    for await (const chunk of bytes) yield plain(chunk);
    return;
  }
  const decode = decoderOf(encoding);
  for await (const chunk of bytes) yield decode(plain(chunk), true);
  yield decode(new Uint8Array(0), false);
}

function decoderOf(encoding: Encoding): (chunk: Uint8Array, more: boolean) => Uint8Array {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const encoder = new TextEncoder();
  return (chunk, more) => {
    try {
      return encoder.encode(decoder.decode(chunk, { stream: more }));
    } catch (cause) {
      throw new CheckError(
        'not-json',
        `the ${encoding.toUpperCase()} text is broken or cut off`,
        MEND,
        cause,
      );
    }
  };
}

const MEND = 'write the file as UTF-8: `terraform show -json PLANFILE | Out-File -Encoding utf8 plan.json`';

function encodingOf(head: Uint8Array): { encoding: Encoding; mark: number } {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', mark: 2 };
  if (first !== 0 && second === 0) return { encoding: 'utf-16le', mark: 0 };
  if (first === 0 && second !== undefined && second !== 0) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: 'utf-8', mark: 0 };
}
