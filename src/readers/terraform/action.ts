import type { Effect, Fate, Order } from '../../model/change.ts';

/** What the `actions` of a change come to. */
export interface Action {
  readonly effect: Effect;
  readonly order: Order | null;
  /** As far as the words tell; some resource types leave their object behind. */
  readonly fate: Fate;
}

/**
 * Reads the `actions` as a set, so that any order and any combination to come falls on the dangerous side: what has
 * `delete` in it destroys, and a word that is not known makes the whole unknown.
 */
export function actionOf(words: readonly string[]): Action {
  const has = (word: string): boolean => words.includes(word);
  const effect = effectOf(new Set(words), has);
  return {
    effect,
    // Forgetting takes nothing away, so only a deletion has a before and an after.
    order: effect === 'replace' && has('delete') ? orderOf(words) : null,
    fate: effect === 'replace' && !has('delete') ? 'orphaned' : FATE[effect],
  };
}

function effectOf(set: ReadonlySet<string>, has: (word: string) => boolean): Effect {
  if (set.size === 0 || [...set].some((word) => !KNOWN.has(word))) return 'unknown';
  if (has('delete') || has('forget')) {
    if (has('create')) return 'replace';
    return has('delete') ? 'delete' : 'forget';
  }
  const [only] = set;
  return (set.size === 1 && only !== undefined && KNOWN.get(only)) || 'unknown';
}

const orderOf = (words: readonly string[]): Order =>
  words.indexOf('delete') < words.indexOf('create') ? 'delete-first' : 'create-first';

/** Every word that Terraform up to 1.17 and OpenTofu up to 1.13 print, with what it means alone. */
const KNOWN: ReadonlyMap<string, Effect> = new Map([
  ['no-op', 'none'],
  ['create', 'create'],
  ['read', 'read'],
  ['update', 'update'],
  ['delete', 'delete'],
  ['forget', 'forget'],
  ['open', 'read'], // an ephemeral resource of OpenTofu 1.11
]);

const FATE: Readonly<Record<Effect, Fate>> = {
  none: 'kept',
  read: 'kept',
  create: 'kept',
  import: 'kept',
  move: 'kept',
  update: 'kept',
  forget: 'orphaned',
  replace: 'destroyed',
  delete: 'destroyed',
  unknown: 'unknown',
};
