/** The columns that a text takes on a terminal: none for combining marks, two for East Asian wide letters and emoji. */
export function widthOf(text: string): number {
  // ASCII, and what our own texts have besides.
  if (/^[ -~…→]*$/.test(text)) return text.length;
  // Made on use: to look up such properties takes longer than to start the rest.
  const mark = /^[\p{Mn}\p{Me}]$/u;
  const wide =
    /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})$/u;
  let width = 0;
  for (const char of text) width += mark.test(char) ? 0 : wide.test(char) ? 2 : 1;
  return width;
}
