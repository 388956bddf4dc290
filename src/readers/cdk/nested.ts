import { canonical, text } from '../../model/json.ts';
import type { TreeContext } from './assembly.ts';
import type { Constructs } from './construct.ts';
import { pathInside } from './folder.ts';
import type { Resource, Template } from './template.ts';

export const STACK = 'AWS::CloudFormation::Stack';

/**
 * The files of the stacks that are nested in a template, by logical id; null where the assembly does not have it. They
 * are no artifacts of their own: the resource names its file, or the address that the template is uploaded to does, or the
 * metadata of its construct.
 */
export function childrenOf(
  { resources }: Template,
  constructOf: (logicalId: string) => ReturnType<Constructs['of']>,
  context: TreeContext,
): ReadonlyMap<string, string | null> {
  const nested = [...resources.values()].filter(({ type }) => type === STACK);
  return new Map(nested.map((resource) => [resource.id, fileOf(resource, constructOf, context)]));
}

function fileOf(
  resource: Resource,
  constructOf: (logicalId: string) => ReturnType<Constructs['of']>,
  { directory, sources, constructs, where }: TreeContext,
): string | null {
  const hashes = canonical(resource.properties.get('TemplateURL')).match(HASH) ?? [];
  const uploaded = hashes.flatMap((hash) => sources.get(hash) ?? []);
  const named = uploaded[0] ?? text(resource.metadata, 'aws:asset:path');
  if (named !== null) return pathInside(directory, named, `${resource.id} of ${where}`);
  const path = constructOf(resource.id)?.path ?? null;
  const stack = path === null ? undefined : NESTED.exec(path)?.[1];
  return stack === undefined ? null : (constructs.templateFiles.get(stack) ?? null);
}

const HASH = /[0-9a-f]{64}/g;
/** The resource of the nested stack `Shop/Net` is the construct `Shop/Net.NestedStack/Net.NestedStackResource`. */
const NESTED = /^(.*)\.NestedStack\/[^/]*\.NestedStackResource$/;
