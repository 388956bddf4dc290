import type { ChangeSubject } from '../../src/catalogue/subject.ts';
import type { Change } from '../../src/model/change.ts';
import type { Environment } from '../../src/model/environment.ts';
import type { Json } from '../../src/model/json.ts';
import { catalogue } from './catalogue-under-test.ts';

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** Plain JavaScript as the program's own JSON. */
export function json(value: Plain): Json {
  if (typeof value === 'number') return { kind: 'number', text: String(value) };
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(json);
  return new Map(Object.entries(value).map(([key, member]) => [key, json(member)]));
}

interface Sides {
  readonly before?: Plain;
  readonly after?: Plain;
  readonly afterUnknown?: Plain;
  readonly beforeSensitive?: Plain;
  readonly afterSensitive?: Plain;
}

export function changeOf(type: string, sides: Sides = {}, more: Partial<Change> = {}): Change {
  return {
    address: `${type}.main`,
    deposed: null,
    previousAddress: null,
    module: null,
    type,
    name: 'main',
    provider: null,
    mode: 'managed',
    effect: 'update',
    order: null,
    certainty: 'planned',
    fate: 'kept',
    physicalId: null,
    importing: false,
    causes: [],
    before: json(sides.before ?? null),
    after: json(sides.after ?? null),
    afterUnknown: json(sides.afterUnknown ?? {}),
    beforeSensitive: json(sides.beforeSensitive ?? {}),
    afterSensitive: json(sides.afterSensitive ?? {}),
    ...more,
  };
}

export const deletionOf = (type: string, before: Plain, more: Partial<Change> = {}): Change =>
  changeOf(type, { before }, { effect: 'delete', fate: 'destroyed', ...more });

const environment = (is: Environment['is']): Environment => ({
  is,
  treatedAsProduction: is !== 'non-production',
  because: `tag environment says ${is}`,
  evidence: [],
  relabelled: false,
});

export const subjectOf = (change: Change, is: Environment['is'] = 'production'): ChangeSubject => ({
  change,
  assessment: catalogue.assess(change),
  environment: environment(is),
});
