import type { Authorship } from './authorship.ts';
import type {
  Cause,
  Certainty,
  Construct,
  Deferred,
  Effect,
  Fate,
  Invocation,
  Mode,
  Order,
  Value,
} from './change.ts';
import type { Kind } from './changeset.ts';
import type { DecisionIs, ExitCode, Reason } from './decision.ts';
import type { Environment, Location } from './environment.ts';
import type { Problem } from './error.ts';
import type { Finding, Holds, Severity } from './finding.ts';
import type { Path } from './json.ts';
import type { PlanContext } from './plan-context.ts';
import type { SignOff, Target } from './signoff.ts';

/** A protection that this change takes away. */
export interface Disarmed {
  readonly path: Path;
  /** `deletion_protection`, `backup` … as in the catalogue. */
  readonly kind: string;
  readonly before: Value;
  readonly after: Value;
  /** `deletion_protection goes from true to false` */
  readonly says: string;
}

/** A change with all that is known of it, and none of the values that must not be shown. */
export interface JudgedChange {
  readonly address: string;
  readonly deposed: string | null;
  readonly previousAddress: string | null;
  readonly module: string | null;
  readonly type: string;
  readonly provider: string | null;
  readonly mode: Mode;
  readonly effect: Effect;
  readonly order: Order | null;
  readonly certainty: Certainty;
  readonly fate: Fate;
  /** Why the fate is what it is: `skip_final_snapshot is true`. Empty where no setting has a say in it. */
  readonly fateBecause: string;
  readonly physicalId: string | null;
  readonly importing: boolean;
  /** The CDK construct that stands behind it, where there is one and it is told. */
  readonly construct?: Construct | null;
  readonly holds: Holds;
  /** What is lost with it, for people: `every object in the bucket`. */
  readonly loses: string;
  readonly location: Location;
  readonly causes: readonly Cause[];
  readonly disarmed: readonly Disarmed[];
  /** Protections that are still on and may stop the apply: `deletion_protection is true`. */
  readonly standing: readonly string[];
  readonly environment: Environment;
  readonly findings: readonly Finding[];
  readonly needsSignOff: boolean;
  /** The name that the object itself has, for finding it under another address. For rules about the whole; not told. */
  readonly ownName?: string | null;
  /** Whether it is a copy of other data, or keeps copies. For rules about the whole; not told. */
  readonly isCopy?: boolean;
  /** By what it can be found among others; null where no rule about the whole asks. Not told. */
  readonly kin?: Kin | null;
}

/** What an object is called, and what it refers to: names, ids, ARNs. */
export interface Kin {
  readonly ids: readonly string[];
  readonly about: readonly string[];
  /** What it says that it is a copy of; empty where it is none, or does not say. */
  readonly copyOf: readonly string[];
}

export type HazardId =
  | 'removal-policy'
  | 'replace-policy'
  | 'protection-off'
  | 'fixed-name'
  | 'empties-on-delete'
  | 'termination-protection';

/** What stands in the code of a CDK app and would make a later mistake costly. It decides nothing by itself. */
export interface Hazard {
  readonly id: HazardId;
  readonly address: string;
  readonly type: string;
  readonly construct: Construct | null;
  /** `DeletionPolicy is Delete: the database goes with its logical id, and with its stack` */
  readonly says: string;
  readonly instead: string;
}

export type JudgedInvocation = Invocation & {
  readonly findings: readonly Finding[];
  readonly needsSignOff: boolean;
};

export type Counts = Readonly<Record<Effect, number>>;

export interface JudgedChangeSet {
  readonly source: string;
  readonly kind: Kind;
  readonly tool: string;
  readonly complete: boolean | null;
  readonly plannedAt: string | null;
  /** sha256 (hex) of the bytes that were judged. */
  readonly inputDigest: string;
  /** Null where nothing needs a sign-off. */
  readonly signOffDigest: string | null;
  readonly target: Target;
  /** What a saved plan says of itself; null for every other input. */
  readonly savedPlan: PlanContext | null;
  readonly counts: Counts;
  /** Every change whose effect is not `none`, worst first. */
  readonly changes: readonly JudgedChange[];
  /** Of production stacks of a CDK app; absent for other inputs. */
  readonly hazards?: readonly Hazard[];
  readonly invocations: readonly JudgedInvocation[];
  readonly deferred: readonly Deferred[];
  /** Findings about the whole: mass destruction, everything created anew, an incomplete plan. */
  readonly findings: readonly Finding[];
  /** Whether a finding about the whole needs a sign-off. */
  readonly needsSignOff: boolean;
}

/** What a run knows at its end. Every format is a rendering of this. */
export interface Report {
  readonly schema: 'check-plan/report/1';
  readonly decision: DecisionIs;
  readonly exitCode: ExitCode;
  /** The run only tells: it ended with exit code 0 although the decision is another. `exitCode` is what it would be. */
  readonly advisory: boolean;
  readonly worst: Severity | null;
  readonly changeSets: readonly JudgedChangeSet[];
  readonly authorship: Authorship;
  readonly signOffs: readonly SignOff[];
  readonly reasons: readonly Reason[];
  /** Things worth knowing that decide nothing: a policy that differs in the pull request, an expired override. */
  readonly notes: readonly string[];
  readonly policy: { readonly source: string; readonly digest: string | null };
  /** What the caller gave that the judgement depends on, as arguments; `check-plan sign` needs the same. */
  readonly signWith: readonly string[];
  readonly errors: readonly Problem[];
}
