import { isObject, type Json, type JsonObject, text } from '../../model/json.ts';

/** The resources of a template, as far as they say what becomes of them. */
export interface Policies {
  /**
   * The policies that the template sets for a resource, and what their defaults depend on; null where it has no such
   * resource: a transform may have made it.
   */
  of(logicalId: string): JsonObject | null;
  /** Logical ids and their types. */
  readonly types: ReadonlyMap<string, string | null>;
  /** Transforms that AWS has not carried out in this text: what they add is not seen in it. */
  readonly transforms: readonly string[];
}

/** Resource attributes that protect; they stand beside the properties, and no property has such a name. */
export const POLICIES = ['DeletionPolicy', 'UpdateReplacePolicy'] as const;

/** Of a template, best one whose transforms are processed. */
export function policiesOf(template: JsonObject): Policies {
  const resources = template.get('Resources');
  const all = isObject(resources) ? [...resources] : [];
  const own = all.filter(([id]) => !id.startsWith('Fn::'));
  const sides = new Map(own.map(([id, resource]) => [id, sideOf(resource)]));
  return {
    of: (logicalId) => sides.get(logicalId) ?? null,
    types: new Map(own.map(([id, resource]) => [id, text(resource, 'Type')])),
    transforms: [
      ...all.filter(([id]) => id.startsWith('Fn::')).map(([id]) => id),
      ...(own.some(([, resource]) => isObject(resource) && resource.has('Fn::Transform'))
        ? ['Fn::Transform']
        : []),
    ],
  };
}

/** Whether RDS takes a last snapshot by itself depends on whether the instance is part of a cluster. */
const DECIDES = 'DBClusterIdentifier';

function sideOf(resource: Json): JsonObject {
  const side = new Map<string, Json>();
  if (!isObject(resource)) return side;
  for (const policy of POLICIES) {
    const value = resource.get(policy) ?? null;
    if (value !== null) side.set(policy, value);
  }
  const properties = resource.get('Properties');
  const cluster = isObject(properties) ? (properties.get(DECIDES) ?? null) : null;
  if (cluster !== null) side.set(DECIDES, cluster);
  return side;
}
