/** Whether something is production. Unknown, and evidence that disagrees, is treated as production. */
export type EnvironmentIs = 'production' | 'non-production' | 'unknown';

/** One thing that speaks for or against production. */
export interface Evidence {
  /** Where it stands: `tag environment (before)`, `account 111122223333`, `--environment`, `address`. */
  readonly where: string;
  /** The value seen, unescaped. */
  readonly value: string;
  readonly says: 'production' | 'non-production';
  /** `decisive` comes from the policy or the caller, never from the change under review. */
  readonly strength: 'decisive' | 'strong' | 'medium' | 'weak';
}

export interface Environment {
  readonly is: EnvironmentIs;
  /** True unless it is surely not production. */
  readonly treatedAsProduction: boolean;
  /** One sentence that says how the evidence was weighed. */
  readonly because: string;
  readonly evidence: readonly Evidence[];
  /**
   * The change itself takes the mark of production away: what was production before is called something else after, or
   * what counts as production now would not for the next plan.
   */
  readonly relabelled: boolean;
}

/** Where a resource lives, as far as its own values tell. */
export interface Location {
  /** AWS account, GCP project or Azure subscription. */
  readonly account: string | null;
  readonly region: string | null;
}
