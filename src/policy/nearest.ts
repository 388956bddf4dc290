/** The known word that a misspelt one is nearest to, or null where none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const [best] = known
    .map((candidate) => ({ candidate, steps: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps);
  return best !== undefined && best.steps <= Math.max(2, best.candidate.length / 3) ? best.candidate : null;
}

/** The few known words that are nearest to one, the nearest first; those that it is a part of come before all. */
export function near(word: string, known: readonly string[], most = 3): readonly string[] {
  const lower = word.toLowerCase();
  return known
    .map((candidate) => ({
      candidate,
      steps: candidate.toLowerCase().includes(lower) ? 0 : distance(lower, candidate.toLowerCase()),
    }))
    .filter(({ candidate, steps }) => steps <= Math.max(3, candidate.length / 3))
    .sort((a, b) => a.steps - b.steps)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** How many letters must be put in, taken out or changed. */
function distance(from: string, to: string): number {
  const start = from.slice(0, to.length + 8);
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...start].entries()) {
    const next = [index + 1];
    for (let column = 1; column < row.length; column++) {
      const change = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      next.push(Math.min(change, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
