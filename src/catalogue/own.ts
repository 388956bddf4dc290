import { CheckError } from '../model/error.ts';
import type { OwnPolicy } from '../model/policy.ts';
import type { CompileCel } from './cel.ts';
import { type Disruptions, disruptionOf, disruptionsBy } from './disruption.ts';
import { momentOf } from './lowering.ts';
import { type OwnPart, partsOf, type ReadDocument } from './own-folder.ts';
import { type Protection, protectionOf } from './protection.ts';
import { parseOwnRule, type Rule } from './rule.ts';
import { aText, coversType, invalid } from './table.ts';
import { isWorse, type TypeFacts, typeFactsOf } from './types.ts';

/** What a policy adds to the catalogue. */
export interface Own {
  readonly rules: readonly Rule[];
  /** The facts of a type, from the shipped ones: worse, or milder where that is asked for with a reason, and for a time. */
  factsOf(type: string, shipped: TypeFacts): TypeFacts;
  protectionsOf(type: string): readonly Protection[];
  readonly disruptionsOf: Disruptions;
  /** What the policy makes milder, for the report. */
  readonly notes: readonly string[];
}

export const NO_OWN: Own = {
  rules: [],
  factsOf: (_, shipped) => shipped,
  protectionsOf: () => [],
  disruptionsOf: () => [],
  notes: [],
};

/** What reading an addition to the catalogue takes besides it. */
export interface OwnReading {
  /** The policy, for messages. */
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The ids of the shipped rules. */
  readonly shipped: readonly string[];
  readonly compile: CompileCel;
  readonly readDocument: ReadDocument;
}

/** Throws CheckError `policy-invalid`, naming the part that is wrong. */
export function parseOwn(
  policy: OwnPolicy,
  { source, now, shipped, compile, readDocument }: OwnReading,
): Own {
  return ofPolicy(source, () => {
    const parts = partsOf(policy, readDocument);
    const rules = parts.rules.map(({ document, where }) => parseOwnRule(document, where, shipped, compile));
    const twice = rules.findIndex(({ id }, index) => rules.findIndex((one) => one.id === id) < index);
    if (twice >= 0) throw invalid(`${parts.rules[twice]?.where}`, `${rules[twice]?.id} is there twice`);
    const types = parts.types.map((part) => ownType(part, now));
    const protections = parts.protections.map(ownProtection);
    return {
      rules,
      factsOf: (type, facts) => factsWith(types, type, facts),
      protectionsOf: (type) => protections.filter((row) => coversType(row.type, type)),
      disruptionsOf: disruptionsBy(parts.disruptions.map(ownDisruption)),
      notes: [
        ...types.flatMap(({ note }) => note ?? []),
        ...rules.flatMap((rule) => loweringNote(rule, now)),
      ],
    };
  });
}

/** What is wrong with a part of the catalogue that a policy brings is wrong with the policy. */
export function ofPolicy<T>(source: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof CheckError) || thrown.code !== 'catalogue-invalid') throw thrown;
    throw new CheckError(
      'policy-invalid',
      `${source}: ${thrown.message.replace(/^rules\//, '')}`,
      'mend that part of the policy; docs/own-rules.md shows the form',
      thrown,
    );
  }
}

interface OwnType {
  readonly type: string;
  readonly facts: TypeFacts;
  /** Whether it may make a type milder than the shipped tables say. */
  readonly mayLower: boolean;
  readonly note: string | null;
}

function ownType({ document, where }: OwnPart, now: number): OwnType {
  const { type, holds, severity, why, reason, expires, ...more } = document;
  const [wrong] = Object.keys(more);
  if (wrong !== undefined) throw invalid(where, `${JSON.stringify(wrong)} is no part of a type`);
  const name = aText(type, where);
  const facts = typeFactsOf({ holds, severity, why }, `${where} ${name}`);
  if (reason === undefined && expires === undefined)
    return { type: name, facts, mayLower: false, note: null };
  const until = momentOf(expires, where);
  const because = aText(reason, `${where} reason`);
  return {
    type: name,
    facts,
    mayLower: now < until,
    note: `the policy says that ${name} holds ${facts.holds}, ${facts.severity}, ${now < until ? `until ${day(until)}` : `but that ended ${day(until)}`}: ${because}`,
  };
}

function factsWith(types: readonly OwnType[], type: string, shipped: TypeFacts): TypeFacts {
  const row = types.find((one) => coversType(one.type, type));
  if (row === undefined) return shipped;
  return row.mayLower || isWorse(row.facts, shipped) || row.facts.severity === shipped.severity
    ? row.facts
    : shipped;
}

const ownProtection = (part: OwnPart): Protection =>
  protectionOf(
    cellsOf(part, ['type', 'path', 'kind', 'safe', 'unsafe', 'default', 'read'], 'a protection'),
    part.where,
  );

const ownDisruption = (part: OwnPart): ReturnType<typeof disruptionOf> =>
  disruptionOf(cellsOf(part, ['type', 'path', 'effect', 'what'], 'a disruption'), part.where);

function cellsOf(
  { document, where }: OwnPart,
  keys: readonly string[],
  what: string,
): Readonly<Record<string, string>> {
  const wrong = Object.keys(document).find((key) => !keys.includes(key));
  if (wrong !== undefined) throw invalid(where, `${JSON.stringify(wrong)} is no part of ${what}`);
  return Object.fromEntries(keys.map((key) => [key, cellOf(document[key], key, where)]));
}

const DEFAULTS: Readonly<Record<string, string>> = { default: 'unset', read: 'always', what: '-' };

function cellOf(value: unknown, key: string, where: string): string {
  if (value === undefined) return aText(DEFAULTS[key], `${where} ${key}`);
  if (Array.isArray(value)) return value.map((one: unknown) => cellOf(one, key, where)).join('|');
  return typeof value === 'boolean' || typeof value === 'number'
    ? String(value)
    : aText(value, `${where} ${key}`);
}

const loweringNote = ({ id, lowers }: Rule, now: number): readonly string[] =>
  lowers === null
    ? []
    : [
        `the policy's rule ${id} lowers ${lowers.rule} to ${lowers.to} where it matches, ${now < lowers.expires ? `until ${day(lowers.expires)}` : `but that ended ${day(lowers.expires)}`}: ${lowers.reason}`,
      ];

const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
