import { CheckError } from '../model/error.ts';
import { type SignOff, STEPS, type Step, type StepResult } from '../model/signoff.ts';

/** What a step finds, and what it hands to the later ones. `says` has what was seen and what was required. */
export type Outcome<T = null> =
  | { readonly holds: true; readonly says: string; readonly found: T }
  | { readonly holds: false; readonly says: string };

export interface Trail {
  /** Writes the step down and hands over what it found; where it does not hold, nothing after it is run. */
  readonly take: <T>(step: Step, outcome: Outcome<T>) => T;
  /** Keeps what is known of the record, also for the report of a refusal. */
  readonly know: (facts: Partial<Facts>) => void;
}

type Facts = Pick<
  SignOff,
  'person' | 'level' | 'expiresAt' | 'comment' | 'selfSignOff' | 'hardware' | 'kind'
>;

/** Runs the steps of one record. It is accepted only when every step of the protocol was taken in its order, and holds. */
export function walk(source: string, protocol: (trail: Trail) => void): SignOff {
  const steps: StepResult[] = [];
  let facts: Facts = {
    kind: 'sign-off',
    person: null,
    level: null,
    expiresAt: null,
    comment: null,
    selfSignOff: false,
    hardware: null,
  };
  const trail: Trail = {
    take: (step, outcome) => {
      steps.push({ step, holds: outcome.holds, says: outcome.says });
      if (!outcome.holds) throw new Refusal();
      return outcome.found;
    },
    know: (more) => {
      facts = { ...facts, ...more };
    },
  };
  try {
    protocol(trail);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
  }
  const accepted =
    steps.length === STEPS.length && steps.every(({ step, holds }, i) => holds && step === STEPS[i]);
  return { source, recordDigest: null, accepted, ...facts, steps };
}

export const held = <T>(says: string, found: T): Outcome<T> => ({ holds: true, says, found });
export const refused = (says: string): Outcome<never> => ({ holds: false, says });

/** A step without anything to hand over: the same sentence says what was seen, whichever way it goes. */
export const heldIf = (holds: boolean, says: string): Outcome => (holds ? held(says, null) : refused(says));

/** A step that holds when something can be read. */
export function reading<T>(says: string, read: () => T): Outcome<T> {
  try {
    return held(says, read());
  } catch (thrown) {
    if (!(thrown instanceof CheckError)) throw thrown;
    return refused(thrown.message);
  }
}

/** Leaves the protocol at the step that does not hold; never seen outside of this file. */
class Refusal extends Error {}
