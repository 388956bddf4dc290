import type { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { StatedTag } from '../model/change.ts';
import type { Location } from '../model/environment.ts';
import type { Toolbox } from './toolbox.ts';

/** Where the resources of a stack stand. */
export interface Place {
  /** `shop-prod`; of a nested stack as the addresses are made. */
  readonly path: string;
  readonly construct: string;
  readonly location: Location;
  readonly tags: readonly StatedTag[];
}

/**
 * How resources are called: as in the template, `Shop/OrdersDDF2DE77`, for a policy that lists addresses, else by their
 * constructs, `Shop/Orders/Resource`, which has the same words. CDK would have to make every logical id for the first.
 */
export interface Naming {
  readonly hasLogicalIds: boolean;
  readonly token: Toolbox['Token'];
}

export function placeOf(stack: Stack, naming: Naming): Place {
  const known = (value: string): string | null => (naming.token.isUnresolved(value) ? null : value);
  return {
    path: pathOf(stack, naming),
    construct: stack.node.path,
    location: { account: known(stack.account), region: known(stack.region) },
    tags: Object.entries(stack.tags.tagValues()).map(
      ([key, value]): StatedTag => ({ where: 'stack tag', key, value }),
    ),
  };
}

/** What a resource is called in its stack. */
export const idOf = (resource: CfnResource, stack: Stack, { hasLogicalIds }: Naming): string =>
  hasLogicalIds
    ? String(stack.resolve(resource.logicalId))
    : resource.node.path.slice(stack.node.path.length + 1);

/** The name of the stack is decided only while deploying where it is nested, or its name is a token. */
function pathOf(stack: Stack, naming: Naming): string {
  const { nestedStackParent: parent, nestedStackResource: resource } = stack;
  if (naming.hasLogicalIds && parent !== undefined && resource !== undefined)
    return `${pathOf(parent, naming)}/${idOf(resource as CfnResource, parent, naming)}`;
  return naming.token.isUnresolved(stack.stackName) ? stack.node.path : stack.stackName;
}

/** By the symbol that CDK marks stacks with, as several copies of it may be there. */
export const isStack = (node: IConstruct): node is Stack => STACK in node;
const STACK = Symbol.for('@aws-cdk/core.Stack');
