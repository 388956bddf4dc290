import type { Certainty, Effect } from '../../model/change.ts';
import type { Detail } from './detail.ts';

/** What the words of a resource change come to. */
export interface Action {
  readonly effect: Effect;
  readonly certainty: Certainty;
}

/** The words that decide, as the document has them; null where it has none. */
export interface Words {
  readonly action: string;
  readonly replacement: string | null;
  readonly policyAction: string | null;
}

/**
 * Reads Action × Replacement, and holds it against PolicyAction and the details: where they contradict each other the
 * more dangerous counts. A word that nobody has seen makes the effect unknown. The details are looked at as a set, so
 * that their order says nothing.
 */
export function actionOf(words: Words, details: readonly Detail[]): Action {
  const told = ACTIONS.get(words.action);
  if (told === undefined) return UNKNOWN;
  const stated = told === 'by replacement' ? modified(words.replacement, details) : told;
  if (stated.effect === 'none' && !STAYS.has(words.replacement ?? 'absent')) return UNKNOWN;
  if (words.policyAction === null || HAS_POLICY.has(stated.effect)) return stated;
  return stated.effect === 'update' && words.policyAction.startsWith('ReplaceAnd') ? MAY_REPLACE : UNKNOWN;
}

const UNKNOWN: Action = { effect: 'unknown', certainty: 'possible' };
const MAY_REPLACE: Action = { effect: 'replace', certainty: 'possible' };
const planned = (effect: Effect): Action => ({ effect, certainty: 'planned' });

/** Every Action of the API. `Replacement` decides for Modify alone: AWS says "True" of many an Add as well. */
const ACTIONS: ReadonlyMap<string, Action | 'by replacement'> = new Map<string, Action | 'by replacement'>([
  ['Add', planned('create')],
  ['Modify', 'by replacement'],
  ['Remove', planned('delete')],
  ['Import', planned('import')],
  ['Dynamic', UNKNOWN],
  ['SyncWithActual', planned('none')],
]);

const STAYS: ReadonlySet<string> = new Set(['absent', 'False']);
/** Only what takes an object away has a PolicyAction. */
const HAS_POLICY: ReadonlySet<Effect> = new Set<Effect>(['delete', 'replace']);

const REPLACEMENTS: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['True', 'replace'],
  ['Conditional', 'replace'],
  ['absent', 'replace'],
  ['False', 'update'],
]);

function modified(replacement: string | null, details: readonly Detail[]): Action {
  const effect = REPLACEMENTS.get(replacement ?? 'absent');
  if (effect === undefined) return UNKNOWN;
  const forcing = details.filter(forces);
  if (effect === 'update') return forcing.length > 0 ? MAY_REPLACE : planned('update');
  const isSure = forcing.length === 0 || forcing.some(isCertain);
  return replacement === 'True' && isSure ? planned('replace') : MAY_REPLACE;
}

/** Whether a detail can be why the resource is replaced. */
export const forces = ({ recreation }: Detail): boolean => recreation !== null && recreation !== 'Never';

/** A value that is known only while applying may turn out to be the same as before. */
const isCertain = ({ recreation, evaluation, isKnownLater }: Detail): boolean =>
  recreation === 'Always' && evaluation === 'Static' && !isKnownLater;
