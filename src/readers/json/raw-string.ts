import { parseJson } from './parse.ts';

/** The text of a JSON string that stands at these offsets, with its quotes. Throws CheckError `not-json`. */
export function stringAt(raw: Uint8Array, from: number, to: number): string {
  const bytes = Buffer.isBuffer(raw) ? raw : Buffer.from(raw.buffer, raw.byteOffset, raw.length);
  const text = bytes.toString('latin1', from, to);
  // Where an address has only its quotes escaped there is nothing that needs the parser.
  if (SIMPLE.test(text)) {
    const inside = text.slice(1, -1);
    return inside.includes('\\') ? inside.replaceAll('\\"', '"') : inside;
  }
  const value = parseJson(bytes.subarray(from, to), 'a string');
  return typeof value === 'string' ? value : '';
}

const SIMPLE = /^"(?:[ !#-[\]-~]|\\")*"$/;
