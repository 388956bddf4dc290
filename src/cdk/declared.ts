import type { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { HazardNeeds } from '../catalogue/hazard.ts';
import type { Declared, StatedTag } from '../model/change.ts';
import type { Location } from '../model/environment.ts';
import { declaredResource, declaredStack } from '../readers/cdk/declared.ts';
import type { Replacements } from '../readers/cdk/replacement.ts';
import { type Resource, readTemplate } from '../readers/cdk/template.ts';
import { parseJson } from '../readers/json/parse.ts';
import { plainResource } from './plain.ts';
import type { Toolbox } from './toolbox.ts';

/** What reading a declaration goes by. */
export interface Reading {
  readonly toolbox: Toolbox;
  readonly replacements: Replacements;
  readonly needed: (type: string) => HazardNeeds;
  /**
   * Whether addresses have to be those of the template, `Shop/OrdersDDF2DE77`, for a policy that lists some. CDK has to make
   * every logical id for it, so they are `Shop/Orders/Resource` else, which has the same words.
   */
  readonly hasLogicalIds: boolean;
}

/** What a construct declares: a stack, or a resource of which something is needed; else null. */
export function declaredBy(node: IConstruct, reading: Reading): Declared | null {
  const { toolbox, replacements, needed } = reading;
  if (isStack(node))
    return node.nestedStackParent
      ? null
      : declaredStack(placeOf(node, reading), node.terminationProtection === true);
  if (!toolbox.CfnResource.isCfnResource(node)) return null;
  const resource = node as CfnResource;
  const needs = needed(resource.cfnResourceType);
  if (needs === null) return null;
  const stack = toolbox.Stack.of(resource);
  const read = plainResource(resource, needs, toolbox) ?? resolved(resource, stack);
  if (read === null) return null;
  const construct = { path: node.node.path, source: null };
  const named = { ...read, id: idOf(resource, stack, reading) };
  return declaredResource(placeOf(stack, reading), named, replacements, construct);
}

/** The resource as the template will have it. Resolving it is what costs. */
function resolved(resource: CfnResource, stack: Stack): Resource | null {
  const text = JSON.stringify(stack.resolve(fragmentOf(resource)));
  const [only] = readTemplate(parseJson(text, 'the template'), 'the template').resources.values();
  return only ?? null;
}

/** By the symbol that CDK marks stacks with, as several copies of it may be there. */
const isStack = (node: IConstruct): node is Stack => STACK in node;
const STACK = Symbol.for('@aws-cdk/core.Stack');

/** What CDK itself writes a template from. It is no part of its public interface, and has been there all through v2. */
function fragmentOf(resource: CfnResource): unknown {
  const fragment = (resource as unknown as { _toCloudFormation?(): unknown })._toCloudFormation?.();
  if (fragment === undefined)
    throw new Error(`${resource.node.path} does not say what it becomes in the template`);
  return fragment;
}

const idOf = (resource: CfnResource, stack: Stack, { hasLogicalIds }: Reading): string =>
  hasLogicalIds
    ? String(stack.resolve(resource.logicalId))
    : resource.node.path.slice(stack.node.path.length + 1);

function placeOf(stack: Stack, reading: Reading) {
  const known = (value: string): string | null => (reading.toolbox.Token.isUnresolved(value) ? null : value);
  const location: Location = { account: known(stack.account), region: known(stack.region) };
  const tags = Object.entries(stack.tags.tagValues()).map(
    ([key, value]): StatedTag => ({ where: 'stack tag', key, value }),
  );
  return { path: pathOf(stack, reading), construct: stack.node.path, location, tags };
}

/** The name of the stack is decided only while deploying where it is nested, or its name is a token. */
function pathOf(stack: Stack, reading: Reading): string {
  const { nestedStackParent: parent, nestedStackResource: resource } = stack;
  if (reading.hasLogicalIds && parent !== undefined && resource !== undefined)
    return `${pathOf(parent, reading)}/${idOf(resource as CfnResource, parent, reading)}`;
  return reading.toolbox.Token.isUnresolved(stack.stackName) ? stack.node.path : stack.stackName;
}
