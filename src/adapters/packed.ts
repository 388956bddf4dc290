import type { Transform } from 'node:stream';
import type * as Zlib from 'node:zlib';
import { CheckError } from '../model/error.ts';
import { withHead } from '../readers/head.ts';

interface Packing {
  readonly name: string;
  /** The first bytes of a file that is packed so. */
  readonly magic: readonly number[];
  /** Null where this Node.js cannot unpack it. */
  unpackerOf(zlib: WithZstd): Unpacker | null;
  readonly mend: string;
}

type Unpacker = Transform & { readonly bytesWritten: number };

/** Node.js has zstd since 22.15, which these types do not know. */
type WithZstd = typeof Zlib & { createZstdDecompress?: () => Unpacker };

const PACKINGS: readonly Packing[] = [
  {
    name: 'gzip',
    magic: [0x1f, 0x8b],
    unpackerOf: (zlib) => zlib.createGunzip(),
    mend: 'write the file again',
  },
  {
    name: 'zstd',
    magic: [0x28, 0xb5, 0x2f, 0xfd],
    unpackerOf: (zlib) => zlib.createZstdDecompress?.() ?? null,
    mend: 'unpack it first: `unzstd FILE`',
  },
];

/**
 * Unpacks what gzip or zstd packed, as its first bytes say; everything else goes by as it is. A stream of any size is
 * held in pieces only. Throws `input-unreadable` for what is cut off, damaged, or followed by other bytes: a part of a
 * file is never taken for the whole.
 */
export async function* unpacked(packed: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const { head, bytes } = await withHead(packed, LONGEST_MAGIC);
  const packing = PACKINGS.find(({ magic }) => magic.every((byte, index) => head[index] === byte));
  if (packing === undefined) {
    yield* bytes;
    return;
  }
  const refuse = (why: string, cause?: unknown): CheckError =>
    new CheckError('input-unreadable', `${name} is packed with ${packing.name}: ${why}`, packing.mend, cause);
  const [zlib, { pipeline, Readable }] = await Promise.all([import('node:zlib'), import('node:stream')]);
  const unpacker = packing.unpackerOf(zlib);
  if (unpacker === null) throw refuse('this Node.js cannot unpack it');

  let given = 0;
  let broken: unknown = null;
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of bytes) {
        given += chunk.length;
        // The stream below holds chunks for a while, and a chunk is good only until the next one.
        yield new Uint8Array(chunk);
      }
    } catch (thrown) {
      broken = thrown;
      throw thrown;
    }
  }
  // Whoever reads `unpacker` sees every error there; the callback only keeps it from being unhandled.
  pipeline(Readable.from(counted(), { objectMode: false }), unpacker, () => {});
  try {
    yield* unpacker;
  } catch (thrown) {
    if (broken !== null) throw broken;
    throw refuse(thrown instanceof Error ? thrown.message : String(thrown), thrown);
  }
  // Zeros after the end are padding to the unpacker, and so are no error there.
  if (unpacker.bytesWritten !== given) throw refuse('more bytes follow its end');
}

const LONGEST_MAGIC = Math.max(...PACKINGS.map(({ magic }) => magic.length));
