import type { Invocation } from '../../model/change.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { optionalText, requiredObject, requiredText } from './member.ts';

/** One element of `action_invocations`. Throws CheckError `malformed-plan`. */
export function readInvocation(value: Json, where: string): Invocation {
  return invocation(requiredObject(value, where), where, false);
}

/** One element of `deferred_action_invocations`, which has the invocation inside. Throws CheckError `malformed-plan`. */
export function readDeferredInvocation(value: Json, where: string): Invocation {
  const inside = `${where}.action_invocation`;
  return invocation(
    requiredObject(requiredObject(value, where).get('action_invocation'), inside),
    inside,
    true,
  );
}

function invocation(element: JsonObject, where: string, deferred: boolean): Invocation {
  const address = requiredText(element, 'address', where);
  return {
    address,
    type: requiredText(element, 'type', where),
    trigger: triggerOf(element, where),
    deferred,
  };
}

function triggerOf(element: JsonObject, where: string): string {
  const lifecycle = element.get('lifecycle_action_trigger') ?? null;
  if (lifecycle !== null) {
    const trigger = requiredObject(lifecycle, `${where}.lifecycle_action_trigger`);
    const event = optionalText(trigger, 'action_trigger_event', where) ?? 'an event that is not named';
    const resource =
      optionalText(trigger, 'triggering_resource_address', where) ?? 'a resource that is not named';
    return `${EVENTS.get(event) ?? event} of ${resource}`;
  }
  const invoked = element.get('invoke_action_trigger') ?? null;
  if (invoked === null) return 'trigger not stated';
  const caller = optionalText(
    requiredObject(invoked, `${where}.invoke_action_trigger`),
    'calling_resource_address',
    where,
  );
  return caller === null ? 'invoked by hand' : `invoked by hand for ${caller}`;
}

const EVENTS: ReadonlyMap<string, string> = new Map([
  ['BeforeCreate', 'before create'],
  ['AfterCreate', 'after create'],
  ['BeforeUpdate', 'before update'],
  ['AfterUpdate', 'after update'],
  ['BeforeDestroy', 'before destroy'],
  ['AfterDestroy', 'after destroy'],
]);
