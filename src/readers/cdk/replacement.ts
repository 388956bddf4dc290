import type { Path } from '../../model/json.ts';
import type { Leaf } from './value.ts';
import { isUnresolved } from './value.ts';

/** What changing a property does to the resource. */
export type Consequence = 'replaces' | 'may replace' | 'not known' | 'keeps';

/** What the specification of a type says, by paths of properties; `*` is any key of a map and any place in a list. */
export interface TypeReplacement {
  readonly isStateful: boolean;
  readonly replaces: readonly Path[];
  readonly may: readonly Path[];
  /** The names of the properties whose change leaves the resource in place. */
  readonly keeps: ReadonlySet<string>;
}

export type Replacements = (type: string) => TypeReplacement | null;

/**
 * The tables as a look-up, `own` before the extract. Their text is searched, and only the line of a type that is asked
 * for is taken apart: of 1,800 types an app has a handful.
 */
export function replacementsIn(own: string, extract: string): Replacements {
  const known = new Map<string, TypeReplacement | null>();
  return (type) => {
    const before = known.get(type);
    if (before !== undefined) return before;
    const row = rowOf(own, type) ?? rowOf(extract, type);
    known.set(type, row);
    return row;
  };
}

function rowOf(table: string, type: string): TypeReplacement | null {
  // A type with a line break or a tab in it could be read as a row of its own.
  if (!/^[\w@.-]+::[\w:@.-]+$/.test(type)) return null;
  const start = table.indexOf(`\n${type}\t`);
  if (start < 0) return null;
  const end = table.indexOf('\n', start + 1);
  const [, stateful, replaces = '', may = '', keeps = ''] = table
    .slice(start + 1, end < 0 ? undefined : end)
    .split('\t');
  return {
    isStateful: stateful === 'yes',
    replaces: pathsIn(replaces),
    may: pathsIn(may),
    keeps: new Set(keeps.split(' ')),
  };
}

const pathsIn = (words: string): readonly Path[] =>
  words === '' ? [] : words.split(' ').map((word) => word.split('.'));

/**
 * What a difference does. Only what the specification lists as harmless keeps the resource: a type or a property that it
 * does not have is not known.
 */
export function consequenceOf({ path, before, after }: Leaf, type: TypeReplacement | null): Consequence {
  if (type === null) return 'not known';
  const isUnclear = isUnresolved(before) || isUnresolved(after);
  let worst: Consequence = isListed(path, type) ? 'keeps' : 'not known';
  for (const spec of type.replaces) {
    const fit = fits(spec, path);
    if (fit === 'at' && !isUnclear) return 'replaces';
    if (fit !== 'none') worst = 'may replace';
  }
  if (type.may.some((spec) => fits(spec, path) !== 'none')) worst = 'may replace';
  return worst;
}

const isListed = ([name]: Path, { keeps, replaces, may }: TypeReplacement): boolean =>
  typeof name === 'string' && (keeps.has(name) || [...replaces, ...may].some((spec) => spec[0] === name));

/**
 * `at`: the place is what the specification names, or lies in it. `near`: it holds what is named, or is named only
 * through a list or a map, where another place may just have moved here.
 */
function fits(spec: Path, path: Path): 'at' | 'near' | 'none' {
  const common = Math.min(spec.length, path.length);
  for (let step = 0; step < common; step += 1)
    if (spec[step] !== '*' && spec[step] !== path[step]) return 'none';
  return path.length < spec.length || spec.includes('*') ? 'near' : 'at';
}
