import type { Catalogue } from './catalogue/catalogue.ts';
import { findingsOfChange, findingsOfInvocation, findingsOfSet } from './catalogue/evaluate.ts';
import { worstSeverity } from './decide.ts';
import type { Authorship } from './model/authorship.ts';
import { type Change, type Declared, EFFECTS, type Effect } from './model/change.ts';
import type { ChangeSetFacts } from './model/changeset.ts';
import type { Dependencies } from './model/dependency.ts';
import { createDetacher } from './model/detached.ts';
import type { Problem } from './model/error.ts';
import { type Finding, SEVERITIES } from './model/finding.ts';
import type { PlanContext } from './model/plan-context.ts';
import type { Policy } from './model/policy.ts';
import type { Counts, Hazard, JudgedChange, JudgedChangeSet } from './model/report.ts';
import type { Target } from './model/signoff.ts';
import { callerFor } from './production/caller.ts';
import { type CallerEnvironment, environmentOf } from './production/environment.ts';
import { locationOf } from './production/location.ts';
import { readChangeSet } from './readers/read.ts';
import { contextNotes } from './readers/saved-plan/notes.ts';
import type { ReadContext } from './readers/saved-plan/read.ts';
import { type Place, placeOf, placeOfAll, requirementOf } from './requirement.ts';
import { signOffDigest, signOffText } from './signoff/digest.ts';

/** What a judgement stands on, besides the change set. */
export interface Ground {
  readonly catalogue: Catalogue;
  readonly policy: Policy;
  readonly authorship: Authorship;
  readonly caller: CallerEnvironment;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The key of the organisation for the digest of values that are not shown; null or absent where it has none. */
  readonly hiddenKey?: string | null;
}

/** An input as an adapter opens it. */
export interface Source {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** sha256 (hex) of what would be applied: known once the bytes are read to their end. */
  digest(): string;
  /** What a saved plan says of itself besides its changes; absent where the input is none. */
  context?(): Promise<ReadContext>;
}

/** An input that is more than one document, so that it is read in a way of its own. */
export interface FolderSource extends Omit<Source, 'bytes'> {
  read(onChange: (change: Change) => void): Promise<ChangeSetFacts>;
  /** What it says of who leans on whom, read from the same files. */
  dependencies(): Promise<Dependencies>;
}

export interface Judgement {
  readonly changeSet: JudgedChangeSet;
  /** What a signature on it would stand for; null where nothing needs one. */
  readonly signOffText: string | null;
  readonly problems: readonly Problem[];
  /** Unusual ways in which the change set is carried out. */
  readonly notes: readonly string[];
}

/** Reads one change set and judges every change in it as it comes by, so that none of their values is kept. */
export async function judge(source: Source | FolderSource, given: Ground): Promise<Judgement> {
  const { context, notes } = await contextOf(source);
  const ground = { ...given, caller: callerFor(context, given.caller, source.name) };
  const changes: JudgedChange[] = [];
  const counts = Object.fromEntries(EFFECTS.map((effect) => [effect, 0])) as Record<Effect, number>;
  const detached = createDetacher();
  const onChange = (change: Change): void => {
    counts[change.effect] += 1;
    changes.push(detached(judgeChange(change, ground)));
  };
  const facts = 'bytes' in source ? await readChangeSet(source.bytes, onChange) : await source.read(onChange);
  counts.none = facts.unchanged;
  changes.sort(worstFirst);

  const anywhere = placeOfAll(ground.caller);
  const { rules } = ground.catalogue;
  const overrides = ground.policy.rules;
  const invocations = facts.invocations.map((invocation) => {
    const findings = findingsOfInvocation(rules, invocation, overrides, ground.now);
    return { ...invocation, findings, needsSignOff: needsSignOff(findings, ground, anywhere) };
  });
  const findings = findingsOfSet(rules, { facts, counts, changes }, overrides, ground.now);
  const target = targetOf(changes, ground.caller, context);
  const setNeedsSignOff = needsSignOff(findings, ground, anywhere);
  const isNeeded = setNeedsSignOff || changes.some(needing) || invocations.some(needing);
  const signedFindings = findings.filter((one) => needsSignOff([one], ground, anywhere));
  const hiddenKey = ground.hiddenKey ?? null;
  const permitted = { target, changes, invocations, setFindings: signedFindings, hiddenKey };
  const text = isNeeded ? signOffText(permitted) : null;

  return {
    signOffText: text,
    notes: [...notes, ...(facts.notes ?? [])],
    problems: facts.problems.map((problem) => ({ ...problem, source: source.name })),
    changeSet: {
      source: source.name,
      kind: facts.kind,
      tool: facts.tool,
      complete: facts.complete,
      plannedAt: facts.plannedAt,
      inputDigest: source.digest(),
      signOffDigest: text === null ? null : signOffDigest(text),
      target,
      savedPlan: context,
      counts: counts as Counts,
      changes,
      hazards: (facts.declared ?? []).flatMap((declared) => hazardsIn(declared, ground)),
      invocations,
      deferred: facts.deferred,
      findings,
      needsSignOff: setNeedsSignOff,
    },
  };
}

