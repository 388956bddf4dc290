import { CheckError } from '../../model/error.ts';
import type { Json, JsonArray, JsonObject } from '../../model/json.ts';
import { createAlike } from './alike.ts';

/** Nested deeper than any real document, and shallow enough for the stack. */
export const MAX_DEPTH = 512;

/** Where `before` and `after` are in an element of a plan: in `change`, in the element. */
const DEPTH_OF_SIDES = 3;

/**
 * Parses one JSON text (RFC 8259), strictly and without loss: numbers keep their digits, objects are maps, and what
 * two readers could understand differently is refused. `what` names the text in messages.
 *
 * Throws CheckError `not-json` (also for bytes that are not UTF-8, and for half surrogate pairs), `duplicate-key`,
 * `input-too-deep`.
 */
export function parseJson(source: Uint8Array | string, what: string): Json {
  const text = typeof source === 'string' ? source : decoded(source, what);
  let at = 0;
  let depth = 0;
  let odd = -1;
  const alike = createAlike(text);

  return document();

  function document(): Json {
    const value = spaced();
    if (at < text.length) fail('nothing more');
    return value;
  }

  function fail(expected: string): never {
    const seen =
      at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0)) : 'the end';
    throw new CheckError('not-json', `${what} is not JSON: ${seen} at character ${at}, expected ${expected}`);
  }

  function skipSpace(): void {
    for (;;) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      at++;
    }
  }

  function spaced(): Json {
    skipSpace();
    const parsed = value();
    skipSpace();
    return parsed;
  }

  /** As `spaced`, for a member of an object that may be much like the one before. */
  function memberOf(key: string): Json {
    skipSpace();
    const from = at;
    const same = alike.find(key, from);
    const member = same === null ? value() : same.value;
    if (same !== null) at += same.length;
    alike.note(key, from, at, member);
    skipSpace();
    return member;
  }

  function value(): Json {
    switch (text.charCodeAt(at)) {
      case 0x22:
        return string();
      case 0x7b:
        return nested(object);
      case 0x5b:
        return nested(array);
      case 0x74:
        return literal('true', true);
      case 0x66:
        return literal('false', false);
      case 0x6e:
        return literal('null', null);
      default:
        return number();
    }
  }

  function nested<Shape>(parse: () => Shape): Shape {
    if (++depth > MAX_DEPTH)
      throw new CheckError('input-too-deep', `${what} is nested deeper than ${MAX_DEPTH} levels`);
    at++;
    skipSpace();
    const parsed = parse();
    depth--;
    return parsed;
  }

  function object(): JsonObject {
    const members = new Map<string, Json>();
    if (text.charCodeAt(at) === 0x7d) {
      at++;
      return members;
    }
    const isSide = depth === DEPTH_OF_SIDES;
    if (isSide) alike.begin();
    for (;;) {
      skipSpace();
      const keyAt = at;
      if (text.charCodeAt(at) !== 0x22) fail('a key');
      const key = string();
      skipSpace();
      if (text.charCodeAt(at) !== 0x3a) fail('":"');
      at++;
      const member = isSide ? memberOf(key) : spaced();
      if (members.has(key))
        throw new CheckError(
          'duplicate-key',
          `${what} has the key ${JSON.stringify(key)} twice in one object, again at character ${keyAt}`,
          'no tool writes this: find out who changed the file',
        );
      members.set(key, member);
      if (closes(0x7d)) return members;
    }
  }

  function array(): JsonArray {
    const items: Json[] = [];
    if (text.charCodeAt(at) === 0x5d) {
      at++;
      return items;
    }
    for (;;) {
      items.push(spaced());
      if (closes(0x5d)) return items;
    }
  }

  function closes(bracket: number): boolean {
    const code = text.charCodeAt(at);
    if (code !== bracket && code !== 0x2c) fail(`"," or "${String.fromCharCode(bracket)}"`);
    at++;
    return code === bracket;
  }

  function literal<Value>(word: string, meaning: Value): Value {
    if (!text.startsWith(word, at)) fail(word);
    at += word.length;
    return meaning;
  }

  function number(): Json {
    NUMBER.lastIndex = at;
    const matched = NUMBER.exec(text)?.[0];
    if (matched === undefined) return fail('a value');
    at += matched.length;
    return { kind: 'number', text: matched };
  }

  function string(): string {
    let start = at + 1;
    let whole = '';
    let quote = text.indexOf('"', start);
    for (;;) {
      // No character is looked at alone: strings are most of a document.
      if (quote >= 0 && quote < start) quote = text.indexOf('"', start);
      const end = nextOdd(start);
      const isEnd = quote >= 0 && quote < end;
      at = isEnd ? quote : end;
      const run = text.slice(start, at);
      if (isEnd) {
        at++;
        return whole === '' ? run : whole + run;
      }
      if (text.charCodeAt(at) !== 0x5c) fail('no control character in a string'); // also where the text ends
      whole += run + escaped();
      start = at;
    }
  }

  /** Where the next backslash or control character is, from an offset on: few texts have many. */
  function nextOdd(from: number): number {
    if (odd >= from) return odd;
    ODD.lastIndex = from;
    odd = ODD.test(text) ? ODD.lastIndex - 1 : text.length;
    return odd;
  }

  function escaped(): string {
    const plain = ESCAPES.get(text.charAt(at + 1));
    if (plain !== undefined) {
      at += 2;
      return plain;
    }
    const unit = hexUnit();
    if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
    const low = unit < 0xdc00 && text.charCodeAt(at) === 0x5c ? hexUnit() : 0;
    if (low < 0xdc00 || low > 0xdfff) {
      at -= 6;
      fail('both halves of a surrogate pair');
    }
    return String.fromCharCode(unit, low);
  }

  function hexUnit(): number {
    const digits = text.slice(at + 2, at + 6);
    if (text.charAt(at + 1) !== 'u' || !HEX.test(digits)) fail('an escape that JSON knows');
    at += 6;
    return Number.parseInt(digits, 16);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ODD = /[\\\x00-\x1f]/g;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const HEX = /^[0-9a-fA-F]{4}$/;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

// A byte order mark is no white space in JSON; whoever wants it gone takes it off before.
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decoded(bytes: Uint8Array, what: string): string {
  try {
    return UTF8.decode(bytes);
  } catch (cause) {
    throw new CheckError('not-json', `${what} is not UTF-8`, 'save it as UTF-8', cause);
  }
}
