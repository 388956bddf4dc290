import type { Cause, Change, Construct, Effect, Fate, Value } from '../../model/change.ts';
import { canonical, type Json, type JsonObject } from '../../model/json.ts';
import { fateOf } from '../cloudformation/fate.ts';
import { MANAGED } from '../cloudformation/managed.ts';
import type { Effective, Outlook } from './outlook.ts';
import type { Pair } from './pair.ts';
import { mendOf, type Rename } from './rename.ts';
import { differences, isUnresolved } from './value.ts';

/** An outlook in the words of the model. */
export function changeOf(outlook: Outlook, rename: Rename | null): Change {
  const { id, pair, effect, certainty, before, after } = outlook;
  const { fate, because } = fateIn(outlook);
  return {
    ...MANAGED,
    address: `${pair.path}/${id}`,
    // The type of what would be lost.
    type: before?.type ?? after?.type ?? '',
    name: id,
    effect,
    order: effect === 'replace' && fate !== 'orphaned' ? 'create-first' : null,
    certainty,
    fate,
    fateBecause: because,
    causes: [...reasonsOf(outlook, rename), ...causesOf(outlook)],
    before: before?.flat ?? null,
    after: after?.flat ?? null,
    beforeUnknown: maskOf(outlook, 'before'),
    afterUnknown: maskOf(outlook, 'after'),
    location: pair.location,
    stated: pair.tags,
    construct: constructOf(outlook),
  };
}

function constructOf({ id, pair, after }: Outlook): Construct | null {
  const tree = after === null ? pair.beforeTree : pair.afterTree;
  return tree?.constructOf(id) ?? null;
}

/** A nested stack that is kept keeps all that is in it. */
function fateIn({ effect, before, after, pair }: Outlook): { readonly fate: Fate; readonly because: string } {
  const type = before?.type ?? after?.type ?? '';
  const own = fateOf({
    effect,
    type,
    policyAction: null,
    before: before?.flat ?? null,
    after: after?.flat ?? null,
  });
  const kept = effect === 'delete' ? keptBy(pair) : null;
  return kept === null
    ? own
    : { fate: 'orphaned', because: `the object stays: DeletionPolicy of ${kept} is Retain` };
}

function keptBy({ parent, fate }: Pair): string | null {
  if (parent === null || fate !== 'vanishes') return null;
  const policy = parent.pair.before.resources.get(parent.id)?.flat.get('DeletionPolicy');
  if (policy === 'Retain' || policy === 'RetainExceptOnCreate') return `${parent.pair.path}/${parent.id}`;
  return keptBy(parent.pair);
}

const reasonsOf = (outlook: Outlook, rename: Rename | null): readonly Cause[] => {
  const reasons = outlook.reasons.map(([reason, says]): Cause => ({ kind: 'reason', reason, says }));
  if (rename === null) return reasons;
  return [...reasons, { kind: 'reason', reason: 'may-be-renamed', says: mendOf(outlook, rename) }];
};

/** Why a resource is replaced, worst first and then by place, so that the order of the templates says nothing. */
function causesOf({ effect, certainty, changes }: Outlook): readonly Cause[] {
  if (effect !== 'replace') return [];
  const forcing = changes.filter(({ consequence }) => consequence !== 'keeps');
  const told = [...forcing].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).flatMap(causesOfOne);
  return certainty === 'possible' ? [...told, POSSIBLE] : told;
}

const keyOf = ({ leaf }: Effective): string => JSON.stringify(leaf.path);

function causesOfOne({ leaf, consequence, because }: Effective): readonly Cause[] {
  const cause: Cause = {
    kind: 'attribute',
    path: leaf.path,
    before: valueSeen(leaf.before),
    after: valueSeen(leaf.after),
  };
  const name = leaf.path.join('.');
  const why =
    because ??
    (consequence === 'not known' ? `what a change of ${name} does to this type is not known` : null);
  return why === null ? [cause] : [cause, { kind: 'reason', reason: `follows ${name}`, says: why }];
}

const POSSIBLE: Cause = {
  kind: 'reason',
  reason: 'possible',
  says: 'whether it is replaced is decided only while deploying; it counts as replaced',
};

function valueSeen(value: Json | undefined): Value {
  if (value === undefined) return { exact: 'absent', visibility: 'absent' };
  return { exact: canonical(value), visibility: isUnresolved(value) ? 'unknown' : 'private' };
}

/** What is decided only while deploying, among what changes: what stays as it is written says nothing new. */
function maskOf({ effect, before, after, changes }: Outlook, side: 'before' | 'after'): Json {
  if (effect === 'create' && after !== null && side === 'after') return openIn(after.flat);
  if (effect !== 'update' || before === null || after === null) return false;
  const flat: JsonObject = side === 'before' ? before.flat : after.flat;
  const touched = new Set([
    ...changes.map(({ leaf }) => String(leaf.path[0])),
    ...differences(before.flat, after.flat).map(({ path }) => String(path[0])),
  ]);
  const unknown = [...touched].filter((name) => isUnresolved(flat.get(name)));
  return unknown.length > 0 && new Map<string, Json>(unknown.map((name) => [name, true]));
}

/** What of a new resource is decided only while deploying. */
export function openIn(flat: JsonObject): Json {
  const open = [...flat].flatMap(([name, value]): [string, Json][] =>
    isUnresolved(value) ? [[name, true]] : [],
  );
  return open.length > 0 && new Map(open);
}

/** Effects of resources that stay as they are; they are counted, and not handed over. */
export const isUnchanged = (effect: Effect): boolean => effect === 'none';
