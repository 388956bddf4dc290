import type { Change } from '../../model/change.ts';
import { canonical, type JsonObject } from '../../model/json.ts';
import { MANAGED } from './managed.ts';
import { POLICIES } from './policies.ts';
import type { Stack } from './stack.ts';

/**
 * Resources whose policies differ between the deployed template and the new one, and that the change set does not list:
 * nothing happens to them now, but the next removal goes by the new policy.
 */
export function policyEdits(stack: Stack, listed: ReadonlySet<string>): readonly Change[] {
  const { deployed, next } = stack;
  if (deployed === null || next === null) return [];
  return [...deployed.types].flatMap(([logicalId, type]): Change[] => {
    const [before, after] = [deployed.of(logicalId), next.of(logicalId)];
    if (listed.has(logicalId) || type === null || before === null || after === null) return [];
    if (next.types.get(logicalId) !== type || POLICIES.every((name) => isSame(before, after, name)))
      return [];
    return [edit(stack, logicalId, type, before, after)];
  });
}

const isSame = (before: JsonObject, after: JsonObject, name: string): boolean =>
  canonical(before.get(name)) === canonical(after.get(name));

const policiesIn = (side: JsonObject): JsonObject =>
  new Map([...side].filter(([name]) => POLICIES.some((policy) => policy === name)));

const edit = (
  { path, location, tags }: Stack,
  logicalId: string,
  type: string,
  before: JsonObject,
  after: JsonObject,
): Change => ({
  ...MANAGED,
  address: `${path}/${logicalId}`,
  type,
  name: logicalId,
  effect: 'update',
  fate: 'kept',
  fateBecause: 'only its policies change, which the change set does not list',
  before: policiesIn(before),
  after: policiesIn(after),
  location,
  stated: tags,
});
