import { HOLDS, type Holds, SEVERITIES, type Severity } from '../model/finding.ts';
import { rowsByType } from './side-by-side.ts';
import { aText, coversType, invalid, oneOf, type ReadTable } from './table.ts';

/** What a resource type holds, how bad its loss is, and what is lost with it. */
export interface TypeFacts {
  readonly holds: Holds;
  readonly severity: Severity;
  readonly loses: string;
}

const COLUMNS = ['holds', 'severity', 'why'] as const;

/** A provider's table of resource types. A type may be a pattern such as `okta_app_*`. */
export function parseTypes(read: ReadTable, name: string): ReadonlyMap<string, TypeFacts> {
  const types = new Map<string, TypeFacts>();
  for (const row of rowsByType(read, name, COLUMNS, [])) {
    const where = `${name} ${row.type}`;
    if (types.has(aText(row.type, where))) throw invalid(where, 'it stands there twice');
    types.set(row.type, typeFactsOf(row, where));
  }
  return types;
}

export const typeFactsOf = (
  { holds, severity, why }: Readonly<Record<'holds' | 'severity' | 'why', unknown>>,
  where: string,
): TypeFacts => ({
  holds: oneOf(HOLDS, holds, where),
  severity: oneOf(SEVERITIES, severity, where),
  loses: aText(why, where),
});

/** What a table says of a type: its own row, or that of the longest pattern that covers it. */
export function factsIn(types: ReadonlyMap<string, TypeFacts>, type: string): TypeFacts | null {
  const own = types.get(type);
  if (own !== undefined) return own;
  const patterns = [...types.keys()].filter((one) => one.endsWith('*') && coversType(one, type));
  const longest = patterns.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? null : (types.get(longest) ?? null);
}

export const isWorse = (a: TypeFacts, b: TypeFacts): boolean =>
  SEVERITIES.indexOf(a.severity) < SEVERITIES.indexOf(b.severity) ||
  (a.severity === b.severity && b.holds === 'unknown');

export const UNKNOWN_TYPE: TypeFacts = {
  holds: 'unknown',
  severity: 'high',
  loses: 'check-plan does not know this type: treat it as holding something that matters',
};

/** Data sources and ephemeral resources: nothing exists that could be lost. */
export const ONLY_READ: TypeFacts = {
  holds: 'nothing',
  severity: 'low',
  loses: 'nothing: it only reads',
};
