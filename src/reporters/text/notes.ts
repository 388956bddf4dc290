import type { Report } from '../../model/report.ts';
import { type Line, led, span } from './layout.ts';

/** What is worth knowing and decides nothing; the policy that was used is always said. */
export const noteLines = ({ notes, policy }: Report): Line[] => [
  ...notes.map((note) => led(2, span('- '), span(note))),
  led(
    2,
    span('- '),
    span(
      `policy: ${policy.source}${policy.digest === null ? '' : ` (sha256 ${policy.digest.slice(0, 12)}…)`}`,
    ),
  ),
];
