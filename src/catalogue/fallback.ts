import type { Effect } from '../model/change.ts';
import { HOLDS, SEVERITIES } from '../model/finding.ts';
import { isObject, type Json } from '../model/json.ts';
import { isEmpty } from './path.ts';
import { aText, oneOf, parseTable, type ReadTable } from './table.ts';
import { isWorse, type TypeFacts, UNKNOWN_TYPE } from './types.ts';

/** What is taken of a type that no table has, from its name and from what is set on the object. Never that it is safe. */
export interface Fallback {
  byName(type: string): TypeFacts;
  /** What the attributes say where they say worse than the name; else the facts as they are. */
  byShape(facts: TypeFacts, before: Json): TypeFacts;
}

const COLUMNS = ['sees', 'pattern', 'holds', 'severity', 'why'] as const;
/**
 * `ends`: the name of the type ends with one of the patterns; `has`: it has one of them in it, at word boundaries;
 * `attribute`: one of them is set on the object.
 */
const SEES = ['ends', 'has', 'attribute'] as const;

interface Row {
  readonly sees: (typeof SEES)[number];
  readonly patterns: readonly string[];
  readonly facts: TypeFacts;
}

/** `rules/fallback.tsv`. Of the rows for names the first that fits counts, of those for attributes the worst. */
export function parseFallback(read: ReadTable): Fallback {
  const name = 'fallback.tsv';
  const rows: readonly Row[] = parseTable(read, name, COLUMNS).map((row) => {
    const where = `${name} ${row.pattern}`;
    const sees = oneOf(SEES, row.sees, where);
    const holds = oneOf(HOLDS, row.holds, where);
    const says = sees === 'attribute' ? 'but by what is set on it: ' : 'but by its name: ';
    return {
      sees,
      patterns: aText(row.pattern, where).split('|'),
      facts: {
        holds,
        severity: oneOf(SEVERITIES, row.severity, where),
        loses: `check-plan has no row for this type, ${says}${aText(row.why, where)}`,
      },
    };
  });
  const shapes = rows.filter(({ sees }) => sees === 'attribute');
  return {
    byName(type) {
      const words = `_${wordsOf(type).join('_')}_`;
      const row = rows.find(({ sees, patterns }) => {
        if (sees === 'attribute') return false;
        return patterns.some((one) =>
          sees === 'ends' ? words.endsWith(`_${one}_`) : words.includes(`_${one}_`),
        );
      });
      return row?.facts ?? UNKNOWN_TYPE;
    },
    byShape(facts, before) {
      if (!isObject(before)) return facts;
      const told = shapes.filter(({ patterns }) => patterns.some((one) => !isEmpty(before.get(one))));
      return told.reduce((worst, row) => (isWorse(row.facts, worst) ? row.facts : worst), facts);
    },
  };
}

/** What a change can cost that does something to an object which exists. */
export const COSTS: ReadonlySet<Effect> = new Set(['update', 'forget', 'replace', 'delete', 'unknown']);

/**
 * The words of a type behind its provider: `acme_big_database_v2` is `big`, `database`. Of CloudFormation the vendor is
 * a word too, where it is not AWS: `MongoDB::Atlas::ProjectIp` is `mongodb`, `atlas`, `project`, `ip`.
 */
export function wordsOf(type: string): readonly string[] {
  const [vendor = '', ...parts] = type.split('::');
  const words =
    parts.length > 0
      ? [...(vendor === 'AWS' ? [] : [vendor]), ...parts.flatMap(spacedWords)]
      : type.split('_').slice(1);
  const plain = words.map((word) => word.toLowerCase());
  const last = plain.at(-1);
  return plain.length > 1 && last !== undefined && VERSION.test(last) ? plain.slice(0, -1) : plain;
}

/** `DBInstance` as `DB`, `Instance`. */
const spacedWords = (part: string): readonly string[] =>
  part.replace(/([a-z0-9])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$&_').split('_');

const VERSION = /^(?:v\d+|\d+)$/;
