import type { Finding } from '../../model/finding.ts';
import { worstFirst } from './finding.ts';
import { type Line, led, line, span } from './layout.ts';
import type { Listing } from './listing.ts';

/** The safer way: that of the worst finding of each dangerous change, once for each rule and each step said once. */
export function insteadLines(listings: readonly Listing[]): Line[] {
  const said = new Set<string>();
  const byRule = new Map<string, readonly string[]>();
  for (const { rule, instead } of listings.flatMap(leading)) {
    const fresh = instead.filter((step) => !said.has(step));
    if (fresh.length > 0 && !byRule.has(rule)) byRule.set(rule, fresh);
    for (const step of instead) said.add(step);
  }
  return [...byRule].flatMap(([rule, steps]) => [
    line(2, span(rule, 'strong')),
    ...steps.map((step) => led(2, span('- '), span(step))),
  ]);
}

function leading({ set, needSignOff, flagged }: Listing): Finding[] {
  const groups = [
    ...[...needSignOff, ...flagged].map(({ change }) => change.findings),
    set.findings,
    ...set.invocations.map((invocation) => invocation.findings),
  ];
  return groups.flatMap((findings) => worstFirst(findings).slice(0, 1));
}
