import { createHash } from 'node:crypto';

/** Takes in the bytes of an input one after the other, and knows their sha256 in the end. */
export interface Hasher {
  /** Takes in bytes, and the memory that they lie in: whoever gave them does not look at them again. */
  update(bytes: Uint8Array): void;
  /** Memory to read the next bytes into. */
  memory(): Promise<Uint8Array>;
  /** The sha256 (hex) of all that was taken in, which is then the end. */
  digest(): Promise<string>;
  /** Nothing more comes, and nobody asks. */
  end(): void;
}

const CHUNK = 1 << 18;

/** Hashes where it is called. Its memory is two buffers that take turns. */
export function hashHere(): Hasher {
  const hash = createHash('sha256');
  const buffers: Uint8Array[] = [];
  let turn = 0;
  return {
    update: (bytes) => void hash.update(bytes),
    async memory() {
      turn = 1 - turn;
      const buffer = buffers[turn] ?? Buffer.allocUnsafeSlow(CHUNK);
      buffers[turn] = buffer;
      return buffer;
    },
    digest: async () => hash.digest('hex'),
    end: () => {},
  };
}
