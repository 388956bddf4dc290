/** One thing leads to another. */
interface Leading {
  readonly from: string;
  readonly to: string;
}

/**
 * Leaves out what a longer way leads to as well, as far as it may be left out: everything that was reached still is. What
 * leads into a circle stays as it is.
 */
export function withoutDetours<One extends Leading>(
  links: readonly One[],
  mayGo: (link: One) => boolean,
): One[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of links) {
    const all = next.get(from);
    if (all === undefined) next.set(from, [to]);
    else all.push(to);
    if (!next.has(to)) next.set(to, []);
  }
  const ordered = leanedOnFirst(next);
  const numbers = new Map(ordered.map((one, number) => [one, number]));
  const words = Math.ceil(ordered.length / 32);
  /** For each resource, a bit for each that a way leads to. */
  const reached = new Map<string, Int32Array>();
  const detours = new Set<string>();
  for (const from of ordered) {
    const bits = new Int32Array(words);
    // What stands later in the order cannot be reached from what stands before it.
    const nearest = (next.get(from) ?? []).toSorted((a, b) => (numbers.get(b) ?? 0) - (numbers.get(a) ?? 0));
    for (const to of nearest) {
      const number = numbers.get(to) ?? 0;
      if (((bits[number >> 5] ?? 0) >> (number & 31)) & 1) detours.add(`${from} ${to}`);
      else {
        reached.get(to)?.forEach((word, at) => {
          bits[at] = (bits[at] ?? 0) | word;
        });
        bits[number >> 5] = (bits[number >> 5] ?? 0) | (1 << (number & 31));
      }
    }
    reached.set(from, bits);
  }
  return links.filter((link) => !mayGo(link) || !detours.has(`${link.from} ${link.to}`));
}

/** All that leads into no circle, each after everything that it leans on. */
function leanedOnFirst(next: ReadonlyMap<string, readonly string[]>): string[] {
  const waiting = new Map([...next].map(([from, all]) => [from, all.length]));
  const leaning = new Map<string, string[]>();
  for (const [from, all] of next)
    for (const to of all) {
      const others = leaning.get(to);
      if (others === undefined) leaning.set(to, [from]);
      else others.push(from);
    }
  const ready = [...waiting].filter(([, count]) => count === 0).map(([one]) => one);
  for (const to of ready) {
    for (const from of leaning.get(to) ?? []) {
      const left = (waiting.get(from) ?? 0) - 1;
      waiting.set(from, left);
      if (left === 0) ready.push(from);
    }
  }
  return ready;
}
