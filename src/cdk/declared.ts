import type { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { HazardNeeds } from '../catalogue/hazard.ts';
import type { Declared, StatedTag } from '../model/change.ts';
import type { Location } from '../model/environment.ts';
import type { Json } from '../model/json.ts';
import { declaredResource, declaredStack, namesOf } from '../readers/cdk/declared.ts';
import type { Replacements } from '../readers/cdk/replacement.ts';
import { type Resource, readTemplate } from '../readers/cdk/template.ts';
import { parseJson } from '../readers/json/parse.ts';

/** The toolbox of CDK, as far as it is needed here; constructs may come from another copy of it. */
export interface Toolbox {
  readonly Stack: { of(node: IConstruct): Stack };
  readonly CfnResource: { isCfnResource(node: object): boolean };
  readonly TagManager: { of(construct: unknown): { tagValues(): Record<string, string> } | undefined };
  readonly Token: { isUnresolved(value: unknown): boolean };
}

/** What a construct declares: a stack, or a resource of which something is `needed`; else null. */
export function declaredBy(
  node: IConstruct,
  toolbox: Toolbox,
  replacements: Replacements,
  needed: (type: string) => HazardNeeds,
): Declared | null {
  const { Stack, CfnResource, Token } = toolbox;
  if (isStack(node))
    return node.nestedStackParent
      ? null
      : declaredStack(placeOf(node, Token), node.terminationProtection === true);
  if (!CfnResource.isCfnResource(node)) return null;
  const resource = node as CfnResource;
  const needs = needed(resource.cfnResourceType);
  if (needs === 'nothing') return null;
  const stack = Stack.of(resource);
  const isPlain = needs === 'policies' && !isOverridden(resource);
  const read = isPlain ? plainly(resource, toolbox) : resolved(resource, stack);
  return (
    read &&
    declaredResource(placeOf(stack, Token), read, replacements, { path: node.node.path, source: null })
  );
}

/** The resource as the template will have it. Resolving it is what costs. */
function resolved(resource: CfnResource, stack: Stack): Resource | null {
  const text = JSON.stringify(stack.resolve(fragmentOf(resource)));
  const [only] = readTemplate(parseJson(text, 'the template'), 'the template').resources.values();
  return only ?? null;
}

/** Policies, tags and the name, as the construct itself has them. */
function plainly(resource: CfnResource, { Token, TagManager }: Toolbox): Resource {
  const { cfnResourceType: type, cfnOptions } = resource;
  const told = (value: unknown): Json =>
    typeof value === 'string' && !Token.isUnresolved(value) ? value : new Map([['Ref', 'something']]);
  const flat = new Map<string, Json>();
  for (const name of namesOf(type)) {
    const value: unknown = Reflect.get(resource, `${name.charAt(0).toLowerCase()}${name.slice(1)}`);
    if (value !== undefined) flat.set(name, told(value));
  }
  const properties = new Map(flat);
  const tags = Object.entries(TagManager.of(resource)?.tagValues() ?? {});
  if (tags.length > 0)
    flat.set(
      'Tags',
      tags.map(
        ([Key, Value]) =>
          new Map([
            ['Key', Key],
            ['Value', Value],
          ]),
      ),
    );
  if (cfnOptions.deletionPolicy !== undefined) flat.set('DeletionPolicy', told(cfnOptions.deletionPolicy));
  if (cfnOptions.updateReplacePolicy !== undefined)
    flat.set('UpdateReplacePolicy', told(cfnOptions.updateReplacePolicy));
  return {
    id: resource.node.id,
    type,
    properties,
    condition: null,
    flat,
    manner: new Map(),
    metadata: new Map(),
    path: resource.node.path,
    dependsOn: undefined,
  };
}

/** An escape hatch may say something else than the properties of the construct. */
const isOverridden = (resource: CfnResource): boolean => {
  const overrides: unknown = Reflect.get(resource, 'rawOverrides');
  return typeof overrides !== 'object' || overrides === null || Object.keys(overrides).length > 0;
};

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
