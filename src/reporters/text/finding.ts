import type { Finding, Severity } from '../../model/finding.ts';
import { type Span, type Style, span } from './layout.ts';

/** `critical: 9 of 9 resources would be destroyed (CP015)` */
export const findingSpans = ({ rule, severity, message, override }: Finding): Span[] => [
  span(severity, SEVERITY_STYLE[severity]),
  span(`: ${message} (${rule})`),
  ...overrideSpans(override),
];

const overrideSpans = (override: string | null): Span[] =>
  override === null ? [] : [span(` (the policy set this severity: ${override})`, 'dim')];

/** The same without the values, for where these stand beside it: `critical: Production data destroyed (CP001)`. */
export const titleSpans = ({ rule, severity, title, override }: Finding): Span[] => [
  span(severity, SEVERITY_STYLE[severity]),
  span(`: ${title} (${rule})`),
  ...overrideSpans(override),
];

/** Worst first; equals keep their order. */
export const worstFirst = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity]);

export const SEVERITY_RANK: Record<Severity, number> = { critical: 0, high: 1, medium: 2, low: 3 };

export const SEVERITY_STYLE: Record<Severity, Style> = {
  critical: 'bad',
  high: 'bad',
  medium: 'warn',
  low: 'plain',
};
