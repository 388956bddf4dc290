import type { StatedTag } from '../../model/change.ts';
import { isArray, isObject, type Json, type JsonObject, text } from '../../model/json.ts';
import { malformed, optionalList, optionalText, requiredObject, requiredText } from './member.ts';
import { type Policies, policiesOf } from './policies.ts';
import { parseTemplate } from './template.ts';

/** What a document says besides the change sets themselves: as `check-plan` gathers it from AWS. */
export interface Surroundings {
  /** Stacks as they are now, by their ARN. */
  readonly stacks: ReadonlyMap<string, KnownStack>;
  /** The templates that change sets would deploy, by the ARN of the change set. */
  readonly next: ReadonlyMap<string, Policies>;
}

/** A stack that exists. */
export interface KnownStack {
  readonly id: string;
  readonly name: string;
  readonly status: string | null;
  readonly tags: readonly StatedTag[];
  /** AWS refuses to delete it as long as this is on. */
  readonly isProtected: boolean;
  /** Of the deployed template; null where there is none. */
  readonly policies: Policies | null;
  /** What is in it now; null where nobody asked. */
  readonly resources: readonly StackResource[] | null;
}

export interface StackResource {
  readonly logicalId: string;
  readonly physicalId: string | null;
  readonly type: string;
}

/**
 * Takes the elements that are no change sets out of a list: `{"Stack": …, "Template": …, "Resources": …}` for a stack that
 * exists, `{"NewTemplate": …}` for what a change set would deploy. Throws CheckError `malformed-plan`, `template-unreadable`.
 */
export async function surroundingsIn(
  document: Json,
): Promise<{ readonly surroundings: Surroundings; readonly rest: Json }> {
  const stacks = new Map<string, KnownStack>();
  const next = new Map<string, Policies>();
  if (!isArray(document)) return { surroundings: { stacks, next }, rest: document };
  const rest: Json[] = [];
  for (const [at, element] of document.entries()) {
    const where = `element ${at + 1}`;
    if (isObject(element) && element.has('Stack')) {
      const stack = await stackIn(element, where);
      if (stacks.has(stack.id)) throw malformed(where, `is the stack ${stack.id} once more`);
      stacks.set(stack.id, stack);
    } else if (isObject(element) && element.has('NewTemplate')) {
      const template = requiredObject(element.get('NewTemplate'), where);
      const id = requiredText(template, 'ChangeSetId', where);
      if (next.has(id)) throw malformed(where, `is the template of ${id} once more`);
      next.set(
        id,
        policiesOf(await parseTemplate(requiredText(template, 'Body', where), `the template of ${id}`)),
      );
    } else rest.push(element);
  }
  return { surroundings: { stacks, next }, rest };
}

async function stackIn(element: JsonObject, where: string): Promise<KnownStack> {
  const head = requiredObject(element.get('Stack'), where);
  const id = requiredText(head, 'StackId', where);
  const name = requiredText(head, 'StackName', where);
  const template = optionalText(element, 'Template', where);
  const isProtected = head.get('EnableTerminationProtection') === true;
  return {
    id,
    name,
    status: optionalText(head, 'StackStatus', where),
    isProtected,
    tags: [
      ...pairs(head, 'Tags', 'Key', 'Value', 'deployed stack tag', where),
      ...pairs(head, 'Parameters', 'ParameterKey', 'ParameterValue', 'deployed stack parameter', where),
      ...(isProtected ? [{ where: 'stack' as const, key: 'termination protection', value: 'on' }] : []),
    ],
    policies: template === null ? null : policiesOf(await parseTemplate(template, `the template of ${name}`)),
    resources: (element.get('Resources') ?? null) === null ? null : resourcesIn(element, where),
  };
}

const resourcesIn = (element: JsonObject, where: string): readonly StackResource[] =>
  optionalList(element, 'Resources', where).flatMap((one): StackResource[] => {
    const resource = requiredObject(one, `${where} Resources`);
    // It is listed for a while after it is gone.
    if (text(resource, 'ResourceStatus') === 'DELETE_COMPLETE') return [];
    return [
      {
        logicalId: requiredText(resource, 'LogicalResourceId', where),
        physicalId: optionalText(resource, 'PhysicalResourceId', where),
        type: requiredText(resource, 'ResourceType', where),
      },
    ];
  });

const pairs = (
  head: JsonObject,
  list: string,
  keyName: string,
  valueName: string,
  place: StatedTag['where'],
  where: string,
): readonly StatedTag[] =>
  optionalList(head, list, where).flatMap((pair) => {
    const [key, value] = [text(pair, keyName), text(pair, 'ResolvedValue') ?? text(pair, valueName)];
    return key === null || value === null ? [] : [{ where: place, key, value }];
  });
