import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON_BYTE,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from '../json/grammar.ts';

/** Finds out, from the bytes of `configuration` as they come in, which modules the root module calls. */
export interface ModuleCalls {
  piece(raw: Uint8Array): void;
  /** Names without `module.`; null where the plan has no configuration, or it was not looked at. */
  names(): readonly string[] | null;
}

/**
 * Follows the brackets down to the members of `root_module.module_calls`. The scanner holds the bytes to the grammar of
 * JSON, and a configuration may be larger than any string may be, so nothing is held but the last short text.
 */
export function lookForCalls(): ModuleCalls {
  const names = new Set<string>();
  /** The key that each open object is at, the outermost first. */
  const keys: string[] = [];
  let text = '';
  let isInText = false;
  let isEscaped = false;
  let isStarted = false;

  const byte = (one: number): void => {
    if (isInText) {
      if (!isEscaped && one === QUOTE) isInText = false;
      else if (keys.length <= DEPTH && text.length < LONGEST) text += String.fromCharCode(one);
      isEscaped = !isEscaped && one === BACKSLASH;
    } else if (one === QUOTE) {
      isInText = true;
      text = '';
    } else if (one === OPEN_OBJECT || one === OPEN_ARRAY) keys.push('');
    else if (one === CLOSE_OBJECT || one === CLOSE_ARRAY) keys.pop();
    else if (one === COLON_BYTE && keys.length <= DEPTH) {
      keys[keys.length - 1] = text;
      if (keys.length === DEPTH && keys[0] === 'root_module' && keys[1] === 'module_calls')
        names.add(utf8Of(text));
    }
  };

  return {
    piece(raw) {
      isStarted = true;
      for (const one of raw) byte(one);
    },
    names: () => (isStarted ? [...names] : null),
  };
}

/** The text whose bytes stand here as characters. */
const utf8Of = (bytes: string): string =>
  new TextDecoder().decode(Uint8Array.from(bytes, (one) => one.charCodeAt(0)));

const DEPTH = 3;
/** Names of modules are plain words, so what is longer, or has an escape in it, is none that an address would have. */
const LONGEST = 1024;
