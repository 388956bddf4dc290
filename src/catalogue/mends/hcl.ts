import type { Value } from '../../model/change.ts';
import { resourceOf } from '../../model/dependency.ts';
import type { JudgedChange } from '../../model/report.ts';

/** A `resource` block with nothing but these lines in it, for the block that stands there; null where the names are none. */
export function resourceBlock(change: JudgedChange, lines: readonly string[]): string | null {
  const { type, name } = partsOf(change);
  if (!isName(type) || !isName(name)) return null;
  return [`resource "${type}" "${name}" {`, '  # … what stands there now', ...lines.map(indented), '}'].join(
    '\n',
  );
}

export const lifecycle = (...lines: readonly string[]): string[] => [
  'lifecycle {',
  ...lines.map(indented),
  '}',
];

const indented = (line: string): string => `  ${line}`;

function partsOf({ address, type }: JudgedChange): { type: string; name: string } {
  const name = resourceOf(address).split('.').at(-1) ?? '';
  return { type, name };
}

export const isName = (text: string): boolean => /^[A-Za-z_][\w-]*$/.test(text);

/** The address without keys, where it is made of nothing but names: as a `removed` block wants it. */
export function plainResource(address: string): string | null {
  const resource = resourceOf(address);
  return resource.split('.').every(isName) ? resource : null;
}

/** A word that no shell takes apart. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A value as HCL writes it; null for what must not be shown, is no single value, or would need an escape. */
export function literal({ exact, visibility }: Value): string | null {
  if (visibility !== 'shown') return null;
  if (/^(?:true|false|-?\d+(?:\.\d+)?)$/.test(exact)) return exact;
  return /^"[\w ./:@+=,*-]*"$/.test(exact) ? exact : null;
}

/** Lines `name = value`, as `terraform fmt` sets them. */
export function assignments(pairs: readonly (readonly [name: string, value: string])[]): string[] {
  const longest = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${name.padEnd(longest)} = ${value}`);
}
