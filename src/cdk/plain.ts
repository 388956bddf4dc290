import type { CfnResource } from 'aws-cdk-lib';
import type { Names } from '../catalogue/path.ts';
import type { Json } from '../model/json.ts';
import { namesOf } from '../readers/cdk/declared.ts';
import { EMPTY } from '../readers/cdk/member.ts';
import type { Resource } from '../readers/cdk/template.ts';
import type { Toolbox } from './toolbox.ts';

/**
 * Of a resource what stands in its construct as it will stand in the template: its policies, its tags, its name and the
 * properties that are `needed`. Null where one of these properties has to be resolved first, or an escape hatch may say
 * something else: to resolve a resource costs many times as much as to look at it.
 */
export function plainResource(
  resource: CfnResource,
  needed: readonly Names[],
  { Token }: Pick<Toolbox, 'Token'>,
): Resource | null {
  const own: unknown = Reflect.get(resource, 'cfnProperties');
  if (!isPlainObject(own) || isOverridden(resource)) return null;
  const { cfnResourceType: type, cfnOptions } = resource;
  const properties = new Map<string, Json>();
  try {
    for (const [name, value] of membersNamed(own, needed.map(rootOf)))
      properties.set(name, jsonOf(value, needed.flat(), Token));
  } catch (thrown) {
    if (thrown === NOT_PLAIN) return null;
    throw thrown;
  }
  const told = (value: unknown): Json =>
    typeof value === 'string' && (WORDS.has(value) || !Token.isUnresolved(value)) ? value : REFERENCE;
  for (const [name, value] of membersNamed(own, namesOf(type))) properties.set(name, told(value));
  const flat = new Map(properties);
  const tags = tagsOf(resource);
  if (tags.length > 0) flat.set('Tags', tags);
  const { deletionPolicy, updateReplacePolicy } = cfnOptions;
  if (deletionPolicy !== undefined) flat.set('DeletionPolicy', told(deletionPolicy));
  if (updateReplacePolicy !== undefined) flat.set('UpdateReplacePolicy', told(updateReplacePolicy));
  return {
    id: resource.node.id,
    type,
    properties,
    condition: null,
    flat,
    manner: EMPTY,
    metadata: EMPTY,
    path: resource.node.path,
    dependsOn: undefined,
  };
}

/** Whether the values of a plain resource can say nothing of an environment: it has no tag, and no name that is known. */
export const isSilent = ({ flat }: Resource): boolean =>
  !flat.has('Tags') && [...flat].every(([name, value]) => typeof value !== 'string' || POLICIES.has(name));
const POLICIES: ReadonlySet<string> = new Set(['DeletionPolicy', 'UpdateReplacePolicy']);

const rootOf = ([root = '']: Names): string => root;

/** Nearly every policy is one of these, and CDK looks long for a token in a text. */
const WORDS: ReadonlySet<string> = new Set(['Delete', 'Retain', 'Snapshot', 'RetainExceptOnCreate']);

/** What is decided only while deploying: which reference it is says nothing here. */
const REFERENCE: Json = new Map([['Ref', 'something']]);

const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** Those of the names that an object of CDK has a value for: it writes `DBName` as `dbName`. */
function membersNamed(own: Readonly<Record<string, unknown>>, names: readonly string[]): [string, unknown][] {
  const wanted = new Map(names.map((name) => [name.toLowerCase(), name]));
  return Object.keys(own).flatMap((key): [string, unknown][] => {
    const name = wanted.get(key.toLowerCase());
    return name === undefined || own[key] === undefined ? [] : [[name, own[key]]];
  });
}

/** The value as the template will have it. Throws NOT_PLAIN for what has to be resolved. */
function jsonOf(value: unknown, names: readonly string[], token: Toolbox['Token']): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (token.isUnresolved(value)) throw NOT_PLAIN;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return { kind: 'number', text: String(value) };
  if (Array.isArray(value)) return value.map((item) => jsonOf(item, names, token));
  if (!isPlainObject(value)) throw NOT_PLAIN;
  return new Map(membersNamed(value, names).map(([name, member]) => [name, jsonOf(member, names, token)]));
}

const NOT_PLAIN = Symbol('it has to be resolved');

/** An escape hatch may say something else than the properties of the construct. */
const isOverridden = (resource: CfnResource): boolean => {
  const overrides: unknown = Reflect.get(resource, 'rawOverrides');
  return typeof overrides !== 'object' || overrides === null || Object.keys(overrides).length > 0;
};

/** Resources keep what manages their tags under one of two names. */
function tagsOf(resource: CfnResource): readonly Json[] {
  for (const member of ['cdkTagManager', 'tags']) {
    const manager: unknown = Reflect.get(resource, member);
    if (typeof manager !== 'object' || manager === null || !('tagValues' in manager)) continue;
    if (typeof manager.tagValues !== 'function') continue;
    const values: Readonly<Record<string, string>> = manager.tagValues();
    return Object.entries(values).map(
      ([Key, Value]) =>
        new Map([
          ['Key', Key],
          ['Value', Value],
        ]),
    );
  }
  return [];
}
