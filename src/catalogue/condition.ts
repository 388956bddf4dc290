import { EFFECTS, FATES } from '../model/change.ts';
import { HOLDS } from '../model/finding.ts';
import { KINDS } from './protection.ts';
import type { ChangeSubject, Scope, SetSubject, Subjects } from './subject.ts';
import { invalid, oneOf } from './table.ts';
import { tollOf } from './toll.ts';

/** The closed vocabulary of conditions, by what they judge. Each takes the value that a rule's file expects. */
export const CONDITIONS: { readonly [S in Scope]: Vocabulary<Subjects[S]> } = {
  change: {
    production: flag(({ environment }) => environment.treatedAsProduction),
    relabelled: flag(({ environment }) => environment.relabelled),
    deposed: flag(({ change }) => change.deposed !== null),
    importing: flag(({ change }) => change.importing),
    effect: anyOf(EFFECTS, ({ change }) => [change.effect]),
    fate: anyOf(FATES, ({ assessment }) => [assessment.fate]),
    holds: anyOf(HOLDS, ({ assessment }) => [assessment.holds]),
    disarms: anyOf(KINDS, ({ assessment }) => assessment.disarmed.map(({ kind }) => kind)),
  } satisfies Vocabulary<ChangeSubject>,
  set: {
    complete: flag(({ facts }) => facts.complete),
    hadState: flag(({ facts }) => facts.hadState),
    destroysAtLeast: atLeast((subject) => tollOf(subject).destroyed.length),
    destroysPercentAtLeast: atLeast((subject) => tollOf(subject).share),
    createsAtLeast: atLeast((subject) => tollOf(subject).created.length),
    recreatesEmptyAtLeast: atLeast((subject) => tollOf(subject).emptied.length),
    existsAtMost: atMost((subject) => tollOf(subject).existing),
  } satisfies Vocabulary<SetSubject>,
  invocation: {
    deferred: flag(({ deferred }) => deferred),
  },
};

export type Test<Subject> = (subject: Subject) => boolean;
/** Takes the expected value of a rule's file, which may be anything, and throws `catalogue-invalid` where it does not fit. */
export type Condition<Subject> = (expected: unknown, where: string) => Test<Subject>;
export type Vocabulary<Subject> = Readonly<Record<string, Condition<Subject>>>;

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
