import type { Change } from '../model/change.ts';
import { isEmpty, leavesAt, scalarText, written } from './path.ts';
import type { Protection } from './protection.ts';
import { isGuarded } from './weakened.ts';

/**
 * What was taken off the object before this destruction: settings of its own protection that somebody wrote as unsafe,
 * and that are not so by default. They went in an earlier apply, or the object was made without them.
 */
export function bareOf(change: Change, protections: readonly Protection[]): readonly string[] {
  return protections.flatMap((row) => {
    if (!ASKED_FOR.has(row.kind) && !(OFF.has(row.kind) && isGuarded(row, []))) return [];
    const leaves = leavesAt(change.before, row.names).filter(({ value }) => !isEmpty(value));
    const [first] = leaves;
    if (
      first === undefined ||
      isGuarded(
        row,
        leaves.map(({ value }) => value),
      )
    )
      return [];
    const texts = leaves.map(({ value }) => scalarText(value));
    if (texts.every((text) => text === row.fallback || text === null)) return [];
    return [`${written(first.path)} is ${texts[0]}`];
  });
}

/** Kinds whose unsafe value nobody has without asking for it. */
const ASKED_FOR: ReadonlySet<string> = new Set(['force_destroy', 'final_snapshot', 'recovery_window']);
/** Kinds whose unsafe value says as much only where the safe one is the default. */
const OFF: ReadonlySet<string> = new Set(['deletion_protection']);
