import type { RecordKind } from '../model/signoff.ts';

/**
 * What a signature is made for, and what the signed statement says it is: two words in two places, so that a signature
 * for the one never passes for the other.
 */
export const PROTOCOLS: Readonly<
  Record<RecordKind, { readonly namespace: string; readonly predicateType: string }>
> = {
  'sign-off': {
    namespace: 'sign-off@check-plan',
    predicateType: 'https://check-plan.dev/attestations/sign-off/v2',
  },
  'break-glass': {
    namespace: 'break-glass@check-plan',
    predicateType: 'https://check-plan.dev/attestations/break-glass/v1',
  },
};
