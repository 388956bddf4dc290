import { type Change, EFFECTS, FATES } from '../model/change.ts';
import { HOLDS } from '../model/finding.ts';
import { isObject } from '../model/json.ts';
import { marksAny } from '../model/mask.ts';
import { DISRUPTIONS } from './disruption.ts';
import { KIND_OF_TOOL, KINDS_OF_TOOL, kindOfType } from './kind.ts';
import { emptiedModules } from './modules.ts';
import { KINDS } from './protection.ts';
import { renamesIn } from './rename.ts';
import { shiftsIn } from './shift.ts';
import { SHRINKAGES } from './shrink.ts';
import type { ChangeSubject, Scope, SetSubject, Subjects } from './subject.ts';
import { aText, coversType, invalid, oneOf } from './table.ts';
import { copiesLost, disarmedAndDestroyed } from './together.ts';
import { isOfWorth, tollOf } from './toll.ts';

const ORDERS = ['delete-first', 'create-first', 'unsaid'] as const;

/**
 * `attribute`: a value that cannot change in place; `removed`: its code is gone; `other`: another reason, and no
 * attribute; `unsaid`: the tool gives no cause.
 */
const CAUSES = ['attribute', 'removed', 'other', 'unsaid'] as const;

const DISARMS = [...KINDS, ...SHRINKAGES];

/** The closed vocabulary of conditions, by what they judge. Each takes the value that a rule's file expects. */
const CONDITIONS: { readonly [S in Scope]: Vocabulary<Subjects[S]> } = {
  change: {
    production: flag(({ environment }) => environment.treatedAsProduction),
    relabelled: flag(({ environment }) => environment.relabelled),
    deposed: flag(({ change }) => change.deposed !== null),
    importing: flag(({ change }) => change.importing),
    untold: flag(({ change }) => marksAny(change.beforeUnknown)),
    kind: anyOf(KINDS_OF_TOOL, ({ change }) => [kindOfType(change.type)]),
    effect: anyOf(EFFECTS, ({ change }) => [change.effect]),
    fate: anyOf(FATES, ({ assessment }) => [assessment.fate]),
    holds: anyOf(HOLDS, ({ assessment }) => [assessment.holds]),
    disarms: anyOf(DISARMS, ({ assessment }) => assessment.disarmed.map(({ kind }) => kind)),
    bare: flag(({ assessment }) => assessment.bare.length > 0),
    disrupts: anyOf(DISRUPTIONS, ({ assessment }) => assessment.disruptions.map(({ effect }) => effect)),
    order: anyOf(ORDERS, ({ change }) => [change.order ?? 'unsaid']),
    cause: anyOf(CAUSES, ({ change }) => causesOf(change)),
    type: someText(({ change }, pattern) => coversType(pattern, change.type)),
    notType: noText(({ change }, pattern) => coversType(pattern, change.type)),
    has: someText(({ change }, attribute) => isObject(change.before) && change.before.has(attribute)),
  } satisfies Vocabulary<ChangeSubject>,
  set: {
    kind: anyOf(KINDS_OF_TOOL, ({ facts }) => [KIND_OF_TOOL[facts.kind]]),
    complete: flag(({ facts }) => facts.complete),
    hadState: flag(({ facts }) => facts.hadState),
    destroysAtLeast: atLeast((subject) => tollOf(subject).destroyed.length),
    destroysOfWorthAtLeast: atLeast((subject) => tollOf(subject).destroyed.filter(isOfWorth).length),
    destroysPercentAtLeast: atLeast((subject) => tollOf(subject).share),
    createsAtLeast: atLeast((subject) => tollOf(subject).created.length),
    recreatesEmptyAtLeast: atLeast((subject) => tollOf(subject).emptied.length),
    copiesLostAtLeast: atLeast((subject) => copiesLost(subject).copies.length),
    copiesNamed: flag((subject) => copiesLost(subject).isKnown),
    disarmingAtLeast: atLeast((subject) => disarmedAndDestroyed(subject).disarming.length),
    disarmingNamed: flag((subject) => disarmedAndDestroyed(subject).isKnown),
    shiftsAtLeast: atLeast((subject) => shiftsIn(subject).length),
    modulesEmptiedAtLeast: atLeast((subject) => emptiedModules(subject).length),
    renamesAtLeast: atLeast((subject) => renamesIn(subject).length),
    existsAtMost: atMost((subject) => tollOf(subject).existing),
  } satisfies Vocabulary<SetSubject>,
  invocation: {
    deferred: flag(({ deferred }) => deferred),
  },
};

