import { isObject, type Json, text } from '../../model/json.ts';
import { collect, type Reference } from '../cloudformation/references.ts';
import type { Pair } from './pair.ts';
import { sameText } from './value.ts';

/** What may come out otherwise than before although it is written the same, and why. */
export interface Doubts {
  /** Logical ids of resources whose id and attributes change, with the words for it. */
  readonly replaced: Map<string, string>;
  /** Resources of which only the attributes may change; `Outputs.Name` is in `attributes`. */
  readonly attributes: Map<string, string>;
  readonly parameters: Map<string, string>;
  readonly conditions: Map<string, string>;
  readonly mappings: Map<string, string>;
}

/** Where doubts about exports are kept: they are read across stacks. */
export type Exports = Map<string, string>;

/** What the declarations of two templates leave in doubt. */
export function declaredDoubts(pair: Pair): Doubts {
  const doubts: Doubts = {
    replaced: new Map(),
    attributes: new Map(),
    parameters: new Map(),
    conditions: new Map(),
    mappings: new Map(),
  };
  for (const [name, after] of pair.after.parameters) {
    const before = pair.before.parameters.get(name);
    const type = text(after, 'Type') ?? '';
    if (before === undefined || declared(before) !== declared(after))
      doubts.parameters.set(name, `the parameter ${name} is declared otherwise`);
    else if (type.startsWith('AWS::SSM::Parameter::Value') && pair.parent === null)
      doubts.parameters.set(name, `the parameter ${name} is read from Parameter Store while deploying`);
  }
  for (const [name, after] of pair.after.conditions)
    if (sameText(pair.before.conditions.get(name)) !== sameText(after))
      doubts.conditions.set(name, `the condition ${name} is declared otherwise`);
  for (const [name, after] of pair.after.mappings)
    if (sameText(pair.before.mappings.get(name)) !== sameText(after))
      doubts.mappings.set(name, `the mapping ${name} is changed`);
  return doubts;
}

/** Whether a parameter may get another value: descriptions and limits do not change it. */
const declared = (parameter: Json): string =>
  isObject(parameter) ? sameText([parameter.get('Type') ?? null, parameter.get('Default') ?? null]) : '';

/** Why the reference may come out otherwise, or null. */
export function doubtOf(
  { kind, name, attribute }: Reference,
  doubts: Doubts,
  exports: Exports,
): string | null {
  switch (kind) {
    case 'ref':
      return doubts.replaced.get(name) ?? doubts.parameters.get(name) ?? null;
    case 'attribute':
      return (
        doubts.replaced.get(name) ??
        doubts.attributes.get(name) ??
        doubts.attributes.get(`${name}.${attribute}`) ??
        null
      );
    case 'condition':
      return doubts.conditions.get(name) ?? null;
    case 'mapping':
      return doubts.mappings.get(name) ?? null;
    case 'import':
      return exports.get(name) ?? null;
    case 'resolve':
      return null;
  }
}

/** The first doubt about anything in a value, or null. */
export function doubtIn(value: Json | undefined, doubts: Doubts, exports: Exports): string | null {
  for (const reference of collect(value)) {
    const doubt = doubtOf(reference, doubts, exports);
    if (doubt !== null) return doubt;
  }
  return null;
}
