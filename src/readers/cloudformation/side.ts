import { isArray, isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Contexts } from './context.ts';
import { type Detail, isMasked, KNOWN_LATER } from './detail.ts';
import { POLICIES } from './policies.ts';

/** What the document tells of a resource before and after the change, the properties and policies at the top. */
export interface Sides {
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  /** `true` where something changes and the value is not told; for `after` also where it is decided while applying. */
  readonly beforeUnknown: Json;
  readonly afterUnknown: Json;
  /** `true` where the value is masked: a NoEcho parameter. */
  readonly beforeSensitive: Json;
  readonly afterSensitive: Json;
}

/**
 * The sides of a resource. With property values they are whole; without, only the names of what changes are there,
 * and those are marked as unknown on both sides: an attribute that changes unseen may be a protection. What the
 * templates say of the policies is taken from there.
 */
export function sidesOf(
  contexts: Contexts,
  details: readonly Detail[],
  scope: readonly string[],
  templates: Contexts = { before: null, after: null },
): Sides {
  const told = toldIn(details);
  const before = withPolicies(contexts.before ?? valuesOf(told, 'before'), templates.before);
  const after = withPolicies(contexts.after ?? valuesOf(told, 'after'), templates.after);
  const isUnseen = (side: JsonObject | null, isTold: boolean, name: string): boolean =>
    !isTold && (side === null || !POLICIES.some((policy) => policy === name));
  return {
    before,
    after,
    beforeUnknown:
      contexts.before === null
        ? unseenIn(details, scope, (name) => isUnseen(templates.before, told.has(name), name))
        : false,
    afterUnknown:
      contexts.after === null
        ? unseenIn(details, scope, (name) =>
            isUnseen(templates.after, told.get(name)?.isKnownLater === false, name),
          )
        : maskOf(after, isKnownLater),
    beforeSensitive: maskOf(before, isMasked),
    afterSensitive: maskOf(after, isMasked),
  };
}

/** The policies that a template sets, on top of what else is told of that side. */
function withPolicies(side: JsonObject | null, template: JsonObject | null): JsonObject | null {
  const set = [...(template ?? [])].filter(([name]) => POLICIES.some((policy) => policy === name));
  return set.length === 0 ? side : new Map([...(side ?? []), ...set]);
}

/**
 * The attributes whose values the details tell, by name. Elements of lists and blocks do not make a whole, and details
 * that say different things of an attribute say nothing.
 */
function toldIn(details: readonly Detail[]): ReadonlyMap<string, Detail> {
  const told = new Map<string, Detail>();
  const unclear = new Set<string>();
  for (const detail of details) {
    const [name] = detail.path;
    if (name === undefined || (detail.path.length === 1 && !detail.isTold)) continue;
    const key = String(name);
    const other = told.get(key) ?? detail;
    if (detail.path.length > 1 || other.before !== detail.before || other.after !== detail.after)
      unclear.add(key);
    told.set(key, detail);
  }
  return new Map([...told].filter(([name]) => !unclear.has(name)));
}

function valuesOf(told: ReadonlyMap<string, Detail>, side: 'before' | 'after'): JsonObject | null {
  if (told.size === 0) return null;
  return new Map(
    [...told].flatMap(([name, detail]): [string, Json][] => {
      const value = detail[side];
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** The attributes that change unseen; `true` where it is not even said which they are. */
function unseenIn(
  details: readonly Detail[],
  scope: readonly string[],
  isUnseen: (name: string) => boolean,
): Json {
  if (details.length === 0 && scope.length === 0) return true;
  const silent = scope.filter((one) => !details.some(({ attribute }) => attribute === one));
  const unseen = new Map<string, Json>();
  for (const attribute of silent) {
    if (attribute === 'Properties') return true;
    if (isUnseen(attribute)) unseen.set(attribute, true);
  }
  for (const { path, source } of details) {
    // An Automatic change comes from a nested stack, whose own change set tells it.
    if (source === 'Automatic') continue;
    const [name] = path;
    if (name === undefined) return true;
    if (isUnseen(String(name))) unseen.set(String(name), true);
  }
  return unseen;
}

const isKnownLater = (text: string): boolean => text.includes(KNOWN_LATER);

/** A mask of the texts that fit, in the shape of the value; false where none does. */
function maskOf(value: Json, fits: (text: string) => boolean): Json {
  if (typeof value === 'string') return fits(value);
  if (isArray(value)) {
    const masks = value.map((item) => maskOf(item, fits));
    return masks.some((mask) => mask !== false) && masks;
  }
  if (!isObject(value)) return false;
  const marked = [...value].map(([key, member]) => [key, maskOf(member, fits)] as const);
  const kept = marked.filter(([, mask]) => mask !== false);
  return kept.length > 0 && new Map(kept);
}
