import type { Problem } from '../../model/error.ts';
import { BLANK, type Line, line, span, whole } from './layout.ts';

/** What kept the run from judging, and what mends it. */
export function errorLines(errors: readonly Problem[]): Line[] {
  return errors.flatMap(({ code, message, mend, source }) => [
    BLANK,
    line(
      2,
      ...(source === null ? [] : [whole(source, 'code'), span(': ')]),
      span(message, 'strong'),
      span(` (${code})`, 'dim'),
    ),
    ...(mend === null ? [] : [line(2, span(`To fix it: ${mend}`))]),
  ]);
}
