import type { Objection } from './objection.ts';

/** A line of code. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
}

/** Where in the code the resource comes from, where that is told. */
export function placeOf({ change }: Objection): Place | null {
  const [, file = '', line = '', column] =
    /^(.+?):(\d{1,7})(?::(\d{1,7}))?$/.exec(change?.construct?.source ?? '') ?? [];
  if (file === '' || Number(line) === 0) return null;
  return {
    file,
    line: Number(line),
    column: column === undefined || Number(column) === 0 ? null : Number(column),
  };
}
