import type { IAspect } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { guardOf } from './guard.ts';
import type { GuardOptions, ProtectOptions } from './options.ts';
import { protect } from './protect.ts';

export type { GuardOptions, ProtectOptions } from './options.ts';

/** The way to protect a whole app by one line. */
export const CheckPlan: {
  /**
   * Judges the app at every synth, with all of its stages, those that are added later too, and with nested stacks. A
   * destruction that needs a sign-off and has none, and whatever cannot be judged, makes the synth fail.
   */
  protect(app: IConstruct, options?: ProtectOptions): void;
} = { protect };

/**
 * The plain aspect: tells of what a tree declares that would make a later mistake costly, at the construct itself. It sees
 * neither what is deployed nor what is inside of stages: see `CheckPlan.protect`.
 */
export class DestructionGuard implements IAspect {
  /** Two copies of this package know each other's guards by it. */
  readonly isDestructionGuard = true;
  readonly #visit: (node: IConstruct) => void;

  constructor(options: GuardOptions = {}) {
    this.#visit = guardOf(options);
  }

  visit(node: IConstruct): void {
    this.#visit(node);
  }
}
