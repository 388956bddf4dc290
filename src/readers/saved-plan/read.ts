import type { PlanContext } from '../../model/plan-context.ts';
import { entriesOf } from './entries.ts';
import { planMessage } from './message.ts';
import { stateIdentity } from './state.ts';
import { Unread } from './unread.ts';

/** What a saved plan says of itself; or, where it cannot be relied on, why nothing is taken from it. */
export type ReadContext = { readonly context: PlanContext } | { readonly absent: string };

/**
 * Reads from the bytes of a saved plan what `show -json` leaves out. The list of changes is not read here. It is
 * evidence: a plan of a version that is not known, or one that two readers could understand differently, gives none.
 */
export async function readSavedPlan(bytes: Uint8Array): Promise<ReadContext> {
  try {
    const entries = entriesOf(bytes);
    return { context: { ...planMessage(entries.plan), state: await stateIdentity(entries.state) } };
  } catch (thrown) {
    if (thrown instanceof Unread) return { absent: thrown.message };
    throw thrown;
  }
}
