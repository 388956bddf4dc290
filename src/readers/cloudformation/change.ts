import type { Change } from '../../model/change.ts';
import type { Json } from '../../model/json.ts';
import { actionOf } from './action.ts';
import { causesOf } from './cause.ts';
import { contextsOf } from './context.ts';
import { readDetail } from './detail.ts';
import { fateOf, STACK } from './fate.ts';
import { MANAGED } from './managed.ts';
import { malformed, optionalList, optionalText, requiredObject, requiredText } from './member.ts';
import { sidesOf } from './side.ts';
import type { Stack } from './stack.ts';

/** A change, and what else its element says. */
export interface ResourceChange {
  readonly change: Change;
  /** The change set of the nested stack that this is, where one was made. */
  readonly nestedSetId: string | null;
  /** What happens inside of the nested stack is said only there. */
  readonly needsNestedSet: boolean;
  /** Somebody deleted the object outside of CloudFormation, and it is created again. */
  readonly isVanished: boolean;
  /** Logical ids of the resources that are said to be why it changes: they change too, so they are listed as well. */
  readonly causedBy: readonly string[];
}

/** One element of `Changes`. Throws CheckError `malformed-plan` with its place; members that are not known are ignored. */
export function readChange(value: Json, where: string, stack: Stack): ResourceChange {
  const element = requiredObject(
    requiredObject(value, where).get('ResourceChange'),
    `${where}.ResourceChange`,
  );
  const logicalId = requiredText(element, 'LogicalResourceId', where);
  const here = `${where} (${logicalId})`;
  const type = requiredText(element, 'ResourceType', here);
  const words = {
    action: requiredText(element, 'Action', here),
    replacement: optionalText(element, 'Replacement', here),
    policyAction: optionalText(element, 'PolicyAction', here),
  };
  const details = optionalList(element, 'Details', here).map((one, at) =>
    readDetail(one, `${here} Details[${at}]`),
  );
  const action = actionOf(words, details);
  const { effect, certainty } = action;
  const contexts = contextsOf(element);
  const [deployed, next] = [stack.deployed?.of(logicalId) ?? null, stack.next?.of(logicalId) ?? null];
  const sides = sidesOf(contexts, details, scopeOf(optionalList(element, 'Scope', here), here), {
    before: deployed,
    after: next,
  });
  const { fate, because } = fateOf({
    effect,
    type,
    policyAction: words.policyAction,
    before: deployed ?? contexts.before ?? (stack.deployed === null ? null : 'not in the template'),
    after: next ?? contexts.after ?? (stack.next === null ? null : 'not in the template'),
  });
  const change: Change = {
    ...MANAGED,
    address: `${stack.path}/${logicalId}`,
    type,
    name: logicalId,
    effect,
    // Old objects go in the clean-up, once the new ones stand.
    order: effect === 'replace' && fate !== 'orphaned' ? 'create-first' : null,
    certainty,
    fate,
    fateBecause: because,
    physicalId: effect === 'create' ? null : optionalText(element, 'PhysicalResourceId', here),
    importing: words.action === 'Import',
    causes: causesOf(action, details),
    ...sides,
    location: stack.location,
    stated: stack.tags,
  };
  return {
    change,
    nestedSetId: optionalText(element, 'ChangeSetId', here),
    needsNestedSet: type === STACK && UNTOLD.has(words.action),
    isVanished: words.action === 'Add' && optionalText(element, 'ResourceDriftStatus', here) === 'DELETED',
    causedBy: details.flatMap(({ source, causingEntity }) =>
      causingEntity !== null && RESOURCE_SOURCES.has(source ?? '') ? [causingEntity.split('.')[0] ?? ''] : [],
    ),
  };
}

/** `Ref` of a resource, and `Fn::GetAtt`. */
const RESOURCE_SOURCES: ReadonlySet<string> = new Set(['ResourceReference', 'ResourceAttribute']);

/** Actions whose one line does not say what happens inside of a nested stack. A removal is judged by that line. */
const UNTOLD: ReadonlySet<string> = new Set(['Modify', 'Dynamic']);

function scopeOf(scope: readonly Json[], where: string): string[] {
  return scope.map((one) => {
    if (typeof one !== 'string') throw malformed(where, 'has a Scope that is not a list of texts');
    return one;
  });
}
