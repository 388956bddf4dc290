import type { Environment, Evidence } from '../model/environment.ts';

/**
 * What the evidence comes to. Only evidence for non-production alone, and more than a weak one of it, makes something
 * non-production; whatever else it is, it is treated as production.
 */
export function weigh(evidence: readonly Evidence[]): Omit<Environment, 'evidence' | 'relabelled'> {
  const [production] = evidence.filter((piece) => piece.says === 'production').sort(strongestFirst);
  const [non] = evidence.filter((piece) => piece.says === 'non-production').sort(strongestFirst);
  if (production !== undefined && non !== undefined)
    return {
      is: 'unknown',
      treatedAsProduction: true,
      because: `the evidence disagrees: ${told(production)} says production, ${told(non)} says non-production`,
    };
  if (production !== undefined)
    return { is: 'production', treatedAsProduction: true, because: `${told(production)} says production` };
  if (non === undefined)
    return {
      is: 'unknown',
      treatedAsProduction: true,
      because: 'nothing says which environment it is, so it is treated as production',
    };
  if (non.strength === 'weak')
    return {
      is: 'unknown',
      treatedAsProduction: true,
      because: `only ${told(non)} says non-production: put an environment tag on it, or list its account in the policy`,
    };
  return { is: 'non-production', treatedAsProduction: false, because: `${told(non)} says non-production` };
}

const RANK: Readonly<Record<Evidence['strength'], number>> = { decisive: 0, strong: 1, medium: 2, weak: 3 };

export const strongestFirst = (a: Evidence, b: Evidence): number => RANK[a.strength] - RANK[b.strength];

const told = ({ where, value }: Evidence): string =>
  where.includes(value) ? where : `${where} ${value.includes('"') ? value : `"${value}"`}`;
