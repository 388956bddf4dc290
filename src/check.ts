import { type Case, cannotJudge, decide, findingsOf, requirementOfAll, worstSeverity } from './decide.ts';
import { type Ground, type Judgement, judge, type Source } from './judge.ts';
import type { Authorship } from './model/authorship.ts';
import type { Decision } from './model/decision.ts';
import { type Problem, problemOf } from './model/error.ts';
import type { Report } from './model/report.ts';
import type { SignOff } from './model/signoff.ts';
import { parseJson } from './readers/json/parse.ts';
import { destroyedLines } from './signoff/digest.ts';
import type { Gate } from './signoff/gate.ts';
import { unreadableRecord, verifyRecord } from './signoff/verify.ts';

/** Something to judge, not opened yet. */
export interface Input {
  readonly name: string;
  open(): Promise<Source>;
}

/** A record as an adapter found it: its bytes, or why they could not be read. */
export type FoundRecord =
  | { readonly source: string; readonly bytes: Uint8Array }
  | { readonly source: string; readonly problem: string };

export interface World extends Ground {
  /** Every record that claims to permit this digest. */
  records(digest: string): Promise<readonly FoundRecord[]>;
  readonly notes: readonly string[];
}

export interface Checked {
  readonly report: Report;
  /** One for each input that could be judged; a signer signs what stands here. */
  readonly judgements: readonly Judgement[];
}

/**
 * The whole story. Each input is read and judged, the records for exactly its destruction are verified, and the
 * decision falls. An input that cannot be judged becomes an error in the report, and the run is not a pass.
 */
export async function check(inputs: readonly Input[], world: World): Promise<Checked> {
  const judgements: Judgement[] = [];
  const cases: Case[] = [];
  const errors: Problem[] = [];
  for (const input of inputs) {
    try {
      const judgement = await judge(await input.open(), world);
      const signOffs = await signOffsOf(judgement, world);
      errors.push(...judgement.problems);
      judgements.push(judgement);
      cases.push({ changeSet: judgement.changeSet, signOffs });
    } catch (thrown) {
      errors.push(problemOf(thrown, input.name));
    }
  }
  const decision = decide(cases, world.authorship, world.policy, errors);
  return { judgements, report: reportOf(decision, cases, world, errors) };
}

/** The records for this destruction, each verified to its first failing step. */
async function signOffsOf(judgement: Judgement, world: World): Promise<readonly SignOff[]> {
  const gate = gateOf(judgement, world);
  if (gate === null) return [];
  const records = await world.records(gate.digest);
  return records.map((record) =>
    'bytes' in record
      ? verifyRecord(record.source, record.bytes, gate)
      : unreadableRecord(record.source, record.problem),
  );
}

/** All that a record is held against; null where nothing needs a sign-off, or no signature can help. */
export function gateOf({ changeSet }: Judgement, ground: Ground): Gate | null {
  const requirement = requirementOfAll(changeSet, ground.authorship.is, ground.policy);
  if (changeSet.signOffDigest === null || requirement.kind !== 'sign-off') return null;
  return {
    parse: parseJson,
    digest: changeSet.signOffDigest,
    inputDigest: changeSet.inputDigest,
    target: changeSet.target,
    destroys: destroyedLines(changeSet.changes),
    requirement,
    roster: ground.policy.roster,
    policy: ground.policy.signOff,
    hands: ground.authorship.hands,
    now: ground.now,
  };
}

/** The report of a run that never came to an input: the policy, the repository or the catalogue cannot be read. */
export function reportOfFailure(problem: Problem): Report {
  const authorship: Authorship = { is: 'unknown', signals: [], hands: [], because: 'nothing was looked at' };
  const policy = { source: 'not read', digest: null };
  return reportOf(cannotJudge([problem]), [], { authorship, policy, notes: [] }, [problem]);
}

const reportOf = (
  decision: Decision,
  cases: readonly Case[],
  { authorship, policy, notes }: Pick<World, 'authorship' | 'notes'> & { readonly policy: Report['policy'] },
  errors: readonly Problem[],
): Report => ({
  schema: 'check-plan/report/1',
  decision: decision.is,
  exitCode: decision.exitCode,
  worst: worstSeverity(cases.flatMap((one) => findingsOf(one.changeSet))),
  changeSets: cases.map((one) => one.changeSet),
  authorship,
  signOffs: cases.flatMap((one) => one.signOffs),
  reasons: decision.reasons,
  notes,
  policy: { source: policy.source, digest: policy.digest },
  errors,
});
