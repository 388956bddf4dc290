import { type Case, cannotJudge, decide, worstSeverity } from './decide.ts';
import { brokenGlassNotes } from './glass.ts';
import { type FolderSource, type Ground, type Judgement, judge, type Source } from './judge.ts';
import type { Authorship } from './model/authorship.ts';
import type { Decision } from './model/decision.ts';
import { CheckError, type Problem, problemOf } from './model/error.ts';
import type { Report } from './model/report.ts';
import type { SignOff } from './model/signoff.ts';
import { type FoundRecord, gateOf, verifyFound } from './records.ts';
import { findingsOf } from './requirement.ts';
import type { SeenCounter } from './signoff/counter.ts';

/** Something to judge, not opened yet. */
export interface Input {
  readonly name: string;
  open(): Promise<Source | FolderSource>;
}

export interface World extends Ground {
  /** Every record that claims to permit this digest. */
  records(digest: string): Promise<readonly FoundRecord[]>;
  /** What earlier records say of the counters of security keys, where the store can tell. */
  counters?(): Promise<readonly SeenCounter[]>;
  readonly notes: readonly string[];
  readonly signWith: Report['signWith'];
}

export interface Checked {
  readonly report: Report;
  /** One for each input that could be judged; a signer signs what stands here. */
  readonly judgements: readonly Judgement[];
}

/** What came of an input: a judgement, or what kept it from being one. */
export type Judged = Judgement | Problem;

/** Judges every input, and hands over what came of each in the order of the inputs. */
export type Judging = (inputs: readonly Input[], ground: Ground) => AsyncIterable<Judged>;

/**
 * The whole story. Each input is read and judged, the records for exactly its destruction are verified, and the
 * decision falls. An input that cannot be judged becomes an error in the report, and the run is not a pass.
 */
export async function check(
  inputs: readonly Input[],
  world: World,
  judging: Judging = oneByOne,
): Promise<Checked> {
  const judgements: Judgement[] = [];
  const cases: Case[] = [];
  const errors: Problem[] = [];
  let heard = 0;
  for await (const judged of judging(inputs, world)) {
    heard += 1;
    if ('code' in judged) {
      errors.push(judged);
      continue;
    }
    const signOffs = await signOffsOf(judged, world);
    errors.push(...judged.problems);
    judgements.push(judged);
    cases.push({ changeSet: judged.changeSet, signOffs });
  }
  if (heard !== inputs.length)
    throw new CheckError('internal', `${heard} of ${inputs.length} inputs were judged`);
  const decision = decide(cases, world.authorship, world.policy, errors);
  const notes = [
    ...brokenGlassNotes(cases, world.policy),
    ...world.notes,
    ...judgements.flatMap((judgement) => judgement.notes),
  ];
  return { judgements, report: reportOf(decision, cases, { ...world, notes }, errors) };
}

/** Judges in this thread, one input after another. */
export async function* oneByOne(inputs: readonly Input[], ground: Ground): AsyncGenerator<Judged> {
  for (const input of inputs) yield await judgeInput(input, ground);
}

/** Never throws: what goes wrong is the problem of this input. */
export async function judgeInput(input: Input, ground: Ground): Promise<Judged> {
  try {
    return await judge(await input.open(), ground);
  } catch (thrown) {
    return problemOf(thrown, input.name);
  }
}

/** The records for this destruction, each verified to its first failing step. */
async function signOffsOf(judgement: Judgement, world: World): Promise<readonly SignOff[]> {
  const gate = gateOf(judgement, world);
  if (gate === null) return [];
  const records = await world.records(gate.digest);
  if (records.length === 0) return [];
  const counters = await (world.counters?.() ?? []);
  return verifyFound(records, { ...gate, counters }, world.policy);
}

/** The report of a run that never came to an input: the policy, the repository or the catalogue cannot be read. */
export function reportOfFailure(problem: Problem): Report {
  const authorship: Authorship = {
    is: 'unknown',
    signals: [],
    hands: [],
    handsHidden: null,
    because: 'nothing was looked at',
  };
  const policy = { source: 'not read', digest: null };
  return reportOf(cannotJudge([problem]), [], { authorship, policy, notes: [], signWith: [] }, [problem]);
}

const reportOf = (
  decision: Decision,
  cases: readonly Case[],
  {
    authorship,
    policy,
    notes,
    signWith,
  }: Pick<World, 'authorship' | 'notes' | 'signWith'> & {
    readonly policy: Report['policy'];
  },
  errors: readonly Problem[],
): Report => ({
  schema: 'check-plan/report/1',
  decision: decision.is,
  exitCode: decision.exitCode,
  advisory: false,
  worst: worstSeverity(cases.flatMap((one) => findingsOf(one.changeSet))),
  changeSets: cases.map((one) => one.changeSet),
  authorship,
  signOffs: cases.flatMap((one) => one.signOffs),
  reasons: decision.reasons,
  notes,
  policy: { source: policy.source, digest: policy.digest },
  signWith,
  errors,
});
