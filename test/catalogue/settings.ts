import { readFileSync } from 'node:fs';
import { disruptionsIn } from '../../src/catalogue/disruption.ts';
import { parseIndex } from '../../src/catalogue/index-file.ts';
import { type KindOfTool, kindOfType } from '../../src/catalogue/kind.ts';
import { type Names, namesOf } from '../../src/catalogue/path.ts';
import { protectionsIn } from '../../src/catalogue/protection.ts';
import { parseTable } from '../../src/catalogue/table.ts';
import { parseTypes } from '../../src/catalogue/types.ts';
import { DIRECTION_WORDS } from '../../src/catalogue/weakened.ts';
import { readTable } from './catalogue-under-test.ts';

/** One mention of a type, or of an attribute of it, in a table of the catalogue. */
export interface Setting {
  readonly table: string;
  readonly type: string;
  /** None where only the type is named. */
  readonly names: Names;
  /** The literal values that the table compares with. */
  readonly words: readonly string[];
}

const index = parseIndex(readTable);
const NO_LITERAL: ReadonlySet<string> = new Set([...DIRECTION_WORDS, 'set', 'unset', 'other']);

const OWN_TYPES = [...new Set(index.types.values())].flatMap((name): Setting[] =>
  [...parseTypes(readTable, `types/${name}.tsv`).keys()].map((type) => ({
    table: `types/${name}`,
    type,
    names: [],
    words: [],
  })),
);

const PROTECTIONS = [...new Set(index.protections.values())].flatMap((name): Setting[] =>
  protectionsIn(readTable, `protections/${name}.tsv`)
    .filter(({ type }) => type !== '*')
    .map(({ type, names, safe, unsafe, fallback }) => ({
      table: `protections/${name}`,
      type,
      names,
      words: [...safe, ...unsafe, ...(fallback === null ? [] : [fallback])].filter(
        (word) => !NO_LITERAL.has(word),
      ),
    })),
);

const DISRUPTIONS = disruptionsIn(readTable).map(
  ({ type, names }): Setting => ({ table: 'disruptions', type, names, words: [] }),
);

const WHEN = (
  [
    ['fates', ['type', 'when', 'fate', 'because']],
    ['standing', ['type', 'when', 'says']],
  ] as const
).flatMap(([table, columns]) =>
  parseTable<string>(readTable, `${table}.tsv`, columns).flatMap(({ type = '', when = '' }): Setting[] => [
    { table, type, names: [], words: [] },
    ...when
      .split('&')
      .filter((clause) => clause !== '')
      .map((clause) => {
        const [path = '', value = ''] = clause.split('=');
        return { table, type, names: namesOf(path), words: NO_LITERAL.has(value) ? [] : [value] };
      }),
  ]),
);

const SHOWN = parseTable(readTable, 'shown.tsv', ['type', 'path']).map(
  ({ type, path }): Setting => ({ table: 'shown', type, names: namesOf(path), words: [] }),
);

/** Everything that the tables say of types of the one tool whose name begins like this. */
export const settingsOf = (tool: KindOfTool, prefix: string): readonly Setting[] =>
  [...OWN_TYPES, ...PROTECTIONS, ...DISRUPTIONS, ...WHEN, ...SHOWN].filter(
    ({ type }) => type.startsWith(prefix) && kindOfType(type) === tool,
  );

/** The paths that may be shown whatever the type is. Those of CloudFormation begin with a capital letter. */
export const shownOfAny = (tool: KindOfTool): readonly Setting[] =>
  SHOWN.filter(
    ({ type, names: [first = ''] }) => type === '*' && /^[A-Z]/.test(first) === (tool === 'cloudformation'),
  );

/** What is in the tables and not in a schema, each with the reason why. */
const EXCEPTIONS = parseTable(
  (name) => readFileSync(new URL(name, import.meta.url), 'utf8'),
  'exceptions.tsv',
  ['type', 'path', 'why'],
);

/** The settings that a schema does not know, without those that have a reason; and the reasons that nothing needs. */
export function unexplained(
  settings: readonly Setting[],
  isOfTool: (type: string, path: string) => boolean,
  wrong: (setting: Setting) => string | null,
): { readonly wrong: readonly string[]; readonly idle: readonly string[] } {
  const used = new Set<string>();
  const found = settings.flatMap((setting) => {
    const says = wrong(setting);
    if (says === null) return [];
    const path = setting.names.join('.');
    const exception = EXCEPTIONS.find(
      (one) => one.type === setting.type && (one.path === '' || one.path === path),
    );
    if (exception !== undefined) {
      used.add(`${exception.type} ${exception.path}`);
      return [];
    }
    return [`${setting.table}: ${setting.type} ${path}: ${says}`];
  });
  const idle = EXCEPTIONS.filter(({ type, path }) => isOfTool(type, path) && !used.has(`${type} ${path}`));
  return { wrong: [...new Set(found)], idle: idle.map(({ type, path }) => `${type} ${path}`) };
}
