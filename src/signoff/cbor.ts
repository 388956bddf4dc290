import { malformed } from './malformed.ts';

/** What an authenticator writes: whole numbers, bytes, text, and maps of them. */
export type Cbor = number | Buffer | string | boolean | ReadonlyMap<Cbor, Cbor> | readonly Cbor[];

/**
 * Reads one value in the canonical form that CTAP2 asks of authenticators (definite lengths, shortest numbers), and hands
 * over what follows it. Anything else that CBOR knows cannot be there, and is refused. Throws `record-unreadable`.
 */
export function readCbor(bytes: Buffer, depth = 0): { readonly value: Cbor; readonly rest: Buffer } {
  const { major, count, rest } = headOf(bytes);
  if (depth > DEEPEST) throw malformed('the CBOR of the attestation is nested too deeply');
  if (major === 0) return { value: count, rest };
  if (major === 1) return { value: -1 - count, rest };
  if (major === 2) return { value: taken(rest, count), rest: rest.subarray(count) };
  if (major === 3) return { value: taken(rest, count).toString('utf8'), rest: rest.subarray(count) };
  if (major === 4) return listOf(count, rest, depth);
  if (major === 5) return mapOf(count, rest, depth);
  if (major === 7 && (count === 20 || count === 21)) return { value: count === 21, rest };
  throw malformed(
    `the CBOR of the attestation has a value of kind ${major}, which authenticators do not write`,
  );
}

const DEEPEST = 4;

function headOf(bytes: Buffer): { readonly major: number; readonly count: number; readonly rest: Buffer } {
  const first = taken(bytes, 1).readUInt8();
  const [major, small] = [first >> 5, first & 31];
  if (small < 24) return { major, count: small, rest: bytes.subarray(1) };
  const length = LENGTHS.get(small);
  if (length === undefined || major === 7)
    throw malformed('the CBOR of the attestation has a length that is not definite, or too large');
  const count = taken(bytes.subarray(1), length).readUIntBE(0, length);
  const smallest = length === 1 ? 24 : 2 ** (4 * length);
  if (count < smallest)
    throw malformed('the CBOR of the attestation has a number that is not in its shortest form');
  return { major, count, rest: bytes.subarray(1 + length) };
}

/** How many bytes of a number follow. */
const LENGTHS: ReadonlyMap<number, number> = new Map([
  [24, 1],
  [25, 2],
  [26, 4],
]);

function taken(bytes: Buffer, length: number): Buffer {
  if (length > bytes.length) throw malformed('the CBOR of the attestation ends early');
  return bytes.subarray(0, length);
}

function listOf(count: number, bytes: Buffer, depth: number): { value: Cbor; rest: Buffer } {
  const list: Cbor[] = [];
  let rest = bytes;
  for (let i = 0; i < count; i++) {
    const item = readCbor(rest, depth + 1);
    list.push(item.value);
    rest = item.rest;
  }
  return { value: list, rest };
}

function mapOf(count: number, bytes: Buffer, depth: number): { value: Cbor; rest: Buffer } {
  const map = new Map<Cbor, Cbor>();
  let rest = bytes;
  for (let i = 0; i < count; i++) {
    const key = readCbor(rest, depth + 1);
    const value = readCbor(key.rest, depth + 1);
    if (map.has(key.value)) throw malformed('the CBOR of the attestation has a key twice');
    map.set(key.value, value.value);
    rest = value.rest;
  }
  return { value: map, rest };
}
