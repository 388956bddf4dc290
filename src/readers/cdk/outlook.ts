import type { Certainty, Effect } from '../../model/change.ts';
import { canonical } from '../../model/json.ts';
import { STACK } from './nested.ts';
import type { Pair } from './pair.ts';
import { type Consequence, consequenceOf, type Replacements } from './replacement.ts';
import type { Resource } from './template.ts';
import { differences, type Leaf, sameText } from './value.ts';

/** One place in which a resource changes, and what that does. */
export interface Effective {
  readonly leaf: Leaf;
  readonly consequence: Consequence;
  /** Why it changes although its text stays the same; null where the text differs. */
  readonly because: string | null;
}

/** What becomes of one resource. */
export interface Outlook {
  readonly id: string;
  readonly pair: Pair;
  readonly before: Resource | null;
  readonly after: Resource | null;
  readonly effect: Effect;
  readonly certainty: Certainty;
  readonly changes: readonly Effective[];
  /** Reasons that are no property: `[reason for programs, the same for people]`. */
  readonly reasons: readonly (readonly [string, string])[];
}

/** What the two templates say of a resource by themselves; what follows through references comes on top. */
export function outlookOf(pair: Pair, id: string, replacements: Replacements): Outlook {
  const before = pair.before.resources.get(id) ?? null;
  const after = pair.after.resources.get(id) ?? null;
  const of = (effect: Effect, certainty: Certainty, reasons: Outlook['reasons'] = []): Outlook => ({
    id,
    pair,
    before,
    after,
    effect,
    certainty,
    changes: [],
    reasons,
  });
  if (before === null) return of('create', after?.condition === null ? 'planned' : 'possible');
  if (after === null) return vanished(of, before, pair);
  if (before.type !== after.type) {
    const says = `its type goes from ${before.type} to ${after.type}: the object of the old type goes`;
    return of('replace', 'planned', [[`type ${after.type}`, says]]);
  }
  const type = replacements(before.type);
  const changes = differences(before.properties, after.properties)
    .filter(({ path }) => !(before.type === STACK && isToldInside(path[0])))
    .map((leaf): Effective => ({ leaf, consequence: consequenceOf(leaf, type), because: null }));
  const outlook = withChanges(of('none', 'planned'), changes);
  if (after.condition !== null && after.condition !== before.condition)
    return mayVanish(outlook, after.condition, 'is new on it');
  const isTouched = sameText(policies(before)) !== sameText(policies(after));
  return outlook.effect === 'none' && isTouched ? { ...outlook, effect: 'update' } : outlook;
}

const policies = ({ flat, manner }: Resource) =>
  new Map([
    ...manner,
    ['DeletionPolicy', flat.get('DeletionPolicy') ?? null],
    ['UpdateReplacePolicy', flat.get('UpdateReplacePolicy') ?? null],
  ]);

/** The template of a nested stack and what is passed to it are judged in the stack itself. */
const isToldInside = (property: unknown): boolean => property === 'TemplateURL' || property === 'Parameters';

type Make = (effect: Effect, certainty: Certainty, reasons?: Outlook['reasons']) => Outlook;

function vanished(of: Make, before: Resource, pair: Pair): Outlook {
  if (pair.fate === 'vanishes' && rootOf(pair).fate === 'vanishes') {
    const says = `the app no longer has the stack ${rootOf(pair).path}: deploying leaves it running without code, and only \`cdk destroy\` or the deletion of the stack takes it away`;
    return of('forget', 'planned', [['stack-vanishes', says]]);
  }
  const certainty = before.condition === null ? 'planned' : 'possible';
  if (pair.fate === 'vanishes')
    return of('delete', certainty, [
      ['nested-stack-vanishes', `the nested stack ${pair.path} is no longer in the template`],
    ]);
  return of('delete', certainty, [['logical-id-vanishes', 'its logical id is no longer in the template']]);
}

const rootOf = (pair: Pair): Pair => (pair.parent === null ? pair : rootOf(pair.parent.pair));

/** The resource with more of its places known to change. */
export function withChanges(outlook: Outlook, more: readonly Effective[]): Outlook {
  if (more.length === 0) return outlook;
  const changes = [...outlook.changes, ...more];
  if (outlook.before?.type !== outlook.after?.type) return { ...outlook, changes };
  const isSure = changes.some(({ consequence }) => consequence === 'replaces');
  const replaces = changes.some(({ consequence }) => consequence !== 'keeps');
  if (outlook.effect === 'delete') return { ...outlook, changes };
  if (!replaces) {
    const isOnlyDoubt = outlook.effect === 'none' && changes.every(({ because }) => because !== null);
    return { ...outlook, effect: 'update', certainty: isOnlyDoubt ? 'possible' : outlook.certainty, changes };
  }
  return { ...outlook, effect: 'replace', certainty: isSure ? 'planned' : 'possible', changes };
}

/** A resource under a condition that may not hold any more. One that is surely replaced is lost either way. */
export function mayVanish(outlook: Outlook, condition: string, says: string): Outlook {
  if (outlook.effect === 'replace' && outlook.certainty === 'planned') return outlook;
  const reason = [
    `condition ${condition}`,
    `the condition ${condition} ${says}, and where it does not hold the resource is deleted`,
  ] as const;
  if (outlook.reasons.some(([known]) => known === reason[0])) return outlook;
  return { ...outlook, effect: 'delete', certainty: 'possible', reasons: [...outlook.reasons, reason] };
}

/** What tells that nothing new was found out. */
export const stateOf = ({ effect, certainty, changes, reasons }: Outlook): string =>
  canonical([effect, certainty, String(changes.length), String(reasons.length)]);
