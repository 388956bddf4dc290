import type { Cause, Change } from '../model/change.ts';
import { isArray, isNumber, isObject, type Json } from '../model/json.ts';
import type { JudgedChange } from '../model/report.ts';
import { scalarText } from './path.ts';
import type { ChangeSubject, SetSubject } from './subject.ts';
import { tollOf } from './toll.ts';

/** What an expression about one change sees. */
export const variablesOfChange = ({ change, assessment, environment }: ChangeSubject) => ({
  change: {
    __proto__: null,
    ...wordsOf(change),
    name: change.name ?? '',
    environment: environment.is,
    production: environment.treatedAsProduction,
    fate: assessment.fate,
    holds: assessment.holds,
    severity: assessment.severity,
    disarms: assessment.disarmed.map(({ kind }) => kind),
  },
  before: celOf(change.before),
  after: celOf(change.after),
});

/** What an expression about the whole sees: each change as above, without its values, which nobody keeps. */
export function variablesOfSet(subject: SetSubject) {
  const known = made.get(subject);
  if (known !== undefined) return known;
  const toll = tollOf(subject);
  const variables = {
    changes: subject.changes.map(wholeOf),
    counts: numbers(Object.entries(subject.counts)),
    production: numbers([
      ['destroyed', toll.destroyed.length],
      ['created', toll.created.length],
      ['existing', toll.existing],
      ['share', toll.share],
    ]),
  };
  made.set(subject, variables);
  return variables;
}

/** Several rules look at one change set. */
const made = new WeakMap<SetSubject, Readonly<Record<string, unknown>>>();

const numbers = (pairs: readonly (readonly [string, number])[]): ReadonlyMap<string, bigint> =>
  new Map(pairs.map(([key, value]) => [key, BigInt(value)]));

/** Without a prototype, so that it has no words but these. */
const wholeOf = (judged: JudgedChange): object => ({
  __proto__: null,
  ...wordsOf(judged),
  environment: judged.environment.is,
  production: judged.environment.treatedAsProduction,
  fate: judged.fate,
  holds: judged.holds,
  disarms: judged.disarmed.map(({ kind }) => kind),
  findings: judged.findings.map(({ rule }) => rule),
});

type Worded = Pick<
  Change,
  | 'address'
  | 'type'
  | 'module'
  | 'provider'
  | 'physicalId'
  | 'effect'
  | 'order'
  | 'certainty'
  | 'importing'
  | 'causes'
>;

const wordsOf = (change: Worded) => ({
  address: change.address,
  type: change.type,
  module: change.module ?? '',
  provider: change.provider ?? '',
  physicalId: change.physicalId ?? '',
  effect: change.effect,
  order: change.order ?? '',
  certainty: change.certainty,
  importing: change.importing,
  causes: change.causes.map(causeOf),
});

const causeOf = (cause: Cause): string => (cause.kind === 'attribute' ? cause.path.join('.') : cause.reason);

/** Whole numbers as CEL's int where they fit, others as double; what is not there as an empty map, so `has` can ask. */
function celOf(value: Json): unknown {
  return value === null ? new Map() : member(value);
}

function member(value: Json): unknown {
  if (isArray(value)) return value.map(member);
  if (isObject(value)) return new Map([...value].map(([key, one]) => [key, member(one)]));
  return isNumber(value) ? amount(scalarText(value) ?? '') : value;
}

const amount = (text: string): bigint | number => (/^-?\d{1,18}$/.test(text) ? BigInt(text) : Number(text));
