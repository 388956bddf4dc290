import { type Names, namesOf } from './path.ts';
import { rowsByType } from './side-by-side.ts';
import { aText, coversType, invalid, oneOf, type ReadTable } from './table.ts';

/** What a kind of protection guards: the object itself, or what it works in. */
export type Guards = 'object' | 'surroundings';

/** The kinds of what stands between a resource and its loss. */
export const GUARDS = {
  deletion_protection: 'object',
  force_destroy: 'object',
  final_snapshot: 'object',
  backup: 'object',
  versioning: 'object',
  recovery_window: 'object',
  retention: 'object',
  public_access: 'surroundings',
  access: 'surroundings',
  capacity: 'surroundings',
  replicas: 'surroundings',
  logging: 'surroundings',
  encryption_key: 'surroundings',
  usable_key: 'surroundings',
} as const satisfies Readonly<Record<string, Guards>>;
export type ProtectionKind = keyof typeof GUARDS;
export const KINDS = Object.keys(GUARDS) as readonly ProtectionKind[];

/**
 * One setting that protects. `safe` and `unsafe` are lists of which any may hold:
 * - a state: a literal compared without case, `set`, `unset`, or `other` for what the other list does not name;
 * - a direction, from before to after: `lower`, `higher`, `changed`, `fewer`, `removed`, `narrowed`, and
 *   `last`: to the last word of `safe`, which guards least. Its opposite in `safe` (`higher`, `unchanged` …) is for the
 *   reader of the table.
 */
export interface Protection {
  /** A type, or a pattern such as `google_*`. */
  readonly type: string;
  readonly path: string;
  readonly names: Names;
  readonly kind: ProtectionKind;
  readonly safe: readonly string[];
  readonly unsafe: readonly string[];
  /** The literal that applies where the attribute is absent; null where nothing or an unknown value does. */
  readonly fallback: string | null;
  /** The provider reads it only when it destroys, from the state as it was before. */
  readonly readOnDestroy: boolean;
}

const COLUMNS = ['path', 'kind', 'safe', 'unsafe', 'default', 'read'] as const;
const DIFFERING = ['path', 'safe', 'unsafe', 'default'] as const;

export const protectionOf = (
  row: Readonly<Record<string, string | undefined>>,
  where: string,
): Protection => {
  const path = aText(row['path'], where);
  const fallback = aText(row['default'], where);
  return {
    type: aText(row['type'], where),
    path,
    names: namesOf(path),
    kind: oneOf(KINDS, row['kind'], where),
    safe: aText(row['safe'], where).split('|'),
    unsafe: aText(row['unsafe'], where).split('|'),
    fallback: fallback === 'unset' ? null : fallback,
    readOnDestroy: oneOf(['always', 'destroy'], row['read'], where) === 'destroy',
  };
};

/** Every row of a provider's table, one for each type that it is for. */
export const protectionsIn = (read: ReadTable, name: string): readonly Protection[] =>
  rowsByType(read, name, COLUMNS, DIFFERING).map((row) =>
    protectionOf(row, `${name} ${row.type} ${row.path}`),
  );

/** A provider's table as a look-up. A row for the very type goes before a pattern's row for the same attribute. */
export function parseProtections(read: ReadTable, name: string): (type: string) => readonly Protection[] {
  const exact = new Map<string, Protection[]>();
  const patterns: Protection[] = [];
  for (const row of protectionsIn(read, name)) {
    if (row.type.endsWith('*')) {
      patterns.push(row);
      continue;
    }
    const rows = exact.get(row.type) ?? [];
    if (rows.some(({ path }) => path === row.path))
      throw invalid(`${name} ${row.type} ${row.path}`, 'it stands there twice');
    exact.set(row.type, [...rows, row]);
  }
  return (type) => {
    const own = exact.get(type) ?? [];
    const shared = patterns.filter(
      (row) => coversType(row.type, type) && !own.some(({ path }) => path === row.path),
    );
    return [...own, ...shared];
  };
}
