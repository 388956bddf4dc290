import type { Effect } from '../../model/change.ts';
import type { JudgedChange } from '../../model/report.ts';
import { counted, grouped } from './number.ts';
import { STAYS } from './outcome.ts';

/** `2 data stores and 1 other production resource would be destroyed, 1 let go of`; empty where there are no changes. */
export function harmText(changes: readonly JudgedChange[], modal: 'would' | 'will'): string {
  const verb = changes.every((change) => change.certainty === 'possible') ? 'may' : modal;
  return HARMS.map((harm) => ({ harm, hit: changes.filter((change) => harmOf(change) === harm) }))
    .filter(({ hit }) => hit.length > 0)
    .map(({ harm, hit }, index) =>
      index === 0
        ? `${HIT[harm](hit)} ${verb} ${DONE[harm]}${afterSnapshot(harm, hit)}`
        : `${grouped(hit.length)} ${BESIDES[harm](hit.length)}`,
    )
    .join(', ');
}

const HARMS = ['destroyed', 'changed unknown', 'let go of', 'disarmed', 'changed'] as const;
type Harm = (typeof HARMS)[number];

const harmOf = (change: JudgedChange): Harm => HARM[change.effect](change);

const letGo = ({ fate }: JudgedChange): Harm => (STAYS[fate] ? 'let go of' : 'destroyed');
const altered = ({ fate, disarmed }: JudgedChange): Harm =>
  fate === 'destroyed' ? 'destroyed' : disarmed.length > 0 ? 'disarmed' : 'changed';
const HARM: Record<Effect, (change: JudgedChange) => Harm> = {
  none: altered,
  read: altered,
  create: altered,
  import: altered,
  move: altered,
  update: altered,
  forget: ({ fate }) => (fate === 'destroyed' ? 'destroyed' : 'let go of'),
  replace: letGo,
  delete: letGo,
  unknown: () => 'changed unknown',
};

const DONE: Record<Harm, string> = {
  destroyed: 'be destroyed',
  'changed unknown': 'be changed in an unknown way',
  'let go of': 'be let go of',
  disarmed: 'lose protection',
  changed: 'be changed dangerously',
};

/** The same after another harm, which has the verb. */
const BESIDES: Record<Harm, (count: number) => string> = {
  destroyed: () => 'destroyed',
  'changed unknown': () => 'changed in an unknown way',
  'let go of': () => 'let go of',
  disarmed: (count) => (count === 1 ? 'loses protection' : 'lose protection'),
  changed: () => 'changed dangerously',
};

const resources = (hit: readonly JudgedChange[]): string => counted(hit.length, ...nounOf(hit, 'resource'));
const HIT: Record<Harm, (hit: readonly JudgedChange[]) => string> = {
  destroyed: storesAndOthers,
  'changed unknown': resources,
  'let go of': resources,
  disarmed: resources,
  changed: resources,
};

function storesAndOthers(hit: readonly JudgedChange[]): string {
  const stores = hit.filter(({ holds }) => holds === 'data').length;
  const others = hit.length - stores;
  if (stores === 0) return resources(hit);
  if (others === 0) return counted(stores, ...nounOf(hit, 'data store'));
  const [one, many] = nounOf(hit, 'resource');
  return `${counted(stores, 'data store')} and ${counted(others, `other ${one}`, `other ${many}`)}`;
}

function afterSnapshot(harm: Harm, hit: readonly JudgedChange[]): string {
  const saved = harm === 'destroyed' ? hit.filter(({ fate }) => fate === 'snapshotted').length : 0;
  if (saved === 0) return '';
  return saved === hit.length ? ' after a last snapshot' : ` (${grouped(saved)} after a last snapshot)`;
}

function nounOf(changes: readonly JudgedChange[], noun: string): [noun: string, plural: string] {
  if (changes.every(({ environment }) => environment.is === 'production'))
    return [`production ${noun}`, `production ${noun}s`];
  if (changes.every(({ environment }) => environment.treatedAsProduction))
    return [`${noun} that counts as production`, `${noun}s that count as production`];
  return [noun, `${noun}s`];
}
