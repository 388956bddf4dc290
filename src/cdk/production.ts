import type { Declared } from '../model/change.ts';
import type { Policy } from '../model/policy.ts';
import { type CallerEnvironment, environmentOf } from '../production/environment.ts';
import { declaredStack } from '../readers/cdk/declared.ts';
import type { Place } from './place.ts';

/** Whether a declaration is in production, or may be. `isSilent`: whether nothing but its address may say so, or otherwise. */
export type InProduction = (declared: () => Declared, place: Place, isSilent: boolean) => boolean;

/**
 * Mostly the stack settles it, and is weighed once: one word for production anywhere is enough, and it takes more than an
 * address, unless the policy lists it, to say otherwise. Where neither holds the resource is weighed by itself.
 */
export function inProduction(caller: CallerEnvironment, policy: Policy): InProduction {
  const weighed = new WeakMap<Place, 'production' | 'not told' | 'told otherwise'>();
  const listsAddresses = policy.nonProduction.addresses.length > 0;
  return (declared, place, isSilent) => {
    const ofStack = weighed.get(place) ?? weigh(place);
    if (ofStack === 'production' || (ofStack === 'not told' && isSilent && !listsAddresses)) return true;
    return environmentOf(declared().change, caller, policy).treatedAsProduction;
  };

  function weigh(place: Place) {
    const { change } = declaredStack(place, true);
    const { evidence, treatedAsProduction } = environmentOf(change, caller, policy);
    const says = evidence.some((piece) => piece.says === 'production')
      ? 'production'
      : treatedAsProduction
        ? 'not told'
        : 'told otherwise';
    weighed.set(place, says);
    return says;
  }
}
