import type { Location } from './environment.ts';
import type { Json, Path } from './json.ts';

/** What one change does, mildest first. `unknown` is the worst: it may be anything. */
export const EFFECTS = [
  'none',
  'read',
  'create',
  'import',
  'move',
  'update',
  'forget',
  'replace',
  'delete',
  'unknown',
] as const;
export type Effect = (typeof EFFECTS)[number];

/** Whether an effect takes an object away that exists, or may: it goes, or is out of sight. */
export const takesAway = (effect: Effect): boolean => TAKES_AWAY[effect];

const TAKES_AWAY: Readonly<Record<Effect, boolean>> = {
  none: false,
  read: false,
  create: false,
  import: false,
  move: false,
  update: false,
  forget: true,
  replace: true,
  delete: true,
  unknown: true,
};

/** What becomes of the object that exists, and of its content, mildest first. */
export const FATES = ['kept', 'orphaned', 'snapshotted', 'destroyed', 'unknown'] as const;
export type Fate = (typeof FATES)[number];

/** For a replacement: whether the old object goes before the new one stands (downtime), or after. */
export type Order = 'delete-first' | 'create-first';

/** `possible`: may happen, decided only while applying. Counts as dangerous. */
export type Certainty = 'planned' | 'possible';

/** `managed` is also what a mode that nobody knows becomes: the kind that can be destroyed. */
export type Mode = 'managed' | 'data' | 'ephemeral';

/** Why a change happens: the attribute that forces it, or the reason that the tool gives. */
export type Cause = AttributeCause | ReasonCause;
export interface AttributeCause {
  readonly kind: 'attribute';
  readonly path: Path;
  readonly before: Value;
  readonly after: Value;
}
export interface ReasonCause {
  readonly kind: 'reason';
  /** The tool's own word (`replace_because_tainted`), for programs. */
  readonly reason: string;
  /** The same for people: `it is tainted: an earlier apply left it half made`. */
  readonly says: string;
}

/** One attribute value on one side of a change. The exact text feeds the digest; only `shown` ones are ever printed. */
export interface Value {
  /** Canonical JSON, exact to the digit. `absent` where the document has none, `unknown` where apply will tell. */
  readonly exact: string;
  /** `private`: not on the list of attributes that may be shown. `unknown`: decided only while applying. */
  readonly visibility: 'shown' | 'private' | 'sensitive' | 'unknown' | 'absent';
}

/** One resource instance in a change set, as a reader hands it over: only what the document says. */
export interface Change {
  /** Opaque: keys in it may hold dots, brackets, line breaks. Key of a change: (address, deposed). */
  readonly address: string;
  /** The key of a leftover object of an earlier replacement, else null. */
  readonly deposed: string | null;
  readonly previousAddress: string | null;
  /** The module that it stands in, as `module.a["k"]`, else null. */
  readonly module: string | null;
  readonly type: string;
  readonly name: string | null;
  /** As the document has it: `registry.terraform.io/hashicorp/aws`. */
  readonly provider: string | null;
  readonly mode: Mode;
  readonly effect: Effect;
  readonly order: Order | null;
  readonly certainty: Certainty;
  /** The fate as far as the document tells it; the catalogue may know better (`skip_destroy`, a final snapshot). */
  readonly fate: Fate;
  /** Why, in words of the document (`PolicyAction is ReplaceAndDelete`), where it has any. */
  readonly fateBecause?: string;
  /** The ARN, id or self link of the object that exists: never of one that is only planned. */
  readonly physicalId: string | null;
  /** An object that Terraform does not manage yet is adopted by this same change. */
  readonly importing: boolean;
  readonly causes: readonly Cause[];
  readonly before: Json;
  readonly after: Json;
  /** `true` where a value is known only after apply; same shape as `after`. */
  readonly afterUnknown: Json;
  /** `true` where the document says that a value changes and not what it is now; same shape as `before`. */
  readonly beforeUnknown?: Json;
  readonly beforeSensitive: Json;
  readonly afterSensitive: Json;
  /** Where the stack is that it belongs to, for what does not name its place itself. */
  readonly location?: Location;
  /** The CDK construct that stands behind it, where there is one and it is told. */
  readonly construct?: Construct | null;
  /**
   * What is said of its stack. As it will be, the writer of the change may say what they like; as it is deployed, it is
   * what AWS says.
   */
  readonly stated?: readonly StatedTag[];
}

/** Where a resource comes from in the code of a CDK app. */
export interface Construct {
  /** `Prod/Service/Data/Resource` */
  readonly path: string;
  /** `/app/lib/service.ts:12:5`, where it is told. */
  readonly source: string | null;
}

/** A resource as a CDK app declares it, whatever is deployed. */
export interface Declared {
  /** As if it were made now. */
  readonly change: Change;
  /** The property that gives it a name which no other object may have, or null. */
  readonly fixedName: string | null;
}

/** A tag or a parameter of the whole stack, as it will be or as it is deployed; or another setting of the deployed stack. */
export interface StatedTag {
  readonly where:
    | 'stack tag'
    | 'stack parameter'
    | 'deployed stack tag'
    | 'deployed stack parameter'
    | 'stack';
  readonly key: string;
  readonly value: string;
}

/** A side effect that a plan runs without changing a resource (Terraform >= 1.14 `action` blocks). */
export interface Invocation {
  readonly address: string;
  readonly type: string;
  /** `invoked by hand`, or `before destroy of aws_instance.web`. */
  readonly trigger: string;
  readonly deferred: boolean;
}

/** A change that this apply will not make yet. */
export interface Deferred {
  readonly address: string;
  readonly type: string;
  readonly effect: Effect;
  readonly reason: string;
}
