import { CheckError } from '../../model/error.ts';
import { isArray, isObject, type Json, type JsonObject, text } from '../../model/json.ts';
import { EMPTY, malformed, optionalObject, requiredObject } from './member.ts';

/** A CloudFormation template, as far as it says what is destroyed. */
export interface Template {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly parameters: JsonObject;
  readonly conditions: JsonObject;
  readonly mappings: JsonObject;
  readonly outputs: JsonObject;
}

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
  /** As the template has it: a logical id, or a list of them. */
  readonly dependsOn: Json | undefined;
  /** The condition that it exists under, or null. */
  readonly condition: string | null;
  /** Properties, and the policies beside them, as the catalogue reads a resource. */
  readonly flat: JsonObject;
  /** What else decides how it is updated: `UpdatePolicy`, `CreationPolicy`. */
  readonly manner: JsonObject;
  readonly metadata: JsonObject;
  /** The construct path that the template tells, or null. */
  readonly path: string | null;
}

export const EMPTY_TEMPLATE: Template = {
  resources: new Map(),
  parameters: EMPTY,
  conditions: EMPTY,
  mappings: EMPTY,
  outputs: EMPTY,
};

/**
 * Reads a parsed template. Throws CheckError `malformed-plan`, and `incomplete-change-set` where a macro or a loop writes
 * resources that only the deployment sees.
 */
export function readTemplate(value: Json, where: string): Template {
  const template = requiredObject(value, where);
  refuseMacros(template, where);
  const resources = new Map<string, Resource>();
  for (const [id, resource] of optionalObject(template, 'Resources', where)) {
    if (id.startsWith('Fn::')) throw unseen(where, `has ${id} among its resources`);
    resources.set(id, readResource(id, resource, where));
  }
  return {
    resources,
    parameters: optionalObject(template, 'Parameters', where),
    conditions: optionalObject(template, 'Conditions', where),
    mappings: optionalObject(template, 'Mappings', where),
    outputs: optionalObject(template, 'Outputs', where),
  };
}

function readResource(id: string, value: Json, where: string): Resource {
  const here = `${id} of ${where}`;
  const resource = requiredObject(value, here);
  const type = text(resource, 'Type');
  if (type === null) throw malformed(here, 'has no Type');
  if (resource.get('Fn::Transform') !== undefined) throw unseen(here, 'is written by a macro');
  const condition = resource.get('Condition');
  if (condition !== undefined && typeof condition !== 'string')
    throw malformed(here, 'has a Condition that is not a text');
  const properties = optionalObject(resource, 'Properties', here);
  const metadata = resource.get('Metadata');
  const of = (...keys: readonly string[]): [string, Json][] =>
    keys.flatMap((key): [string, Json][] => {
      const member = resource.get(key);
      return member === undefined ? [] : [[key, member]];
    });
  return {
    id,
    type,
    properties,
    dependsOn: resource.get('DependsOn'),
    condition: condition ?? null,
    flat: new Map([...properties, ...of('DeletionPolicy', 'UpdateReplacePolicy')]),
    manner: new Map(of('UpdatePolicy', 'CreationPolicy')),
    metadata: isObject(metadata) ? metadata : EMPTY,
    path: isObject(metadata) ? text(metadata, 'aws:cdk:path') : null,
  };
}

/** Transforms of AWS keep what is there, or expand what they are told; one of somebody else may write anything. */
function refuseMacros(template: JsonObject, where: string): void {
  const named = template.get('Transform');
  const transforms = isArray(named) ? named : named === undefined ? [] : [named];
  for (const transform of transforms) {
    const name = isObject(transform) ? (text(transform, 'Name') ?? '?') : transform;
    if (typeof name !== 'string' || !KNOWN_TRANSFORMS.test(name))
      throw unseen(where, `goes through the macro ${typeof name === 'string' ? name : '?'}`);
  }
  for (const key of ['Fn::Transform', 'Resources', 'Conditions', 'Parameters']) {
    const part = key === 'Fn::Transform' ? template : template.get(key);
    if (isObject(part) && part.has('Fn::Transform')) throw unseen(where, `has ${key} that a macro writes`);
  }
}

const KNOWN_TRANSFORMS =
  /^AWS::(?:Serverless|SecretsManager|CodeDeployBlueGreen|LanguageExtensions|ServiceCatalog)/;

const unseen = (where: string, says: string): CheckError =>
  new CheckError(
    'incomplete-change-set',
    `${where} ${says}, and what comes of it is seen only while deploying`,
    'prepare a change set (`cdk deploy --method=prepare-change-set`), and check that',
  );
