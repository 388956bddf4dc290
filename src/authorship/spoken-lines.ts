/**
 * The lines of a commit message or pull-request body that speak for themselves: without lines quoted with `>` and
 * without fenced blocks. A fence that never closes hides nothing.
 */
export function spokenLines(text: string): string[] {
  const spoken: string[] = [];
  let fence: string | null = null;
  let fenced: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    const mark = FENCE.exec(line)?.[1]?.charAt(0);
    if (mark !== undefined && (fence === null || fence === mark)) {
      fence = fence === null ? mark : null;
      fenced = [];
    } else if (!/^\s*>/.test(line)) (fence === null ? spoken : fenced).push(line);
  }
  return fence === null ? spoken : [...spoken, ...fenced];
}

/** Backticks after the opening ones make it code within a line, not a fence. */
const FENCE = /^ {0,3}(```|~~~)[^`]*$/;

/** The text without what a Markdown page hides in `<!-- -->`; a comment that never closes stays. */
export function withoutComments(markdown: string): string {
  let visible = '';
  let at = 0;
  for (;;) {
    const open = markdown.indexOf('<!--', at);
    const close = open < 0 ? -1 : markdown.indexOf('-->', open + 4);
    if (close < 0) return visible + markdown.slice(at);
    visible += markdown.slice(at, open);
    at = close + 3;
  }
}
