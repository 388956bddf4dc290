import type { Change } from '../../src/model/change.ts';
import type { Json } from '../../src/model/json.ts';
import type { Matchers, Policy } from '../../src/model/policy.ts';

/** Plain data as the readers hand it over: objects as maps, numbers with their text. */
function json(value: unknown): Json {
  if (Array.isArray(value)) return value.map(json);
  if (typeof value === 'number') return { kind: 'number', text: String(value) };
  if (typeof value === 'object' && value !== null)
    return new Map(Object.entries(value).map(([key, member]) => [key, json(member)]));
  return value as Json;
}

/** The words of a change that decide its environment; whatever is not given says nothing. */
export interface Told {
  readonly type?: string;
  readonly address?: string;
  readonly previousAddress?: string | null;
  readonly effect?: Change['effect'];
  readonly physicalId?: string | null;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly afterUnknown?: unknown;
  readonly beforeSensitive?: unknown;
  readonly afterSensitive?: unknown;
}

/** An update of `aws_thing.this`, or a create or delete where one side is missing. */
export function changeSample(told: Told): Change {
  const { before = null, after = null } = told;
  const effect = before === null ? 'create' : after === null ? 'delete' : 'update';
  return {
    address: told.address ?? 'aws_thing.this',
    deposed: null,
    previousAddress: told.previousAddress ?? null,
    module: null,
    type: told.type ?? 'aws_thing',
    name: 'this',
    provider: null,
    mode: 'managed',
    effect: told.effect ?? effect,
    order: null,
    certainty: 'planned',
    fate: 'unknown',
    physicalId: told.physicalId ?? null,
    importing: false,
    causes: [],
    before: json(before),
    after: json(after),
    afterUnknown: json(told.afterUnknown ?? false),
    beforeSensitive: json(told.beforeSensitive ?? false),
    afterSensitive: json(told.afterSensitive ?? false),
  };
}

type Lists = Partial<Omit<Matchers, 'tags'>> & { readonly tags?: Record<string, readonly string[]> };

const matchers = ({ tags = {}, ...lists }: Lists): Matchers => ({
  accounts: [],
  workspaces: [],
  addresses: [],
  ...lists,
  tags: new Map(Object.entries(tags)),
});

export const policySample = (
  production: Lists = {},
  nonProduction: Lists = {},
): Pick<Policy, 'production' | 'nonProduction'> => ({
  production: matchers(production),
  nonProduction: matchers(nonProduction),
});
