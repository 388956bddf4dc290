import type { Outlook } from './outlook.ts';
import type { Resource } from './template.ts';
import { sameText } from './value.ts';

/** A new resource that may be one that vanishes, under another logical id. */
export interface Rename {
  readonly to: Outlook;
  /** Properties that both have alike, of how many. */
  readonly alike: number;
  readonly of: number;
}

/**
 * The resources that vanish beside a new one of the same type and alike properties: what is left when a construct is
 * moved, wrapped or renamed, or a stack is. The closest pair comes first, in the same stack rather than in another one,
 * and what is as close to two is left open.
 */
export function renamesAmong(outlooks: readonly Outlook[]): ReadonlyMap<Outlook, Rename> {
  const gone = outlooks.filter(
    ({ effect, after }) => (effect === 'delete' || effect === 'forget') && after === null,
  );
  const made = outlooks.filter(({ effect }) => effect === 'create');
  const byType = grouped(made);
  const candidates = gone.flatMap((from) =>
    (byType.get(from.before?.type ?? '') ?? []).flatMap((to) => {
      const likeness = likenessOf(from, to);
      return likeness === null ? [] : [{ from, ...likeness }];
    }),
  );
  candidates.sort((a, b) => b.score - a.score);
  const renames = new Map<Outlook, Rename>();
  const taken = new Set<Outlook>();
  for (const { from, to, alike, of, score } of candidates) {
    if (renames.has(from) || taken.has(to)) continue;
    const rivals = candidates.filter(
      (one) =>
        one.score === score &&
        (one.from === from ? one.to !== to && !taken.has(one.to) : one.to === to && !renames.has(one.from)),
    );
    if (rivals.length > 0) continue;
    renames.set(from, { to, alike, of });
    taken.add(to);
  }
  return renames;
}

const typeOf = ({ after }: Outlook): string => after?.type ?? '';

function grouped(outlooks: readonly Outlook[]): ReadonlyMap<string, readonly Outlook[]> {
  const groups = new Map<string, Outlook[]>();
  for (const one of outlooks) groups.set(typeOf(one), [...(groups.get(typeOf(one)) ?? []), one]);
  return groups;
}

/** Null where they have less than half of their properties alike. */
function likenessOf(from: Outlook, to: Outlook): (Rename & { readonly score: number }) | null {
  if (from.before === null || to.after === null) return null;
  const names = new Set([...from.before.properties.keys(), ...to.after.properties.keys()]);
  const alike = [...names].filter((name) => isAlike(name, from.before, to.after)).length;
  const share = names.size === 0 ? 1 : alike / names.size;
  if (share < 0.5) return null;
  const near = from.pair === to.pair ? 4 : 0;
  return {
    to,
    alike,
    of: names.size,
    score: near + 2 * share + (from.id === to.id ? 1 : stemShare(from.id, to.id)),
  };
}

const isAlike = (name: string, a: Resource | null, b: Resource | null): boolean =>
  sameText(a?.properties.get(name)) === sameText(b?.properties.get(name));

/** How much of their names two logical ids share, without the hash that CDK puts at their end: below 1. */
function stemShare(a: string, b: string): number {
  const [x, y] = [a.replace(HASH, ''), b.replace(HASH, '')];
  if (x.endsWith(y) || y.endsWith(x) || x.startsWith(y) || y.startsWith(x)) return 0.9;
  return 0;
}

const HASH = /[0-9A-F]{8}$/;

/** How the object stays: what CDK offers for it. */
export function mendOf(from: Outlook, { to, alike, of }: Rename): string {
  const where = to.pair.path === from.pair.path ? to.id : `${to.pair.path}/${to.id}`;
  const likeness = of === 0 ? 'of the same type' : `of the same type, ${alike} of ${of} properties alike`;
  const found = `${where} is new, ${likeness}: it looks moved or renamed`;
  if (from.pair !== to.pair)
    return `${found} from one stack to another; \`cdk refactor\` moves the object along, and a stack keeps its name with stackName`;
  return `${found}; the object stays with \`stack.renameLogicalId('${to.id}', '${from.id}')\`, with \`overrideLogicalId('${from.id}')\` on the L1 construct, or with \`cdk refactor\``;
}
