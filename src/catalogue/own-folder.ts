import type { OwnDocument, OwnPolicy } from '../model/policy.ts';
import { objectOf } from './index-file.ts';
import { invalid, parseTable, type ReadTable } from './table.ts';

/** A rule or a row that a policy adds, and where it stands: `own.rules[0]`, `guard/ACME001.json`. */
export interface OwnPart {
  readonly where: string;
  readonly document: OwnDocument;
}

const PARTS = ['rules', 'types', 'protections', 'disruptions'] as const;
export type OwnParts = Readonly<Record<(typeof PARTS)[number], readonly OwnPart[]>>;

/** Reads a JSON file in which nothing stands twice. Throws where it is none. */
export type ReadDocument = (text: string, name: string) => unknown;

/** All that a policy adds: first what stands in it, then the files of its folder, in the order of their names. */
export function partsOf(own: OwnPolicy, readDocument: ReadDocument): OwnParts {
  const written = (part: keyof OwnParts): readonly OwnPart[] =>
    own[part].map((document, index) => ({ where: `own.${part}[${index}]`, document }));
  const files = filesOf(own);
  return {
    rules: [...written('rules'), ...rulesIn(files, readDocument)],
    types: [...written('types'), ...rowsIn(files, 'types', TYPES)],
    protections: [...written('protections'), ...rowsIn(files, 'protections', PROTECTIONS)],
    disruptions: [...written('disruptions'), ...rowsIn(files, 'disruptions', DISRUPTIONS)],
  };
}

/** The columns of the shipped tables; a row that makes a type milder needs two more. */
const TYPES = ['type\tholds\tseverity\twhy', 'type\tholds\tseverity\twhy\treason\texpires'];
const PROTECTIONS = ['type\tpath\tkind\tsafe\tunsafe\tdefault\tread'];
const DISRUPTIONS = ['type\tpath\teffect\twhat'];

interface File {
  /** `guard/types.tsv` */
  readonly where: string;
  readonly name: string;
  readonly text: string;
}

function filesOf({ folder }: OwnPolicy): readonly File[] {
  if (folder === undefined) return [];
  const { name: where, files } = folder;
  if (files === null) throw invalid(where, 'the policy names this folder, and it was not read');
  return [...files]
    .map(([name, text]) => ({ where: `${where}/${name}`, name, text }))
    .filter((file) => isKnown(file) && file.name !== NOTES);
}

/** What is not known might be a rule that its writer takes to be in force. */
function isKnown({ name, where }: File): true {
  if (name === NOTES || name.endsWith('.json') || TABLES.includes(name)) return true;
  throw invalid(where, `it is neither a rule (*.json) nor one of ${[...TABLES, NOTES].join(', ')}`);
}

const NOTES = 'README.md';
const TABLES = ['types.tsv', 'protections.tsv', 'disruptions.tsv'];

const rulesIn = (files: readonly File[], readDocument: ReadDocument): readonly OwnPart[] =>
  files.flatMap(({ name, where, text }) => {
    if (!name.endsWith('.json')) return [];
    const document = objectOf(readDocument(text, where), where);
    if (`${document['id']}.json` !== name)
      throw invalid(where, `its id is ${JSON.stringify(document['id'])}`);
    return [{ where, document }];
  });

function rowsIn(files: readonly File[], table: string, headers: readonly string[]): readonly OwnPart[] {
  const file = files.find(({ name }) => name === `${table}.tsv`);
  if (file === undefined) return [];
  const read: ReadTable = () => file.text;
  const header = headers.find((one) => file.text.startsWith(`${one}\n`)) ?? headers[0] ?? '';
  return parseTable(read, file.where, header.split('\t')).map((row, index) => ({
    where: `${file.where}:${index + 2}`,
    // An empty cell is as a key that is not written.
    document: Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== '')),
  }));
}
