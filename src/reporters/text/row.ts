import { type Line, led, type Span, whole } from './layout.ts';

/** A fact with its label. */
export interface Row {
  readonly label: string;
  readonly spans: readonly Span[];
}

/** Labels in one column, facts in the next; a label is not said twice in a run. */
export function rowLines(indent: number, rows: readonly Row[]): Line[] {
  return rows.map(({ label, spans }, index) => {
    const said = rows[index - 1]?.label === label ? '' : label;
    return led(indent, whole(said.padEnd(LABEL), 'dim'), ...spans);
  });
}

const LABEL = 12;