/** A condition by its name, with the value that a rule's file expects. Throws `catalogue-invalid` for an unknown one. */
export function parseCondition<S extends Scope>(
  scope: S,
  key: string,
  expected: unknown,
  file: string,
): Test<Subjects[S]> {
  const vocabulary = CONDITIONS[scope];
  const condition = Object.hasOwn(vocabulary, key) ? vocabulary[key] : undefined;
  if (condition === undefined)
    throw invalid(
      file,
      `${JSON.stringify(key)} is none of the conditions ${Object.keys(vocabulary).join(', ')}`,
    );
  return condition(expected, `${file} ${key}`);
}

export type Test<Subject> = (subject: Subject) => boolean;
/** Takes the expected value of a rule's file, which may be anything, and throws `catalogue-invalid` where it does not fit. */
export type Condition<Subject> = (expected: unknown, where: string) => Test<Subject>;
export type Vocabulary<Subject> = Readonly<Record<string, Condition<Subject>>>;

function causesOf({ causes }: Change): readonly (typeof CAUSES)[number][] {
  if (causes.length === 0) return ['unsaid'];
  if (causes.some(({ kind }) => kind === 'attribute')) return ['attribute'];
  return causes.map((cause) => (cause.kind === 'reason' && REMOVED.has(cause.reason) ? 'removed' : 'other'));
}

/** Terraform's reasons that a rename in the code can have as well. */
const REMOVED: ReadonlySet<string> = new Set([
  'delete_because_no_resource_config',
  'delete_because_no_module',
  'delete_because_no_move_target',
  'delete_because_wrong_repetition',
  'delete_because_count_index',
  'delete_because_each_key',
]);

/** Null is neither true nor false: the condition does not hold. */
function flag<Subject>(see: (subject: Subject) => boolean | null): Condition<Subject> {
  return (expected, where) => {
    if (typeof expected !== 'boolean')
      throw invalid(where, `${JSON.stringify(expected)} is neither true nor false`);
    return (subject) => see(subject) === expected;
  };
}

function anyOf<Subject>(
  words: readonly string[],
  see: (subject: Subject) => readonly string[],
): Condition<Subject> {
  return (expected, where) => {
    if (!Array.isArray(expected) || expected.length === 0)
      throw invalid(where, `${JSON.stringify(expected)} is no list of words`);
    const wanted = new Set<string>(expected.map((word) => oneOf(words, word, where)));
    return (subject) => see(subject).some((word) => wanted.has(word));
  };
}

type See<Subject> = (subject: Subject, text: string) => boolean;

function someText<Subject>(see: See<Subject>): Condition<Subject> {
  return (expected, where) => {
    if (!Array.isArray(expected) || expected.length === 0)
      throw invalid(where, `${JSON.stringify(expected)} is no list of texts`);
    const texts = expected.map((text) => aText(text, where));
    return (subject) => texts.some((text) => see(subject, text));
  };
}

function noText<Subject>(see: See<Subject>): Condition<Subject> {
  return (expected, where) => {
    const test = someText(see)(expected, where);
    return (subject) => !test(subject);
  };
}

function atLeast<Subject>(see: (subject: Subject) => number): Condition<Subject> {
  return (expected, where) => {
    const bound = count(expected, where);
    return (subject) => see(subject) >= bound;
  };
}

function atMost<Subject>(see: (subject: Subject) => number): Condition<Subject> {
  return (expected, where) => {
    const bound = count(expected, where);
    return (subject) => see(subject) <= bound;
  };
}

function count(expected: unknown, where: string): number {
  if (typeof expected !== 'number' || !Number.isInteger(expected) || expected < 0)
    throw invalid(where, `${JSON.stringify(expected)} is no whole number`);
  return expected;
}
