import type { Cause } from '../../model/change.ts';
import type { JudgedChange } from '../../model/report.ts';

/** Why a change happens, as far as it matters for what can be done about it. */
export const BECAUSES = [
  'attribute',
  'removed',
  'instance',
  'tainted',
  'requested',
  'triggered',
  'unsaid',
] as const;
export type Because = (typeof BECAUSES)[number];

export const becauseOf = ({ causes }: Pick<JudgedChange, 'causes'>): readonly Because[] =>
  causes.length === 0 ? ['unsaid'] : [...new Set(causes.flatMap(becauseOne))];

function becauseOne(cause: Cause): readonly Because[] {
  if (cause.kind === 'attribute') return ['attribute'];
  const because = BECAUSE.get(cause.reason);
  return because === undefined ? [] : [because];
}

const BECAUSE: ReadonlyMap<string, Because> = new Map([
  ['delete_because_no_resource_config', 'removed'],
  ['delete_because_no_module', 'removed'],
  ['delete_because_wrong_repetition', 'instance'],
  ['delete_because_count_index', 'instance'],
  ['delete_because_each_key', 'instance'],
  ['replace_because_tainted', 'tainted'],
  ['replace_by_request', 'requested'],
  ['replace_by_triggers', 'triggered'],
]);
