import { type Change, EFFECTS, type Effect, type Fate } from '../model/change.ts';
import type { Environment } from '../model/environment.ts';
import type { Json } from '../model/json.ts';
import type { Catalogue } from './catalogue.ts';
import { objectOf } from './index-file.ts';
import type { Rule } from './rule.ts';
import type { ChangeSubject } from './subject.ts';
import { aText, invalid, oneOf } from './table.ts';

/** What came of one example that a rule carries. */
export interface Tried {
  readonly rule: string;
  /** Which of its examples, from 1. */
  readonly number: number;
  readonly expected: boolean;
  readonly fired: boolean;
}

/**
 * Tries a rule on the examples that it carries: `{ fires, change: { type, effect, before, after }, environment }`.
 * Throws `catalogue-invalid` for an example that says no change.
 */
export function tryExamples(rule: Rule, { assess }: Pick<Catalogue, 'assess'>): readonly Tried[] {
  return rule.examples.map((example, index) => {
    const where = `${rule.id} examples[${index}]`;
    const { fires, change, environment = 'production', ...more } = objectOf(example, where);
    const [wrong] = Object.keys(more);
    if (wrong !== undefined) throw invalid(where, `${JSON.stringify(wrong)} is no part of an example`);
    if (typeof fires !== 'boolean') throw invalid(where, '"fires" is neither true nor false');
    const subject = subjectOf(changeOf(objectOf(change, where), where), environment, assess, where);
    const fired = rule.scope === 'change' && rule.when.some(({ test }) => test(subject));
    return { rule: rule.id, number: index + 1, expected: fires, fired };
  });
}

function subjectOf(
  change: Change,
  environment: unknown,
  assess: Catalogue['assess'],
  where: string,
): ChangeSubject {
  const is = oneOf(['production', 'non-production', 'unknown'] as const, environment, where);
  const stands: Environment = {
    is,
    treatedAsProduction: is !== 'non-production',
    because: 'the example says so',
    evidence: [],
    relabelled: false,
  };
  return { change, assessment: assess(change), environment: stands };
}

function changeOf(example: Readonly<Record<string, unknown>>, where: string): Change {
  const { type, effect = 'update', address, before = null, after = null, ...more } = example;
  const [wrong] = Object.keys(more);
  if (wrong !== undefined)
    throw invalid(where, `${JSON.stringify(wrong)} is no part of the change of an example`);
  const named = aText(type, where);
  const does = oneOf(EFFECTS, effect, where);
  return {
    address: address === undefined ? `${named}.example` : aText(address, where),
    deposed: null,
    previousAddress: null,
    module: null,
    type: named,
    name: 'example',
    provider: null,
    mode: 'managed',
    effect: does,
    order: null,
    certainty: 'planned',
    fate: FATE_OF[does] ?? 'kept',
    physicalId: null,
    importing: false,
    causes: [],
    before: jsonOf(before),
    after: jsonOf(after),
    afterUnknown: false,
    beforeSensitive: false,
    afterSensitive: false,
  };
}

const FATE_OF: { readonly [E in Effect]?: Fate } = {
  delete: 'destroyed',
  replace: 'destroyed',
  forget: 'orphaned',
  unknown: 'unknown',
};

function jsonOf(value: unknown): Json {
  if (typeof value === 'number') return { kind: 'number', text: String(value) };
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) return value.map(jsonOf);
  return new Map(Object.entries(value).map(([key, member]) => [key, jsonOf(member)]));
}
