import { disruptionsIn } from './disruption.ts';
import { parseIndex } from './index-file.ts';
import { protectionsIn } from './protection.ts';
import type { ReadTable } from './table.ts';
import { parseTypes } from './types.ts';

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
  const count = (what: keyof Omit<Known, 'provider'>, types: Iterable<string>): void => {
    for (const type of types) {
      const provider = type.includes('::') ? 'CloudFormation' : (type.split('_', 1)[0] ?? '');
      const counts = known.get(provider) ?? { types: 0, protections: 0, disruptions: 0 };
      counts[what] += 1;
      known.set(provider, counts);
    }
  };
  for (const name of new Set(index.types.values()))
    count('types', parseTypes(read, `types/${name}.tsv`).keys());
  for (const name of new Set(index.protections.values()))
    count('protections', protectionsIn(read, `protections/${name}.tsv`).map(typeOf));
  count('disruptions', disruptionsIn(read).map(typeOf));
  return [...known]
    .map(([provider, counts]) => ({ provider: provider === '*' ? 'any' : provider, ...counts }))
    .sort((a, b) => b.types - a.types || b.protections - a.protections || (a.provider < b.provider ? -1 : 1));
}

const typeOf = ({ type }: { readonly type: string }): string => type;
