const [START, END] = ['<!-- bench -->', '<!-- /bench -->'];

/** The text with another section between the two marks. */
export function withSection(text, section) {
  const [from, to] = [text.indexOf(START), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the text has no ${START} followed by ${END}`);
  return `${text.slice(0, from + START.length)}\n\n${section}\n\n${text.slice(to)}`;
}
