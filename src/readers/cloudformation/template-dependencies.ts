import { isArray, isObject, type Json, type JsonObject, text } from '../../model/json.ts';
import type { GraphBuilder } from '../dependency-graph.ts';
import { STACK } from './fate.ts';
import { collect, type Reference } from './references.ts';

/** A template at its place: the path is the name of its stack, and of the stacks that it is nested in before it. */
export interface PlacedTemplate {
  /** `shop-prod`, or `shop-prod/Network` for a nested one. */
  readonly path: string;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly outputs: JsonObject;
}
export interface TemplateResource {
  readonly type: string | null;
  readonly properties: JsonObject;
  readonly dependsOn: Json | undefined;
}

/** A parsed template at its place. */
export function placed(template: JsonObject, path: string): PlacedTemplate {
  const resources = [...objectAt(template, 'Resources')].filter(
    (entry): entry is [string, JsonObject] => !entry[0].startsWith('Fn::') && isObject(entry[1]),
  );
  return {
    path,
    outputs: objectAt(template, 'Outputs'),
    resources: new Map(
      resources.map(([id, resource]) => [
        id,
        {
          type: text(resource, 'Type'),
          properties: objectAt(resource, 'Properties'),
          dependsOn: resource.get('DependsOn'),
        },
      ]),
    ),
  };
}

/**
 * What a template says of who leans on whom: Ref, GetAtt, Sub and DependsOn; through the parameters and outputs of nested
 * stacks, and through exports.
 */
export function leanIn({ path, resources, outputs }: PlacedTemplate, graph: GraphBuilder): void {
  const pass = (from: string, on: string): void => {
    graph.passage(on);
    graph.lean(from, on, 'template');
  };

  const refer = (from: string, { kind, name, attribute }: Reference): void => {
    if (kind === 'import') pass(from, exported(name));
    if (kind !== 'ref' && kind !== 'attribute') return;
    const resource = resources.get(name);
    const output = /^Outputs\.(\w+)$/.exec(attribute)?.[1];
    if (resource === undefined) {
      if (kind === 'ref' && path.includes('/') && !name.startsWith('AWS::'))
        pass(from, parameter(path, name));
    } else if (resource.type === STACK && output !== undefined)
      pass(from, outputOf(`${path}/${name}`, output));
    else graph.lean(from, `${path}/${name}`, 'template');
  };

  for (const [id, { type, properties, dependsOn }] of resources) {
    const here = `${path}/${id}`;
    const isNested = type === STACK;
    for (const reference of collect(isNested ? withoutParameters(properties) : properties))
      refer(here, reference);
    for (const on of isArray(dependsOn) ? dependsOn : [dependsOn])
      if (typeof on === 'string' && resources.has(on)) graph.lean(here, `${path}/${on}`, 'template');
    if (!isNested) continue;
    for (const [name, value] of objectAt(properties, 'Parameters')) {
      graph.passage(parameter(here, name));
      for (const reference of collect(value)) {
        refer(parameter(here, name), reference);
        refer(here, reference);
      }
    }
  }

  for (const [name, output] of outputs) {
    const value = isObject(output) ? output.get('Value') : undefined;
    const exportName = text(isObject(output) ? output.get('Export') : undefined, 'Name');
    const names = [outputOf(path, name), ...(exportName === null ? [] : [exported(exportName)])];
    for (const passage of names) {
      graph.passage(passage);
      for (const reference of collect(value)) refer(passage, reference);
    }
  }
}

const withoutParameters = (properties: JsonObject): JsonObject =>
  new Map([...properties].filter(([key]) => key !== 'Parameters'));

const EMPTY: JsonObject = new Map();
const objectAt = (owner: JsonObject, key: string): JsonObject => {
  const value = owner.get(key);
  return isObject(value) ? value : EMPTY;
};

// Names of what is no resource, as people read them.
const parameter = (stack: string, name: string): string => `parameter ${name} of ${stack}`;
const outputOf = (stack: string, name: string): string => `output ${name} of ${stack}`;
const exported = (name: string): string => `export ${name}`;
