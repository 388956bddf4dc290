import { aText, invalid, type ReadTable } from './table.ts';

export interface Index {
  /** Ids in the order in which rules are tried and told. */
  readonly rules: readonly string[];
  /** First word of a resource type → name of the table that lists its types. */
  readonly types: ReadonlyMap<string, string>;
  /** First word of a resource type → name of the table of its protections. */
  readonly protections: ReadonlyMap<string, string>;
  /** Name of the table of protections by the name of an attribute alone. */
  readonly general: string;
}

/** `rules/index.json`: what the catalogue consists of. */
export function parseIndex(read: ReadTable): Index {
  const document = parseObject(read('index.json'), 'index.json');
  const { rules } = document;
  if (!Array.isArray(rules) || rules.length === 0) throw invalid('index.json', 'it lists no rules');
  const ids = rules.map((id) => aText(id, 'index.json'));
  if (new Set(ids).size < ids.length) throw invalid('index.json', 'it lists a rule twice');
  const protections = namesIn(document['protections']);
  const general = aText(protections.get('*'), 'index.json *');
  return { rules: ids, types: namesIn(document['types']), protections, general };
}

/** A JSON object of the catalogue's own files. */
export function parseObject(text: string, where: string): Readonly<Record<string, unknown>> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (thrown) {
    throw invalid(where, thrown instanceof Error ? thrown.message : String(thrown));
  }
  return objectOf(document, where);
}

export function objectOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(where, 'it is no object');
  return value as Readonly<Record<string, unknown>>;
}

const namesIn = (value: unknown): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(objectOf(value, 'index.json')).map(([provider, name]) => [
      provider,
      aText(name, `index.json ${provider}`),
    ]),
  );
