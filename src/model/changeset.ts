import type { Declared, Deferred, Invocation } from './change.ts';
import type { Problem } from './error.ts';

export type Kind = 'terraform' | 'cloudformation' | 'cdk';

/** What a reader says of the whole change set once the last change is handed over. */
export interface ChangeSetFacts {
  readonly kind: Kind;
  /** `terraform 1.11.4`, `opentofu 1.12.0`; only `terraform` where the document has no version. */
  readonly tool: string;
  /**
   * Whether the document lists all that would have to change: false for `-target`, deferrals and errors; null where the
   * tool that wrote it cannot say (Terraform before 1.8, OpenTofu).
   */
  readonly complete: boolean | null;
  /** When the plan was made (RFC 3339), else null. */
  readonly plannedAt: string | null;
  /** Whether any resource existed before: false is an empty prior state, null where the document does not tell. */
  readonly hadState: boolean | null;
  /** How many resources it lists that stay as they are: no import and no move either. They are not handed over. */
  readonly unchanged: number;
  readonly invocations: readonly Invocation[];
  readonly deferred: readonly Deferred[];
  /** Addresses of objects that somebody deleted outside of the tool: gone already, not planned. */
  readonly vanished: readonly string[];
  /** Names of the modules that the code calls; absent or null where it was not looked for, or is not told. */
  readonly moduleCalls?: readonly string[] | null;
  readonly outputsChanged: number;
  /** Unusual ways in which it is carried out, for people. */
  readonly notes?: readonly string[];
  /** What a CDK app declares, which may hold hazards whatever is deployed; absent for other inputs. */
  readonly declared?: readonly Declared[];
  /** What keeps the changes that were read from being the whole truth. Any one means: cannot be judged. */
  readonly problems: readonly Problem[];
}
