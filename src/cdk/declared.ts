import type { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Declared, StatedTag } from '../model/change.ts';
import type { Location } from '../model/environment.ts';
import { declaredResource, declaredStack } from '../readers/cdk/declared.ts';
import type { Replacements } from '../readers/cdk/replacement.ts';
import { readTemplate } from '../readers/cdk/template.ts';
import { parseJson } from '../readers/json/parse.ts';

/** The toolbox of CDK, as far as it is needed here; constructs may come from another copy of it. */
export interface Toolbox {
  readonly Stack: { of(node: IConstruct): Stack };
  readonly CfnResource: { isCfnResource(node: object): boolean };
  readonly Token: { isUnresolved(value: unknown): boolean };
}

/**
 * What a construct declares: a stack, or a resource of a type that `matters`; else null. Only those are resolved, which is
 * what costs.
 */
export function declaredBy(
  node: IConstruct,
  { Stack, CfnResource, Token }: Toolbox,
  replacements: Replacements,
  matters: (type: string) => boolean,
): Declared | null {
  if (isStack(node))
    return node.nestedStackParent
      ? null
      : declaredStack(placeOf(node, Token), node.terminationProtection === true);
  if (!CfnResource.isCfnResource(node)) return null;
  const resource = node as CfnResource;
  if (!matters(resource.cfnResourceType)) return null;
  const stack = Stack.of(resource);
  const template = readTemplate(
    parseJson(JSON.stringify(stack.resolve(fragmentOf(resource))), 'the template'),
    'the template',
  );
  const [only] = template.resources.values();
  return only === undefined
    ? null
    : declaredResource(placeOf(stack, Token), only, replacements, { path: node.node.path, source: null });
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

function placeOf(stack: Stack, token: Toolbox['Token']) {
  const known = (value: string): string | null => (token.isUnresolved(value) ? null : value);
  const location: Location = { account: known(stack.account), region: known(stack.region) };
  const tags = Object.entries(stack.tags.tagValues()).map(
    ([key, value]): StatedTag => ({ where: 'stack tag', key, value }),
  );
  return { path: known(stack.stackName) ?? stack.node.path, construct: stack.node.path, location, tags };
}
