import type { Environment, Evidence } from '../../model/environment.ts';
import { span } from './layout.ts';
import { counted } from './number.ts';
import type { Row } from './row.ts';
import { quoted } from './value.ts';

/** Whether it is production, and the strongest of what says so. */
export function environmentRows(environment: Environment): Row[] {
  const label = environment.treatedAsProduction ? 'production' : 'environment';
  const agreed = environment.evidence.every(({ says }) => says === environment.is);
  const disagree = new Set(environment.evidence.map(({ says }) => says)).size > 1;
  const shown = strongestFirst(environment.evidence).slice(0, agreed ? 1 : disagree ? EVIDENCE : 0);
  const more = environment.evidence.length - shown.length;
  const rest = more > 0 ? [span(`, and ${counted(more, 'more sign')}`, 'dim')] : [];
  return [
    ...(agreed && shown.length > 0
      ? []
      : [{ label, spans: [span(disagree ? DISAGREE : verdictOf(environment))] }]),
    ...(environment.relabelled
      ? [{ label, spans: [span('after this change it would no longer count as production', 'warn')] }]
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

/** The same in a few words; where it says that a loss is none, with the sign that it goes by, which may be wrong. */
export function environmentText({ is, treatedAsProduction, evidence }: Environment): string {
  if (treatedAsProduction) return is === 'production' ? 'production' : 'counts as production';
  return strongestSign(evidence) ?? 'not production';
}

/** What says most of where a resource belongs; null where nothing does. */
export function strongestSign(evidence: readonly Evidence[]): string | null {
  const [sign] = strongestFirst(evidence);
  return sign === undefined ? null : signText(sign);
}

/** `tag Environment = "dev"`, `account 444455556666` */
function signText({ where, value }: Evidence): string {
  const place = where.replace(/ \(before\)$/, '');
  return place.includes(value) ? place : `${place} = ${quoted(value)}`;
}

const EVIDENCE = 3;
const DISAGREE = 'the signs disagree, so it counts as production';

const verdictOf = ({ is, because, evidence }: Environment): string =>
  evidence.length === 0 ? VERDICT[is] : because || VERDICT[is];

const VERDICT: Record<Environment['is'], string> = {
  production: 'yes',
  'non-production': 'not production',
  unknown: 'nothing says which it is, so it counts as production',
};

const strongestFirst = (evidence: readonly Evidence[]): Evidence[] =>
  evidence.toSorted((a, b) => STRENGTH[a.strength] - STRENGTH[b.strength]);

const STRENGTH: Record<Evidence['strength'], number> = { decisive: 0, strong: 1, medium: 2, weak: 3 };
