/** One line of a sign-off text: its words, and its values as the JSON texts that stand there. */
export interface Line {
  readonly label: string;
  readonly values: readonly string[];
}

/** A line at the margin with the lines that belong to it: one change, one invocation, one part of the target. */
export interface Block {
  readonly head: Line;
  readonly lines: readonly Line[];
}

/** The parts of a sign-off text, given by its lines. Every line is in one of them, also one that is not known here. */
export function blocksOf(permits: readonly string[]): readonly Block[] {
  const blocks: { head: Line; lines: Line[] }[] = [];
  for (const written of permits) {
    const last = blocks.at(-1);
    if (written.startsWith(' ') && last !== undefined) last.lines.push(lineOf(written.trimStart()));
    else blocks.push({ head: lineOf(written), lines: [] });
  }
  return blocks;
}

/** What is permitted, one line for people each: `replace aws_db_instance.main [db-ABC] data destroyed`. */
export const permittedLines = (permits: readonly string[]): readonly string[] =>
  blocksOf(permits).flatMap((block) => summaryOf(block) ?? []);

/** The block on one line; null where it is none that permits anything. */
export const summaryOf = (block: Block): string | null => TELL.get(block.head.label)?.(block) ?? null;

function changeLine({ head, lines }: Block): string {
  const [address = '', deposed = 'null'] = head.values;
  const of = (label: string): string =>
    plain(lines.find((line) => line.label === label)?.values[0] ?? '"unknown"');
  const physicalId = of('physical id');
  return [
    of('effect'),
    plain(address),
    ...(deposed === 'null' ? [] : [`(deposed ${plain(deposed)})`]),
    ...(physicalId === 'null' ? [] : [`[${physicalId}]`]),
    of('holds'),
    of('fate'),
  ].join(' ');
}

const TELL: ReadonlyMap<string, (block: Block) => string> = new Map([
  ['change', changeLine],
  ['invocation', ({ head }: Block) => `invoke ${head.values.map(plain).join(' ')}`],
]);

/** A JSON text of printable ASCII without its quotes; anything that could look like something else stays as it is, its odd characters escaped. */
export function plain(json: string): string {
  const text: unknown = json.startsWith('"') ? JSON.parse(json) : null;
  if (typeof text === 'string' && /^[!#-~][!-~]*$/.test(text)) return text;
  return json.replace(/[\p{C}\p{Z}]/gu, (odd) => (odd === ' ' ? odd : escaped(odd)));
}

const escaped = (text: string): string =>
  Array.from(
    { length: text.length },
    (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');

/** Words first, then values: JSON texts with one space between them. */
function lineOf(written: string): Line {
  const [label = written] = /^[^ "[\d]+(?: (?!null\b|true\b|false\b)[a-z]+)*/.exec(written) ?? [];
  const values = written
    .slice(label.length)
    .match(/"(?:[^"\\]|\\.)*"|\[(?:"(?:[^"\\]|\\.)*"|[^"\]])*\]|[^ ]+/gu);
  return { label, values: values ?? [] };
}
