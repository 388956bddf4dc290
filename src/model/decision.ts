/** The zero value is blocked. */
export const DECISIONS = ['allowed', 'sign-off-required', 'blocked'] as const;
export type DecisionIs = (typeof DECISIONS)[number];

/** A node of the tree that explains a decision: the values seen and required, also when all is well. */
export interface Reason {
  readonly is: DecisionIs;
  readonly says: string;
  readonly seen: string | null;
  readonly required: string | null;
  readonly because: readonly Reason[];
}

export interface Decision {
  readonly is: DecisionIs;
  readonly exitCode: ExitCode;
  readonly reasons: readonly Reason[];
}

/**
 * A verdict never shares a code with a crash (1) or with a misspelt command (64). `applyFailed`: it was allowed and
 * begun, and did not end well, so that something may have changed.
 */
export const EXIT = {
  allowed: 0,
  cannotJudge: 1,
  blocked: 2,
  signOffRequired: 3,
  applyFailed: 4,
  usage: 64,
} as const;
/** What a verdict can end with. */
export type ExitCode = Exclude<(typeof EXIT)[keyof typeof EXIT], typeof EXIT.applyFailed>;
