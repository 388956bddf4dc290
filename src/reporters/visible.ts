/**
 * The text with every character that a terminal would act on, or that a reader cannot see, written out: `\n`, `\t`,
 * `\u{1b}`, `\u{202e}`. Writing out what is written out already changes nothing, so a literal `\n` in the text stays
 * as it is and looks the same.
 */
export function visible(text: string): string {
  return text.replace(SUSPECT, (run) => run.replace(unseen(), (char) => SHORT.get(char) ?? codePoint(char)));
}

/** As `visible`, and every letter outside ASCII too: tells look-alikes apart. */
export function spelling(text: string): string {
  return visible(text).replace(/[^ -~]/gu, codePoint);
}

/** The same characters for JSON, where the reader of the document gets them back unchanged. */
export function visibleInJson(json: string): string {
  return json.replace(SUSPECT_IN_JSON, (run) =>
    run.replace(unseen(), (char) => char.split('').map(jsonEscape).join('')),
  );
}

/**
 * Control, format, private, unassigned characters and lone surrogates (C); line and paragraph separators and every
 * space but the common one (Z); and the letters that are drawn as nothing (default ignorable, braille blank). Made on
 * use: to look up such properties takes longer than to start the rest.
 */
const unseen = (): RegExp => /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Looking up properties is slow, and almost all text is this plain, as our own is: only the rest is looked at. */
const SUSPECT = /[^ -~…→]+/g;

/** Line breaks are only between its values: in a string JSON writes them out itself. */
const SUSPECT_IN_JSON = /[^\n -~]+/g;

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const codePoint = (char: string): string => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;

const jsonEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
