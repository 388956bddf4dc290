import { SEVERITIES, type Severity } from '../model/finding.ts';
import type { OwnDocument } from '../model/policy.ts';
import { aText, invalid, oneOf } from './table.ts';

/** A moment in milliseconds since 1970; a date means its first moment in UTC. */
export function momentOf(value: unknown, where: string): number {
  const text = value instanceof Date ? value.toISOString() : value;
  const moment = typeof text === 'string' && MOMENT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment))
    throw invalid(`${where} expires`, `${JSON.stringify(value)} is no date like 2026-12-31`);
  return moment;
}

/** With a time of day also its zone: nobody knows where a gate runs. */
const MOMENT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;

export interface Lowering {
  /** The shipped rule whose finding is milder where this rule matches. */
  readonly rule: string;
  readonly to: Severity;
  readonly reason: string;
  readonly expires: number;
}

/** `lowers` of a rule: `{ rule, to, reason, expires }`; null where it has none. */
export function loweringOf(value: unknown, where: string, shipped: readonly string[]): Lowering | null {
  if (value === undefined) return null;
  if (typeof value !== 'object' || value === null) throw invalid(`${where} lowers`, 'it is no object');
  const { rule, to, reason, expires, ...more } = value as OwnDocument;
  const [wrong] = Object.keys(more);
  if (wrong !== undefined) throw invalid(`${where} lowers`, `${JSON.stringify(wrong)} is no part of it`);
  return {
    rule: oneOf(shipped, rule, `${where} lowers`),
    to: oneOf(SEVERITIES, to, `${where} lowers`),
    reason: aText(reason, `${where} lowers reason`),
    expires: momentOf(expires, `${where} lowers`),
  };
}
