import { isArray, isObject, type Json, type JsonObject, text } from '../../model/json.ts';
import type { GraphBuilder } from '../dependency-graph.ts';
import { parseJson } from '../json/parse.ts';
import { stackNameOf } from './stack.ts';
import { parseTemplate } from './template.ts';
import { leanIn, placed } from './template-dependencies.ts';
import { wholeOf } from './whole.ts';

/**
 * What a change set says of who leans on whom: its templates, where `check-plan` gathered them from AWS, the deployed ones
 * and those that would be; and what it names itself as the cause of a change.
 */
export async function leanInChangeSet(bytes: AsyncIterable<Uint8Array>, graph: GraphBuilder): Promise<void> {
  const document = parseJson(await wholeOf(bytes), 'the change set');
  const elements = (isArray(document) ? document.flat() : [document]).filter(isObject);
  const paths = pathsOf(elements);
  let templates = 0;
  for (const element of elements) {
    for (const { id, body } of templatesIn(element)) {
      const path = paths.get(id);
      if (path === undefined) continue;
      templates += 1;
      leanIn(placed(await parseTemplate(body, `the template of ${path}`), path), graph);
    }
    leanOnCauses(element, paths, graph);
  }
  if (templates === 0) graph.leaveOut(NO_TEMPLATE);
}

const NO_TEMPLATE =
  'a change set does not hold its template: of what hangs on what only the causes are known that it names itself';

/** Where the stacks and change sets of a document stand, by their ARN: a nested one below the resource that it is. */
function pathsOf(elements: readonly JsonObject[]): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const nested = new Map<string, { readonly parent: string; readonly id: string }>();
  for (const element of elements) {
    const stack = stackIn(element);
    const owner = text(element, 'ChangeSetId') ?? text(stack, 'StackId');
    if (owner === null) continue;
    for (const { logicalId, ids } of childrenIn(element))
      for (const id of ids) nested.set(id, { parent: owner, id: logicalId });
  }
  const pathOf = (own: string | null, name: string | null, depth: number): string | null => {
    const place = own === null ? undefined : nested.get(own);
    if (place === undefined || depth > DEEPEST) return name;
    const parent = elements.find((one) =>
      [text(one, 'ChangeSetId'), text(stackIn(one), 'StackId')].includes(place.parent),
    );
    const above = parent === undefined ? null : pathOf(place.parent, nameOf(parent), depth + 1);
    return above === null ? name : `${above}/${place.id}`;
  };
  for (const element of elements) {
    const ids = [text(element, 'ChangeSetId'), text(stackIn(element), 'StackId')].filter((id) => id !== null);
    const placedId = ids.find((id) => nested.has(id)) ?? ids[0] ?? null;
    const path = pathOf(placedId, nameOf(element), 0);
    if (path !== null) for (const id of ids) paths.set(id, path);
  }
  return paths;
}

const DEEPEST = 16;

/** A description of a change set speaks of its stack itself; a stack that was gathered stands in a member. */
const stackIn = (element: JsonObject): JsonObject => {
  const stack = element.get('Stack');
  return isObject(stack) ? stack : element;
};

const nameOf = (element: JsonObject): string | null => stackNameOf(stackIn(element));

/** The stacks that are nested directly: by a change of one, or in the list of what is in a stack. */
function childrenIn(element: JsonObject): { readonly logicalId: string; readonly ids: readonly string[] }[] {
  const changes = listAt(element, 'Changes').flatMap((change) => {
    const resource = change.get('ResourceChange');
    return isObject(resource) ? [resource] : [];
  });
  return [...changes, ...listAt(element, 'Resources')].flatMap((one) => {
    const logicalId = text(one, 'LogicalResourceId');
    const ids = [text(one, 'ChangeSetId'), text(one, 'PhysicalResourceId')].flatMap((id) =>
      id?.startsWith('arn:') && id.includes(':cloudformation:') ? [id] : [],
    );
    return logicalId === null || ids.length === 0 ? [] : [{ logicalId, ids }];
  });
}

function templatesIn(element: JsonObject): { readonly id: string; readonly body: string }[] {
  const next = element.get('NewTemplate');
  const sides = [
    [text(stackIn(element), 'StackId'), text(element, 'Template')],
    [text(isObject(next) ? next : undefined, 'ChangeSetId'), text(isObject(next) ? next : undefined, 'Body')],
  ] as const;
  return sides.flatMap(([id, body]) => (id === null || body === null ? [] : [{ id, body }]));
}

/** A change that another resource is the cause of leans on that one. */
function leanOnCauses(element: JsonObject, paths: ReadonlyMap<string, string>, graph: GraphBuilder): void {
  const id = text(element, 'ChangeSetId') ?? text(element, 'StackId');
  const path = (id === null ? undefined : paths.get(id)) ?? nameOf(element);
  if (path === null) return;
  for (const change of listAt(element, 'Changes')) {
    const resource = change.get('ResourceChange');
    const logicalId = text(isObject(resource) ? resource : undefined, 'LogicalResourceId');
    if (!isObject(resource) || logicalId === null) continue;
    for (const detail of listAt(resource, 'Details')) {
      const [cause] = (text(detail, 'CausingEntity') ?? '').split('.');
      if (cause && REFERENCE.has(text(detail, 'ChangeSource') ?? ''))
        graph.lean(`${path}/${logicalId}`, `${path}/${cause}`, 'change set');
    }
  }
}

const REFERENCE: ReadonlySet<string> = new Set(['ResourceReference', 'ResourceAttribute']);

const listAt = (owner: JsonObject, key: string): readonly JsonObject[] => {
  const value: Json | undefined = owner.get(key);
  return isArray(value) ? value.filter(isObject) : [];
};
