import type { Change, Construct, Declared } from '../../model/change.ts';
import { MANAGED } from '../cloudformation/managed.ts';
import type { DeployedStack } from './assembly.ts';
import { openIn } from './change.ts';
import { STACK } from './nested.ts';
import type { Baseline, Pair } from './pair.ts';
import { pairStacks } from './pair.ts';
import type { Replacements } from './replacement.ts';
import type { Resource } from './template.ts';
import { isUnresolved } from './value.ts';

/** Every stack and resource of an app as it is declared, as if nothing were deployed. */
export function declaredIn(
  stacks: readonly DeployedStack[],
  replacements: Replacements,
): readonly Declared[] {
  const { pairs } = pairStacks(stacks, NOTHING);
  const roots = pairs.filter(({ parent }) => parent === null);
  return [
    ...roots.map((pair, at) =>
      declaredStack(
        { ...pair, construct: stacks[at]?.path ?? pair.path },
        stacks[at]?.terminationProtection === true,
      ),
    ),
    ...pairs.flatMap((pair) =>
      [...pair.after.resources.values()].map((resource) =>
        declaredResource(
          pair,
          resource,
          replacements,
          () => pair.afterTree?.constructOf(resource.id) ?? null,
        ),
      ),
    ),
  ];
}

const NOTHING: Baseline = { name: '', stacks: [], isWhole: true, problems: [] };

type Place = Pick<Pair, 'path' | 'location' | 'tags'>;

/** One resource of a stack, as if it were made now. Few are told of, so that its construct is looked up when it is asked for. */
export function declaredResource(
  { path, location, tags }: Place,
  resource: Resource,
  replacements: Replacements,
  construct: () => Construct | null,
): Declared {
  const { id, type, flat, condition } = resource;
  const change: Change = {
    ...MANAGED,
    address: `${path}/${id}`,
    type,
    name: id,
    effect: 'create',
    certainty: condition === null ? 'planned' : 'possible',
    fate: 'kept',
    after: flat,
    afterUnknown: openIn(flat),
    location,
    stated: tags,
    get construct() {
      return construct();
    },
  };
  return { change, fixedName: fixedNameOf(resource, replacements) };
}

/** The stack itself, as a resource of that type would be: with the one setting that is no part of a template. */
export function declaredStack(
  { path, location, tags, construct }: Place & { readonly construct: string },
  terminationProtection: boolean,
): Declared {
  const change: Change = {
    ...MANAGED,
    type: STACK,
    effect: 'create',
    fate: 'kept',
    address: path,
    name: path,
    after: new Map([['TerminationProtection', terminationProtection]]),
    location,
    stated: tags,
    construct: { path: construct, source: null },
  };
  return { change, fixedName: null };
}

/** The properties that may name an object of the type. */
export function namesOf(type: string): readonly string[] {
  const kind = type.split('::').at(-1) ?? '';
  return [`${kind}Name`, `${kind}Identifier`, 'Name', 'ClusterIdentifier', 'DomainName'];
}

/** The property that names the object, where changing it replaces: no two objects can have that name at a time. */
function fixedNameOf({ type, properties }: Resource, replacements: Replacements): string | null {
  const replacing = replacements(type)?.replaces ?? [];
  const fixed = namesOf(type).find(
    (name) =>
      replacing.some((path) => path.length === 1 && path[0] === name) &&
      properties.has(name) &&
      !isUnresolved(properties.get(name)),
  );
  return fixed ?? null;
}
