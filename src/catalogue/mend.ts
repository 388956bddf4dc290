import type { Effect, Fate, Order } from '../model/change.ts';
import type { Kind } from '../model/changeset.ts';
import type { Language, Mend } from '../model/explanation.ts';
import type { Holds } from '../model/finding.ts';
import type { JudgedChange, JudgedChangeSet } from '../model/report.ts';
import { type Because, becauseOf } from './mends/because.ts';
import { CLOUDFORMATION_MENDS } from './mends/cloudformation.ts';
import { SNAPSHOT_MENDS } from './mends/snapshot.ts';
import { TERRAFORM_MENDS } from './mends/terraform.ts';
import { versionOf } from './mends/tool.ts';
import { type Rename, renamesIn } from './rename.ts';

/** A row of the table: when a mend fits, and what it says then. */
export interface MendRow {
  readonly id: string;
  readonly when: MendWhen;
  readonly language: Language;
  readonly says: (subject: MendSubject) => string;
  /** Null where the case does not give what would have to be pasted: then the mend is not offered. */
  readonly code: (subject: MendSubject) => string | null;
}

/** Every member that is there has to hold. */
export interface MendWhen {
  readonly kind: readonly Kind[];
  readonly effect?: readonly Effect[];
  readonly order?: readonly Order[];
  readonly fate?: readonly Fate[];
  readonly holds?: readonly Holds[];
  readonly because?: readonly Because[];
  readonly types?: readonly string[];
  /** It seems to be renamed: something like it is created in the same change set. */
  readonly renamed?: boolean;
  /** The first version of each tool that knows it; a tool that is not named does not. */
  readonly since?: Readonly<Partial<Record<'terraform' | 'opentofu', string>>>;
}

export interface MendSubject {
  readonly change: JudgedChange;
  readonly set: JudgedChangeSet;
  readonly rename: Rename | null;
}

/** The mends that fit a change, in the order of the table. Others are never offered. */
export function mendsFor(set: JudgedChangeSet): (change: JudgedChange) => readonly Mend[] {
  const renames = renamesIn(set);
  return (change) => {
    const rename = renames.find(({ from }) => isOf(change, from)) ?? null;
    const subject = { change, set, rename };
    return ROWS.filter(({ when }) => fits(when, subject)).flatMap(({ id, language, says, code }) => {
      const pasted = code(subject);
      if (pasted === null && language !== 'none') return [];
      return [{ id, says: says(subject), code: pasted, language }];
    });
  };
}

const BY_TOOL: readonly MendRow[] = [...TERRAFORM_MENDS, ...CLOUDFORMATION_MENDS];
const isForRenamed = ({ when }: MendRow): boolean => when.renamed === true;

/** What was only renamed needs nothing else; of all else a copy comes first. */
const ROWS: readonly MendRow[] = [
  ...BY_TOOL.filter(isForRenamed),
  ...SNAPSHOT_MENDS,
  ...BY_TOOL.filter((row) => !isForRenamed(row)),
];

const isOf = ({ address, module }: JudgedChange, from: string): boolean =>
  address === from || module === from || module?.startsWith(`${from}.`) === true;

function fits(when: MendWhen, { change, set, rename }: MendSubject): boolean {
  const may = <One>(allowed: readonly One[] | undefined, one: One | null): boolean =>
    allowed === undefined || (one !== null && allowed.includes(one));
  return (
    change.mode === 'managed' &&
    change.deposed === null &&
    may(when.kind, set.kind) &&
    may(when.effect, change.effect) &&
    may(when.order, change.order) &&
    may(when.fate, change.fate) &&
    may(when.holds, change.holds) &&
    may(when.types, change.type) &&
    (when.because === undefined || becauseOf(change).some((one) => when.because?.includes(one))) &&
    (when.renamed === undefined || when.renamed === (rename !== null)) &&
    (when.since === undefined || isSince(when.since, set.tool))
  );
}

function isSince(since: NonNullable<MendWhen['since']>, tool: string): boolean {
  const { name, version } = versionOf(tool);
  const first = since[name];
  if (first === undefined || version === null) return false;
  const [major = 0, minor = 0] = first.split('.').map(Number);
  return version.major > major || (version.major === major && version.minor >= minor);
}