interface Told {
  readonly context: PlanContext | null;
  readonly notes: readonly string[];
}

/** What the saved plan says, and a note where it is one and nothing can be taken from it. */
async function contextOf({ name, context }: Pick<Source, 'name' | 'context'>): Promise<Told> {
  const read = await context?.();
  if (read === undefined) return { context: null, notes: [] };
  if ('context' in read) return { context: read.context, notes: contextNotes(read.context) };
  const unknown = `${name}: its workspace and backend are not known, since of the saved plan ${read.absent}`;
  return { context: null, notes: [unknown] };
}

function judgeChange(change: Change, ground: Ground): JudgedChange {
  const assessment = ground.catalogue.assess(change);
  const environment = environmentOf(change, ground.caller, ground.policy);
  const location = locationOf(change);
  const findings = findingsOfChange(
    ground.catalogue.rules,
    { change, assessment, environment },
    ground.policy.rules,
    ground.now,
  );
  return {
    address: change.address,
    deposed: change.deposed,
    previousAddress: change.previousAddress,
    module: change.module,
    type: change.type,
    provider: change.provider,
    mode: change.mode,
    effect: change.effect,
    order: change.order,
    certainty: change.certainty,
    fate: assessment.fate,
    fateBecause: assessment.fateBecause,
    physicalId: change.physicalId,
    importing: change.importing,
    construct: change.construct ?? null,
    holds: assessment.holds,
    loses: assessment.loses,
    location,
    causes: assessment.causes,
    disarmed: assessment.disarmed,
    standing: assessment.standing,
    environment,
    findings,
    needsSignOff: needsSignOff(findings, ground, placeOf({ environment, location }, ground.caller)),
    ownName: assessment.ownName,
    isCopy: assessment.isCopy,
    kin: assessment.kin,
  };
}

/** In production, or what may be. */
function hazardsIn(declared: Declared, { catalogue, caller, policy }: Ground): readonly Hazard[] {
  const hazards = catalogue.hazards(declared);
  if (hazards.length === 0) return [];
  return environmentOf(declared.change, caller, policy).treatedAsProduction ? hazards : [];
}

const needsSignOff = (findings: readonly Finding[], { authorship, policy }: Ground, place: Place): boolean =>
  findings.some(
    ({ severity }) => requirementOf(severity, authorship.is, policy.signOff, place).kind !== 'none',
  );

const needing = (one: { readonly needsSignOff: boolean }): boolean => one.needsSignOff;

/** Where the dangerous changes happen, as far as their own values, the caller and the saved plan tell. */
function targetOf(
  changes: readonly JudgedChange[],
  caller: CallerEnvironment,
  savedPlan: PlanContext | null,
): Target {
  const dangerous = changes.filter(needing);
  const distinct = (values: readonly (string | null)[]): string[] =>
    [...new Set(values.filter((value) => value !== null))].sort();
  return {
    accounts: distinct(dangerous.map((change) => change.location.account)),
    regions: distinct(dangerous.map((change) => change.location.region)),
    workspace: caller.workspace,
    environment: caller.environment,
    backend: savedPlan?.backend?.address ?? savedPlan?.backend?.type ?? null,
    lineage: savedPlan?.state.lineage ?? null,
  };
}

/** Needs a sign-off first, then the worse finding and effect, then by address: the same for any order of the document. */
function worstFirst(a: JudgedChange, b: JudgedChange): number {
  return (
    Number(b.needsSignOff) - Number(a.needsSignOff) ||
    severityRank(a) - severityRank(b) ||
    EFFECTS.indexOf(b.effect) - EFFECTS.indexOf(a.effect) ||
    compare(a.address, b.address) ||
    compare(a.deposed ?? '', b.deposed ?? '')
  );
}

function severityRank({ findings }: JudgedChange): number {
  if (findings.length === 0) return SEVERITIES.length;
  const worst = worstSeverity(findings);
  return worst === null ? SEVERITIES.length : SEVERITIES.indexOf(worst);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
