import { CheckError } from '../../model/error.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../model/json.ts';
import { parseJson } from '../json/parse.ts';
import { POLICIES } from './policies.ts';

/** The resource as the templates have it, deployed and new; null where the document was written without values. */
export interface Contexts {
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

export const contextsOf = (change: JsonObject): Contexts => ({
  before: contextOf(change.get('BeforeContext')),
  after: contextOf(change.get('AfterContext')),
});

/**
 * A context is JSON in a text, which AWS may cut off; recordings have it as an object. What cannot be read is as good as
 * absent: no effect and no fate that AWS states depends on it.
 */
function contextOf(context: Json | undefined): JsonObject | null {
  const parsed = typeof context === 'string' ? parsedOf(context) : context;
  if (!isObject(parsed)) return null;
  const properties = parsed.get('Properties');
  const flat = new Map([...(isObject(properties) ? properties : [])].map(settled));
  for (const policy of POLICIES) {
    const value = parsed.get(policy);
    if (value !== undefined) flat.set(policy, value);
  }
  return flat;
}

/** `LoadBalancerAttributes` and their kind are maps, written as lists of keys and values. */
function settled([name, value]: readonly [string, Json]): [string, Json] {
  if (!name.endsWith('Attributes') || !isArray(value)) return [name, value];
  const pairs = value.flatMap((pair): [string, Json][] => {
    const [key, its] = isObject(pair) ? [pair.get('Key'), pair.get('Value')] : [];
    return typeof key === 'string' && its !== undefined ? [[key, its]] : [];
  });
  return [name, pairs.length === value.length ? new Map(pairs) : value];
}

function parsedOf(text: string): Json | null {
  try {
    return parseJson(text, 'the context');
  } catch (thrown) {
    if (thrown instanceof CheckError) return null;
    throw thrown;
  }
}
