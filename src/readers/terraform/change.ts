import type { Change, Effect, Mode } from '../../model/change.ts';
import { canonical, isArray, isObject, type Json, type JsonObject } from '../../model/json.ts';
import { actionOf } from './action.ts';
import { causesOf } from './cause.ts';
import { physicalIdOf } from './identity.ts';
import { malformed, optionalText, requiredObject, requiredText } from './member.ts';

/**
 * One element of `resource_changes`, or of a list of the same shape. Throws CheckError `malformed-plan` with its
 * place; members that are not known are ignored, as the format asks for.
 */
export function readChange(value: Json, where: string): Change {
  const element = requiredObject(value, where);
  const address = requiredText(element, 'address', where);
  const here = `${where} (${address})`;
  const change = requiredObject(element.get('change'), `${here} change`);
  const mode = modeOf(element.get('mode'));
  const type = optionalText(element, 'type', here) ?? 'unknown';
  const stated = actionOf(actionsOf(change, here));
  const { effect, order, fate } = isContradicted(stated.effect, mode, change) ? actionOf([]) : stated;
  const previousAddress = optionalText(element, 'previous_address', here);
  const importing = isImporting(change.get('importing'));
  return {
    address,
    deposed: deposedKey(element.get('deposed')),
    previousAddress,
    module: optionalText(element, 'module_address', here),
    type,
    name: optionalText(element, 'name', here),
    provider: optionalText(element, 'provider_name', here),
    mode,
    effect: effect === 'none' ? idleEffect(importing, previousAddress, address) : effect,
    order,
    certainty: 'planned',
    fate,
    physicalId: physicalIdOf(change, type),
    importing,
    causes: causesOf(element, change, here),
    before: change.get('before') ?? null,
    after: change.get('after') ?? null,
    afterUnknown: change.get('after_unknown') ?? false,
    beforeSensitive: change.get('before_sensitive') ?? false,
    afterSensitive: change.get('after_sensitive') ?? false,
  };
}

/** A managed object that is there before and not after goes, whatever the word for it. */
const isContradicted = (effect: Effect, mode: Mode, change: JsonObject): boolean =>
  mode === 'managed' && STAYS.has(effect) && isObject(change.get('before')) && change.get('after') === null;

const STAYS: ReadonlySet<Effect> = new Set(['none', 'create', 'update']);

function actionsOf(change: JsonObject, where: string): string[] {
  const actions = change.get('actions');
  if (!isArray(actions) || actions.length === 0) throw malformed(where, 'has no actions');
  return actions.map((word) => {
    if (typeof word !== 'string')
      throw malformed(where, `has the action ${canonical(word)}, which is not a text`);
    return word;
  });
}

/** What a change is that touches nothing: the state alone may still learn of an object, or of its new name. */
function idleEffect(importing: boolean, previousAddress: string | null, address: string): Effect {
  if (importing) return 'import';
  return previousAddress !== null && previousAddress !== address ? 'move' : 'none';
}

const isImporting = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && value !== false;

/** Terraform 0.12 says `true` where later ones give the key. */
function deposedKey(value: Json | undefined): string | null {
  if (value === undefined || value === null || value === false || value === '') return null;
  return typeof value === 'string' ? value : canonical(value);
}

const modeOf = (value: Json | undefined): Mode =>
  value === 'data' || value === 'ephemeral' ? value : 'managed';
