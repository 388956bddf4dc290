import type { Effect } from '../model/change.ts';
import type { JudgedChange } from '../model/report.ts';
import type { SetSubject } from './subject.ts';

/** What a change set does to production as a whole. */
export interface Toll {
  readonly destroyed: readonly JudgedChange[];
  readonly created: readonly JudgedChange[];
  /** Objects that were there before, destroyed or not. */
  readonly existing: number;
  /** Destroyed ones in a hundred existing ones, rounded down. */
  readonly share: number;
  /** Created under the address of an object that somebody has deleted, and of a kind that comes back empty. */
  readonly emptied: readonly JudgedChange[];
}

export function tollOf({ facts, counts, changes }: SetSubject): Toll {
  const inProduction = changes.filter(
    ({ environment, mode }) => environment.treatedAsProduction && mode === 'managed',
  );
  const destroyed = inProduction.filter(isLoss);
  const created = inProduction.filter(({ effect }) => effect === 'create');
  const existing = EXISTED.reduce((sum, effect) => sum + counts[effect], 0);
  const vanished = new Set(facts.vanished);
  return {
    destroyed,
    created,
    existing,
    share: existing === 0 ? 0 : Math.floor((100 * destroyed.length) / existing),
    emptied: created.filter(({ address, holds }) => vanished.has(address) && COMES_BACK_EMPTY.has(holds)),
  };
}

/** Its destruction is graver than that of a trifle, which a plan may have many of. */
export const isOfWorth = ({ findings }: JudgedChange): boolean =>
  findings.some(({ severity }) => severity === 'critical' || severity === 'high');

const EXISTED: readonly Effect[] = ['none', 'move', 'update', 'forget', 'replace', 'delete', 'unknown'];
const COMES_BACK_EMPTY: ReadonlySet<string> = new Set(['data', 'identity', 'unknown']);

/** Every deletion, and the replacement of a thing of worth: a `null_resource` that runs anew is none, however often. */
function isLoss({ effect, holds, findings }: JudgedChange): boolean {
  if (effect === 'delete') return true;
  if (effect !== 'replace') return false;
  const isTrifle = findings.every(({ severity }) => severity === 'medium' || severity === 'low');
  return !((holds === 'control' || holds === 'nothing') && findings.length > 0 && isTrifle);
}
