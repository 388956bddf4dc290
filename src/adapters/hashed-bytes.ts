import { createHash } from 'node:crypto';

/** The bytes of an input, and their sha256. */
export interface HashedBytes {
  /** A chunk is good until the next is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The sha256 (hex) of all chunks, once they came to their end. */
  digest(): Promise<string>;
  /** Nobody asks for more. */
  end(): void;
}

/** Hashes where it is called, as the chunks go by. */
export function hashedHere(source: AsyncIterable<Uint8Array>): HashedBytes {
  const hash = createHash('sha256');
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      yield chunk;
      hash.update(chunk);
    }
  }
  return { chunks: chunks(), digest: async () => hash.digest('hex'), end: () => {} };
}
