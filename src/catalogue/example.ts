import { type Change, EFFECTS, type Effect, type Fate } from '../model/change.ts';
import type { Environment } from '../model/environment.ts';
import type { Json } from '../model/json.ts';
import type { Counts, JudgedChange } from '../model/report.ts';
import type { Catalogue } from './catalogue.ts';
import { findingsOfChange } from './evaluate.ts';
import { objectOf } from './index-file.ts';
import { kindOfType } from './kind.ts';
import type { Rule } from './rule.ts';
import type { ChangeSubject, SetSubject } from './subject.ts';
import { aText, invalid, oneOf } from './table.ts';

/** What came of one example that a rule carries. */
export interface Tried {
  readonly rule: string;
  /** Which of its examples, from 1. */
  readonly number: number;
  readonly expected: boolean;
  readonly fired: boolean;
}

type Tables = Pick<Catalogue, 'assess' | 'rules'>;

/**
 * Tries a rule on the examples that it carries: `{ fires, change: { type, effect, before, after }, environment }`, and
 * for a rule about the whole `{ fires, changes: [change] }`. Throws `catalogue-invalid` for an example that says none.
 */
export function tryExamples(rule: Rule, catalogue: Tables): readonly Tried[] {
  return rule.examples.map((example, index) => {
    const where = `${rule.id} examples[${index}]`;
    const { fires, environment = 'production', ...rest } = objectOf(example, where);
    const told = rule.scope === 'set' ? 'changes' : 'change';
    const wrong = Object.keys(rest).find((key) => key !== told);
    if (wrong !== undefined) throw invalid(where, `${JSON.stringify(wrong)} is no part of an example`);
    if (typeof fires !== 'boolean') throw invalid(where, '"fires" is neither true nor false');
    const fired = firesAt(rule, rest[told], (change) => subjectOf(change, environment, catalogue, where), {
      catalogue,
      where,
    });
    return { rule: rule.id, number: index + 1, expected: fires, fired };
  });
}

type ToSubject = (change: Change) => ChangeSubject;

function firesAt(
  rule: Rule,
  told: unknown,
  toSubject: ToSubject,
  { catalogue, where }: { readonly catalogue: Tables; readonly where: string },
): boolean {
  if (rule.scope === 'change') {
    const subject = toSubject(changeOf(objectOf(told, where), where));
    return rule.when.some(({ test }) => test(subject));
  }
  if (rule.scope !== 'set') return false;
  if (!Array.isArray(told)) throw invalid(where, '"changes" is no list');
  const changes = told.flatMap((one: unknown) => repeated(objectOf(one, where), where));
  const subject = setOf(changes.map((change) => judgedOf(toSubject(change), catalogue)));
  return rule.when.some(({ test }) => test(subject));
}

/** `times: 4` stands for four of a kind, told apart by a number as `count` does. */
function repeated(
  { times = 1, ...change }: Readonly<Record<string, unknown>>,
  where: string,
): readonly Change[] {
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 1 || times > MOST_TIMES)
    throw invalid(where, `"times" is ${JSON.stringify(times)}, and no number from 1 to ${MOST_TIMES}`);
  const one = changeOf(change, where);
  return times === 1
    ? [one]
    : Array.from({ length: times }, (_, index) => ({ ...one, address: `${one.address}[${index}]` }));
}

const MOST_TIMES = 1000;

/** As the judgement of a plan makes it. */
function judgedOf(subject: ChangeSubject, { rules }: Tables): JudgedChange {
  const { change, assessment, environment } = subject;
  const findings = findingsOfChange(rules, subject, new Map(), 0);
  const location = { account: null, region: null };
  return { ...change, ...assessment, environment, findings, location, needsSignOff: false };
}

function setOf(changes: readonly JudgedChange[]): SetSubject {
  const counted = (effect: Effect): number => changes.filter((change) => change.effect === effect).length;
  const counts = Object.fromEntries(EFFECTS.map((effect) => [effect, counted(effect)])) as Counts;
  const [first] = changes;
  return {
    changes,
    counts,
    facts: {
      kind:
        first !== undefined && kindOfType(first.type) === 'cloudformation' ? 'cloudformation' : 'terraform',
      tool: 'terraform',
      complete: true,
      plannedAt: null,
      hadState: true,
      unchanged: 0,
      invocations: [],
      deferred: [],
      vanished: [],
      outputsChanged: 0,
      problems: [],
    },
  };
}

function subjectOf(change: Change, environment: unknown, { assess }: Tables, where: string): ChangeSubject {
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
