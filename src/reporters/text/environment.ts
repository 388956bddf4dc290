import type { Environment, Evidence } from '../../model/environment.ts';
import { span } from './layout.ts';
import { counted } from './number.ts';
import type { Row } from './row.ts';
import { quoted } from './value.ts';

/** Whether it is production, and the strongest of what says so. */
export function environmentRows(environment: Environment): Row[] {
  const label = environment.treatedAsProduction ? 'production' : 'environment';
  const told = environment.evidence.every(({ says }) => says === environment.is);
  const shown = strongestFirst(environment.evidence).slice(0, told ? 1 : EVIDENCE);
  const more = environment.evidence.length - shown.length;
  const rest = more > 0 ? [span(`, and ${counted(more, 'more sign')}`, 'dim')] : [];
  const verdict = environment.because || VERDICT[environment.is];
  return [
    ...(told && shown.length > 0 ? [] : [{ label, spans: [span(verdict)] }]),
    ...(environment.relabelled
      ? [{ label, spans: [span('this change itself takes the mark of production away', 'warn')] }]
      : []),
    ...shown.map(({ where, value, says }, index) => ({
      label,
      spans: [
        span(`${where} = `, 'dim'),
        span(quoted(value)),
        ...(says === environment.is ? [] : [span(` says ${says}`, 'dim')]),
        ...(index === shown.length - 1 ? rest : []),
      ],
    })),
  ];
}

/** The same in a word or two. */
export const environmentText = ({ is, treatedAsProduction }: Environment): string =>
  treatedAsProduction && is !== 'production' ? 'counts as production' : SHORT[is];

const EVIDENCE = 3;

const SHORT: Record<Environment['is'], string> = {
  production: 'production',
  'non-production': 'not production',
  unknown: 'environment not known',
};

const VERDICT: Record<Environment['is'], string> = {
  production: 'yes',
  'non-production': 'not production',
  unknown: 'not known, so it counts as production',
};

const strongestFirst = (evidence: readonly Evidence[]): Evidence[] =>
  evidence.toSorted((a, b) => STRENGTH[a.strength] - STRENGTH[b.strength]);

const STRENGTH: Record<Evidence['strength'], number> = { decisive: 0, strong: 1, medium: 2, weak: 3 };
