import type { Cause } from '../../model/change.ts';
import { pathText, valueText } from './value.ts';

/** `engine: "mysql" → "postgres" forces the replacement` */
export function causeText(cause: Cause, forces: boolean): string {
  if (cause.kind === 'reason') return cause.says;
  const change = `${pathText(cause.path)}: ${valueText(cause.before)} → ${valueText(cause.after)}`;
  return forces ? `${change} forces the replacement` : change;
}
