import type { Finding } from '../../model/finding.ts';
import { worstFirst } from './finding.ts';
import { wordFor } from './kind.ts';
import { type Line, led, line, span, whole } from './layout.ts';
import type { Listing } from './listing.ts';
import { moreText, rangesText } from './number.ts';

/** The safer way: each step once, with the numbers of the changes that it is for. */
export function insteadLines(listings: readonly Listing[]): Line[] {
  const steps = stepsOf(listings);
  const word = wordFor(listings.map(({ set }) => set.kind));
  const dangerous = listings.reduce(
    (sum, { needSignOff, flagged }) => sum + needSignOff.length + flagged.length,
    0,
  );
  const shown = [...steps]
    .slice(0, SHOWN)
    .map(([step, numbers]) => [step, labelOf(numbers, dangerous, word)] as const);
  const longest = Math.max(...shown.map(([, label]) => label.length));
  const width = shown.every(([, label]) => label === BULLET) ? 2 : longest + 2;
  return [
    ...shown.flatMap(([step, label]) => stepLines(step, label.padEnd(width))),
    ...(steps.size > SHOWN ? [line(2, span(moreText(steps.size - SHOWN), 'dim'))] : []),
  ];
}

const SHOWN = 16;
const LONGEST_LABEL = 12;
const BULLET = '-';

/** Steps in the order of the changes; those about the whole, which have no number, first. */
function stepsOf(listings: readonly Listing[]): Map<string, Set<number>> {
  const steps = new Map<string, Set<number>>();
  const add = ({ instead }: Finding, number: number | null): void => {
    for (const step of instead) {
      const numbers = steps.get(step) ?? new Set();
      if (number !== null) numbers.add(number);
      steps.set(step, numbers);
    }
  };
  for (const { set } of listings) for (const finding of worstFirst(set.findings)) add(finding, null);
  for (const { needSignOff, flagged } of listings) {
    for (const { number, change } of [...needSignOff, ...flagged]) {
      for (const finding of worstFirst(change.findings).slice(0, 1)) add(finding, number);
    }
  }
  for (const { invocations } of listings.map(({ set }) => set)) {
    for (const { findings } of invocations)
      for (const finding of worstFirst(findings).slice(0, 1)) add(finding, null);
  }
  return steps;
}

/** `word` is the label of what is for no change alone. */
function labelOf(numbers: ReadonlySet<number>, all: number, word: string): string {
  if (numbers.size === 0) return all === 1 ? BULLET : word;
  if (numbers.size === all) return all === 1 ? BULLET : 'all';
  const ranges = rangesText([...numbers]);
  const end = ranges.lastIndexOf(', ', LONGEST_LABEL);
  return ranges.length <= LONGEST_LABEL || end === -1 ? ranges : `${ranges.slice(0, end)} …`;
}

/** Code to paste has lines of its own, which are never broken. */
function stepLines(step: string, label: string): Line[] {
  const [first = '', ...more] = step.split('\n');
  if (more.length === 0) return [led(2, whole(label, 'dim'), span(step))];
  return [
    led(2, whole(' '.repeat(label.length)), whole(first, 'code')),
    ...more.map((text) => line(2 + label.length, whole(text, 'code'))),
  ];
}
