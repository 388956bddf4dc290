import type { CfnResource, Stack } from 'aws-cdk-lib';
import { type Resource, readTemplate } from '../readers/cdk/template.ts';
import { parseJson } from '../readers/json/parse.ts';

/** A resource as the template will have it; null for one that will not be there. Resolving it is what costs. */
export function resolvedResource(resource: CfnResource, stack: Stack): Resource | null {
  const text = JSON.stringify(stack.resolve(fragmentOf(resource)));
  const [only] = readTemplate(parseJson(text, 'the template'), 'the template').resources.values();
  return only ?? null;
}

/** What CDK itself writes a template from. It is no part of its public interface, and has been there all through v2. */
function fragmentOf(resource: CfnResource): unknown {
  const fragment = (resource as unknown as { _toCloudFormation?(): unknown })._toCloudFormation?.();
  if (fragment === undefined)
    throw new Error(`${resource.node.path} does not say what it becomes in the template`);
  return fragment;
}
