import { malformed } from './malformed.ts';

/** Reads the SSH wire format (RFC 4251, section 5) to the last byte; anything out of place throws `record-unreadable`. */
export class WireReader {
  readonly #bytes: Buffer;
  readonly #what: string;
  #offset = 0;

  /** `what` names the bytes in messages: `the SSH signature`, `the public key`. */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = Buffer.from(bytes);
    this.#what = what;
  }

  take(length: number): Buffer {
    const left = this.#bytes.length - this.#offset;
    if (length > left)
      throw malformed(`${this.#what} ends early: ${length} bytes are due and ${left} are left`);
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  byte(): number {
    return this.take(1).readUInt8();
  }

  uint32(): number {
    return this.take(4).readUInt32BE();
  }

  string(): Buffer {
    return this.take(this.uint32());
  }

  /** A string that names something, so only printable ASCII can be meant. */
  word(): string {
    const word = this.string().toString('latin1');
    if (!/^[ -~]*$/.test(word)) throw malformed(`${this.#what} has a name that is not printable ASCII`);
    return word;
  }

  /** A positive whole number in its one shortest form, without the leading zero of its sign. */
  mpint(): Buffer {
    const bytes = this.string();
    const [first, second] = bytes;
    const padded = first === 0;
    if (first === undefined || first >= 0x80 || (padded && (second === undefined || second < 0x80)))
      throw malformed(`${this.#what} has a number that is not positive and in its shortest form`);
    return padded ? bytes.subarray(1) : bytes;
  }

  end(): void {
    const left = this.#bytes.length - this.#offset;
    if (left > 0) throw malformed(`${this.#what} has ${left} bytes after its end`);
  }
}

/** The bytes as an SSH string: their length in four bytes, then themselves. */
export function wireString(content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
