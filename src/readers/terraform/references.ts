import { resourceOf } from '../../model/dependency.ts';
import { isArray, isObject, type Json } from '../../model/json.ts';

/**
 * What an expression of `configuration` refers to, as it stands there: an attribute, a block, or a list of blocks.
 * Constants are not looked into, whatever they look like.
 */
export function referencesIn(value: Json | undefined): readonly string[] {
  if (isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const references = value.get('references');
  if (isArray(references) && references.every((one) => typeof one === 'string'))
    return withoutPrefixes(references);
  if (value.size === 1 && value.has('constant_value')) return [];
  return [...value.values()].flatMap(referencesIn);
}

/** After `module.net.id` Terraform also lists `module.net`, which would mean all of the module. */
function withoutPrefixes(references: readonly string[]): readonly string[] {
  return references.filter((reference, index) => {
    const before = references[index - 1];
    return !(before?.startsWith(reference) && /^[.[]/.test(before.slice(reference.length)));
  });
}

/** What a reference names. Names are those of `Dependencies`. */
export type Named =
  | { readonly kind: 'resource' | 'data' | 'variable' | 'output'; readonly name: string }
  | { readonly kind: 'module'; readonly module: string }
  | { readonly kind: 'local' }
  | { readonly kind: 'nothing' };

/** Understands a reference that stands in a module; the root has the empty name. */
export function nameIn(module: string, reference: string): Named {
  const [first = '', second = '', third] = resourceOf(reference).split('.');
  if (first === 'local') return { kind: 'local' };
  if (NOTHING.has(first) || second === '') return { kind: 'nothing' };
  if (first === 'var') return { kind: 'variable', name: variable(module, second) };
  if (first === 'module') {
    const called = within(module, `module.${second}`);
    return third === undefined
      ? { kind: 'module', module: called }
      : { kind: 'output', name: output(called, third) };
  }
  if (first === 'data' || first === 'ephemeral')
    return { kind: 'data', name: within(module, [first, second, third].join('.')) };
  const [type, name] = first === 'resource' ? [second, third ?? ''] : [first, second];
  return { kind: 'resource', name: within(module, `${type}.${name}`) };
}

const NOTHING: ReadonlySet<string> = new Set([
  'each',
  'count',
  'self',
  'path',
  'terraform',
  'tofu',
  'provider',
]);

/** The full name of what stands in a module. */
export const within = (module: string, name: string): string => (module === '' ? name : `${module}.${name}`);

// Names of what is no resource, as people read them. No name of a resource has a space in it.
export const variable = (module: string, name: string): string => `variable ${name}${of(module)}`;
export const output = (module: string, name: string): string => `output ${name}${of(module)}`;
export const outputs = (module: string): string => `outputs${of(module)}`;
/** What every resource of a module leans on, through `count`, `for_each` or `depends_on` of its call. */
export const call = (module: string): string => `the call${of(module)}`;
/** All resources of a module, for whatever depends on the module as a whole. */
export const everything = (module: string): string => `all${of(module)}`;
export const provider = (key: string): string => `provider ${key}`;

const of = (module: string): string => (module === '' ? '' : ` of ${module}`);
