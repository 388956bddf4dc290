import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON_BYTE,
  COMMA,
  isSpace,
  OPEN_ARRAY,
  OPEN_OBJECT,
  PLAIN,
  QUOTE,
} from './grammar.ts';
import type { Skipper } from './skipper.ts';
import type { Members, Shape, Walk } from './walk.ts';

/** What is returned instead of an offset where something is not as the table says. */
const STOP = -1;

/** A walk that looks at every byte outside of brackets: the twin of the one in WebAssembly, and its stand-in. */
export function createPlainWalk({ outer, inner, word }: Members, skipper: Skipper): Walk {
  const rows = [...outer, ...inner].map(([key, shape]) => ({ key: quoted(key), shape }));
  const wanted = quoted(word);
  const places = new Uint32Array(2 * rows.length);
  let bytes: Uint8Array = new Uint8Array(0);

  const next = (from: number): number => {
    let at = from;
    while (isSpace(bytes[at] ?? 0)) at++;
    return at;
  };

  const has = (at: number, what: Uint8Array): boolean => {
    for (let i = 0; i < what.length; i++) if (bytes[at + i] !== what[i]) return false;
    return true;
  };

  const behindString = (from: number): number => {
    let at = from + 1;
    for (;;) {
      const byte = bytes[at] ?? 0;
      if (PLAIN[byte] === 1) at++;
      else if (byte === QUOTE) return at + 1;
      else if (byte === BACKSLASH && (bytes[at + 1] ?? 0) >= 0x20) at += 2;
      else return STOP;
    }
  };

  const behindBrackets = (from: number, bracket: number): number => {
    // In ASCII, a closing bracket comes two after its opening one.
    if (bytes[from + 1] === bracket + 2) return from + 2;
    skipper.open(0, bracket);
    const { at, why } = skipper.skip(from + 1);
    return why === 'closed' ? at : STOP;
  };

  const behindWord = (from: number): number => {
    let at = from;
    while (at < bytes.length && at - from < LONGEST_WORD && !ENDS_WORD.has(bytes[at] ?? 0)) at++;
    return WORD.test(String.fromCharCode(...bytes.subarray(from, at))) ? at : STOP;
  };

  const behindValue = (at: number): number => {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return behindString(at);
    return byte === OPEN_OBJECT || byte === OPEN_ARRAY ? behindBrackets(at, byte) : behindWord(at);
  };

  const behindList = (from: number): number => {
    const first = bytes[from] === OPEN_ARRAY ? next(from + 1) : STOP;
    const close = first !== STOP && has(first, wanted) ? next(first + wanted.length) : STOP;
    return close !== STOP && bytes[close] === CLOSE_ARRAY ? close + 1 : STOP;
  };

  const behindText = (at: number): number => (bytes[at] === QUOTE || has(at, NULL) ? behindValue(at) : STOP);

  /** For each shape, the offset behind the value that begins at an offset, or STOP. */
  const behind: Readonly<Record<Shape, (at: number) => number>> = {
    any: behindValue,
    text: behindText,
    'list-of-word': behindList,
    object: (at) => behindMembers(at, outer.length, rows.length),
  };

  function behindMembers(from: number, first: number, end: number): number {
    if (bytes[from] !== OPEN_OBJECT) return STOP;
    let at = next(from + 1);
    if (bytes[at] === CLOSE_OBJECT) return at + 1;
    // The search for a key goes on from the one found last.
    let found = first - 1;
    for (;;) {
      let tries = end - first;
      do found = found + 1 === end ? first : found + 1;
      while (tries-- > 0 && !has(at, rows[found]?.key ?? NULL));
      const row = rows[found];
      // Its second time: which of the two counts is for nobody to say.
      if (tries < 0 || row === undefined || places[2 * found] !== 0) return STOP;
      at = next(at + row.key.length);
      if (bytes[at] !== COLON_BYTE) return STOP;
      at = next(at + 1);
      places[2 * found] = at;
      const stop = behind[row.shape](at);
      if (stop === STOP) return STOP;
      places[2 * found + 1] = stop;
      at = next(stop);
      if (bytes[at] === CLOSE_OBJECT) return at + 1;
      if (bytes[at] !== COMMA) return STOP;
      at = next(at + 1);
    }
  }

  return {
    places,
    over(raw) {
      bytes = raw;
      skipper.load(raw);
      places.fill(0);
      return behindMembers(0, 0, outer.length) === raw.length;
    },
  };
}

const ENCODER = new TextEncoder();
const quoted = (text: string): Uint8Array => ENCODER.encode(`"${text}"`);
const NULL = ENCODER.encode('null');
/** The words and numbers that are common; what else JSON allows is for a parser. */
const WORD = /^(?:null|true|false|0|[1-9][0-9]{0,9})$/;
const LONGEST_WORD = 11;
const ENDS_WORD: ReadonlySet<number> = new Set([...',]} \t\r\n'].map((char) => char.charCodeAt(0)));
