import type { Effect } from '../../model/change.ts';
import type { JudgedChange } from '../../model/report.ts';
import { counted, grouped } from './number.ts';
import { STAYS } from './outcome.ts';

/** `3 production resources would be destroyed, 1 let go of`; empty where there are no changes. */
export function harmText(changes: readonly JudgedChange[], modal: 'would' | 'will'): string {
  const verb = changes.every((change) => change.certainty === 'possible') ? 'may' : modal;
  return HARMS.map((harm) => ({ harm, hit: changes.filter((change) => harmOf(change) === harm) }))
    .filter(({ hit }) => hit.length > 0)
    .map(({ harm, hit }, index) =>
      index === 0
        ? `${counted(hit.length, ...nounOf(changes))} ${verb} be ${harm}`
        : `${grouped(hit.length)} ${harm}`,
    )
    .join(', ');
}

const HARMS = ['destroyed', 'changed in an unknown way', 'let go of', 'changed dangerously'] as const;
type Harm = (typeof HARMS)[number];

const harmOf = (change: JudgedChange): Harm => HARM[change.effect](change);

const letGo = ({ fate }: JudgedChange): Harm => (STAYS[fate] ? 'let go of' : 'destroyed');
const altered = ({ fate }: JudgedChange): Harm =>
  fate === 'destroyed' ? 'destroyed' : 'changed dangerously';
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
  unknown: () => 'changed in an unknown way',
};

function nounOf(changes: readonly JudgedChange[]): [noun: string, plural: string] {
  if (changes.every(({ environment }) => environment.is === 'production'))
    return ['production resource', 'production resources'];
  if (changes.every(({ environment }) => environment.treatedAsProduction))
    return ['resource that counts as production', 'resources that count as production'];
  return ['resource', 'resources'];
}
