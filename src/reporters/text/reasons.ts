import { DECISIONS, type DecisionIs, type Reason } from '../../model/decision.ts';
import type { Report } from '../../model/report.ts';
import { type Line, led, line, type Style, span, whole } from './layout.ts';
import { moreText } from './number.ts';

/** The roots of the tree of reasons, worst first; what stands below them is told in the sections above, and in the JSON. */
export function reasonLines({ reasons, errors }: Report): Line[] {
  const told = new Set<string | null>(errors.map(({ message }) => message));
  const more = reasons.length - SHOWN;
  return [
    ...worstFirst(reasons)
      .slice(0, SHOWN)
      .map((reason) =>
        led(
          2,
          whole(`${MARK[reason.is]} `, STYLE[reason.is]),
          span(reason.says),
          span(valuesText(told.has(reason.seen) ? { ...reason, seen: null } : reason), 'dim'),
        ),
      ),
    ...(more > 0 ? [line(2, span(moreText(more), 'warn'))] : []),
  ];
}

/** So that what is cut off is the mildest; equals keep their order. */
const worstFirst = (reasons: readonly Reason[]): Reason[] =>
  reasons.toSorted((a, b) => DECISIONS.indexOf(b.is) - DECISIONS.indexOf(a.is));

const SHOWN = 8;

const MARK: Record<DecisionIs, string> = {
  allowed: 'allowed:',
  'sign-off-required': 'sign-off:',
  blocked: 'blocked:',
};
const STYLE: Record<DecisionIs, Style> = { allowed: 'good', 'sign-off-required': 'warn', blocked: 'bad' };

export function valuesText({ seen, required }: Reason): string {
  const parts = [
    ...(required === null ? [] : [`required: ${required}`]),
    ...(seen === null ? [] : [`seen: ${seen}`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}
