import type { Value } from '../model/change.ts';

/** `goes from 7 to 0`, with no value that may not be shown. */
export function transition(from: Value, to: Value): string {
  if (from.visibility === 'unknown') return 'changes, and from what to what is not told';
  const before = worded(from);
  const after = worded(to);
  if (to.visibility === 'unknown') return `goes from ${before} to a value known only while applying`;
  if (from.visibility !== 'shown' && to.visibility !== 'shown' && from.visibility !== 'absent')
    return 'changes (its values are not shown)';
  return `goes from ${before} to ${after}`;
}

const WORDS: Readonly<Record<Value['visibility'], string | null>> = {
  shown: null,
  private: 'a value that is not shown',
  sensitive: 'a sensitive value',
  unknown: 'a value known only while applying',
  absent: 'unset',
};

export const worded = ({ visibility, exact }: Value): string =>
  exact === 'null' ? 'unset' : (WORDS[visibility] ?? exact);
