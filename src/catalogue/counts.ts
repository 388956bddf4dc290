import { parseIndex } from './index-file.ts';
import { parseTable, type ReadTable } from './table.ts';

/** How much the shipped tables know of the types whose first word this is; `CloudFormation` for all of its types. */
export interface Known {
  readonly provider: string;
  readonly types: number;
  readonly protections: number;
  readonly disruptions: number;
}

/** By provider, the best known first. Reads every table, so it is for telling only. */
export function knownByProvider(read: ReadTable): readonly Known[] {
  const index = parseIndex(read);
  const known = new Map<string, { types: number; protections: number; disruptions: number }>();
  const count = (name: string, columns: readonly string[], what: keyof Omit<Known, 'provider'>): void => {
    for (const row of parseTable(read, name, columns)) {
      const type = row['type'] ?? '';
      const provider = type.includes('::') ? 'CloudFormation' : (type.split('_', 1)[0] ?? '');
      const counts = known.get(provider) ?? { types: 0, protections: 0, disruptions: 0 };
      counts[what] += 1;
      known.set(provider, counts);
    }
  };
  for (const name of new Set(index.types.values()))
    count(`types/${name}.tsv`, ['type', 'holds', 'severity', 'why'], 'types');
  for (const name of new Set(index.protections.values()))
    count(`protections/${name}.tsv`, PROTECTION, 'protections');
  count('disruptions.tsv', ['type', 'path', 'effect', 'what'], 'disruptions');
  return [...known]
    .map(([provider, counts]) => ({ provider: provider === '*' ? 'any' : provider, ...counts }))
    .sort((a, b) => b.types - a.types || b.protections - a.protections || (a.provider < b.provider ? -1 : 1));
}

const PROTECTION = ['type', 'path', 'kind', 'safe', 'unsafe', 'default', 'read'];
