/** What a saved plan says of itself and its JSON does not: where its state is, and how it was asked for. */
export interface PlanContext {
  /** `default`, where nobody made another. Null where the plan does not say. */
  readonly workspace: string | null;
  readonly backend: Backend | null;
  readonly mode: PlanMode;
  /** `-target`: only these, and what they need, were looked at. */
  readonly targets: readonly string[];
  /** `-replace` */
  readonly forceReplaced: readonly string[];
  /** Names of the root variables, sorted; never a value. */
  readonly variables: readonly string[];
  /** Names of those whose values only come with the apply, and so stand in no plan. */
  readonly applyTimeVariables: readonly string[];
  readonly madeBy: string;
  /** RFC 3339. */
  readonly madeAt: string | null;
  readonly state: StateIdentity;
}

export interface Backend {
  /** `s3`, `local` … as the configuration names it. */
  readonly type: string;
  /** Where in it the state is, without anything secret: `s3://bucket/key`. Null where that is not known of the type. */
  readonly address: string | null;
}

/** Which state the plan was made for. A copy has the same lineage, a state that was begun anew has not. */
export interface StateIdentity {
  readonly lineage: string | null;
  /** As the state writes it; grows with every change. */
  readonly serial: string | null;
}

export const PLAN_MODES = ['normal', 'destroy', 'refresh-only', 'unknown'] as const;
export type PlanMode = (typeof PLAN_MODES)[number];
