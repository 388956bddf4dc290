import type { BlastRadius, Link } from './blast-radius.ts';

/** All that hangs on one resource, the nearest first, each by the link that it was reached over. */
export function hangingOn({ links }: BlastRadius): (resource: string) => readonly Link[] {
  const byTarget = new Map<string, Link[]>();
  for (const link of links) {
    const all = byTarget.get(link.to);
    if (all === undefined) byTarget.set(link.to, [link]);
    else all.push(link);
  }
  return (resource) => {
    const reached = new Map<string, Link>();
    const ahead = new Set([resource]);
    for (const to of ahead)
      for (const link of byTarget.get(to) ?? []) {
        if (ahead.has(link.from)) continue;
        ahead.add(link.from);
        reached.set(link.from, link);
      }
    return [...reached.values()];
  };
}
