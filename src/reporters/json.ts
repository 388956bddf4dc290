import type { Authorship } from '../model/authorship.ts';
import type { Reason } from '../model/decision.ts';
import type { Problem } from '../model/error.ts';
import type { PlanContext } from '../model/plan-context.ts';
import type { Hazard, JudgedChangeSet, Report } from '../model/report.ts';
import type { SignOff } from '../model/signoff.ts';
import { changeJson, constructJson } from './json/change.ts';
import { findingJson } from './json/finding.ts';
import { withoutLogCommandInJson } from './log-command.ts';
import { visibleInJson } from './visible.ts';

/**
 * The report for programs, as `schemas/report.schema.json` says; ends with a newline. Every field is always there, and
 * every one is named here, so that what the model learns of later is not published by accident.
 */
export const renderJson = (report: Report): string => [...jsonPieces(report)].join('');

/** The same in pieces, a change each, so that a report of very many changes is never one text. */
export function* jsonPieces(report: Report): Generator<string> {
  const document = {
    schema: report.schema,
    decision: report.decision,
    exitCode: report.exitCode,
    advisory: report.advisory,
    worst: report.worst,
    changeSets: report.changeSets.map(changeSetJson),
    authorship: authorshipJson(report.authorship),
    signOffs: report.signOffs.map(signOffJson),
    reasons: report.reasons.map(reasonJson),
    notes: report.notes,
    policy: { source: report.policy.source, digest: report.policy.digest },
    signWith: report.signWith,
    errors: report.errors.map(problemJson),
  } satisfies Record<keyof Report, unknown>;
  const changed = report.changeSets.filter(({ changes }) => changes.length > 0);
  // In a text of JSON a line break is always one between values, so nothing that a plan says can look like this.
  const [first = '', ...rest] = written(document).split(CHANGES.join(HELD_PLACE));
  yield first;
  for (const [index, text] of rest.entries()) {
    yield CHANGES[0];
    for (const [nth, change] of (changed[index]?.changes ?? []).entries())
      yield `${nth === 0 ? '' : ','}${indented(written(changeJson(change)))}`;
    yield `${CHANGES[1]}${text}`;
  }
  yield '\n';
}

const written = (value: unknown): string =>
  withoutLogCommandInJson(visibleInJson(JSON.stringify(value, null, 2)));

/** On lines of its own, as deep as a change stands. */
const indented = (text: string): string => `\n${text}`.replaceAll('\n', '\n        ');

/** The list of the changes of a change set, as it begins and ends on its lines. */
const CHANGES = ['\n      "changes": [', '\n      ]'] as const;
const HELD_PLACE = '\n        null';

function changeSetJson(set: JudgedChangeSet): Record<keyof JudgedChangeSet, unknown> {
  const { create, read, update, replace, delete: deleted, forget, move, none, unknown } = set.counts;
  const { accounts, regions, workspace, environment, backend, lineage } = set.target;
  return {
    source: set.source,
    kind: set.kind,
    tool: set.tool,
    complete: set.complete,
    plannedAt: set.plannedAt,
    inputDigest: set.inputDigest,
    signOffDigest: set.signOffDigest,
    target: { accounts, regions, workspace, environment, backend, lineage },
    savedPlan: set.savedPlan === null ? null : savedPlanJson(set.savedPlan),
    counts: {
      create,
      update,
      replace,
      delete: deleted,
      forget,
      import: set.counts.import,
      move,
      read,
      none,
      unknown,
    },
    // One null holds the place of them all.
    changes: set.changes.slice(0, 1).map(() => null),
    hazards: (set.hazards ?? []).map(hazardJson),
    invocations: set.invocations.map(({ address, type, trigger, deferred, findings, needsSignOff }) => ({
      address,
      type,
      trigger,
      deferred,
      findings: findings.map(findingJson),
      needsSignOff,
    })),
    deferred: set.deferred.map(({ address, type, effect, reason }) => ({ address, type, effect, reason })),
    findings: set.findings.map(findingJson),
    needsSignOff: set.needsSignOff,
  };
}

const hazardJson = ({
  id,
  address,
  type,
  construct,
  says,
  instead,
}: Hazard): Record<keyof Hazard, unknown> => ({
  id,
  address,
  type,
  construct: constructJson(construct),
  says,
  instead,
});

const savedPlanJson = (plan: PlanContext): Record<keyof PlanContext, unknown> => ({
  workspace: plan.workspace,
  backend: plan.backend === null ? null : { type: plan.backend.type, address: plan.backend.address },
  mode: plan.mode,
  targets: plan.targets,
  forceReplaced: plan.forceReplaced,
  variables: plan.variables,
  applyTimeVariables: plan.applyTimeVariables,
  madeBy: plan.madeBy,
  madeAt: plan.madeAt,
  state: { lineage: plan.state.lineage, serial: plan.state.serial },
});

const authorshipJson = ({
  is,
  because,
  signals,
  hands,
  handsHidden,
}: Authorship): Record<keyof Authorship, unknown> => ({
  is,
  because,
  signals: signals.map(({ kind, tool, strength, says, where, value }) => ({
    kind,
    tool,
    strength,
    says,
    where,
    value,
  })),
  hands: hands.map(({ role, identity }) => ({ role, identity })),
  handsHidden,
});

const signOffJson = (signOff: SignOff): Record<keyof SignOff, unknown> => ({
  source: signOff.source,
  kind: signOff.kind,
  recordDigest: signOff.recordDigest,
  accepted: signOff.accepted,
  person: signOff.person,
  level: signOff.level,
  expiresAt: signOff.expiresAt,
  comment: signOff.comment,
  selfSignOff: signOff.selfSignOff,
  hardware: signOff.hardware,
  steps: signOff.steps.map(({ step, holds, says }) => ({ step, holds, says })),
});

const reasonJson = ({ is, says, seen, required, because }: Reason): Record<keyof Reason, unknown> => ({
  is,
  says,
  seen,
  required,
  because: because.map(reasonJson),
});

const problemJson = ({ code, message, mend, source }: Problem): Record<keyof Problem, unknown> => ({
  code,
  message,
  mend,
  source,
});
