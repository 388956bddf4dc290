/**
 * What a resource type holds, so what its destruction costs. `nothing`: it stands for no
 * object outside of the tool. `unknown`: no table knows the type.
 */
export const HOLDS = ['data', 'identity', 'traffic', 'compute', 'control', 'nothing', 'unknown'] as const;
export type Holds = (typeof HOLDS)[number];

/** Worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A rule that matched. */
export interface Finding {
  /** `CP001` */
  readonly rule: string;
  readonly severity: Severity;
  /** What the rule finds, without the values: `Production data destroyed`. */
  readonly title: string;
  /** One sentence with the values seen; no untrusted text is escaped here, reporters do that. */
  readonly message: string;
  /** What to do instead, a step each, ready to follow. A step of several lines is code to paste. */
  readonly instead: readonly string[];
  /** The policy's reason, where the policy changed the severity. */
  readonly override: string | null;
}
