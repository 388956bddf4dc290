import { createScanner } from './scanner.ts';
import type { Skipper } from './skipper.ts';

/**
 * What becomes of a top-level member: passed over, handed over whole, item by item, or as the bytes come in. Of
 * `unusual-elements` the skipper may keep those that it passes over.
 */
export type Want = 'skip' | 'value' | 'elements' | 'unusual-elements' | 'pieces';
export type ValueKind = 'object' | 'array' | 'string' | 'number' | 'literal';

/** Bytes handed over are valid only until the call returns. Whatever a call throws ends the scan. */
export interface Scanned {
  /** Asked once for every top-level member, in document order, before its value. */
  want(key: string, kind: ValueKind): Want;
  /** The member's raw bytes; also called for `elements` where the value is no array. */
  value(key: string, raw: Uint8Array): void;
  element(key: string, index: number, raw: Uint8Array): void;
  piece(key: string, raw: Uint8Array): void;
  /** Something follows the document: its offset, and its first bytes. The scan fails after this in any case. */
  trailing(offset: number, head: Uint8Array): void;
}

/**
 * Scans one JSON document whose top level is an object, holding no more of it than one wanted value or element, and
 * returns its top-level keys. A chunk is looked at only until the next is asked for. The whole grammar is held to, also
 * in what is passed over, except for UTF-8 and lone surrogates there: those are for whoever parses the raw bytes. With a
 * skipper the inside of top-level members, and of elements that are handed over, is held only to what the skipper looks
 * at.
 *
 * Throws CheckError `not-json`, `duplicate-key` (top level), `input-too-deep`.
 */
export async function scanDocument(
  bytes: AsyncIterable<Uint8Array>,
  scanned: Scanned,
  skipper: Skipper | null = null,
): Promise<readonly string[]> {
  const scanner = createScanner(scanned, skipper);
  for await (const chunk of bytes) scanner.feed(chunk);
  return scanner.end();
}
