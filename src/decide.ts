import { brokenGlass } from './glass.ts';
import { missingOf, whoMust } from './missing.ts';
import type { Authorship } from './model/authorship.ts';
import {
  DECISIONS,
  type Decision,
  type DecisionIs,
  EXIT,
  type ExitCode,
  type Reason,
} from './model/decision.ts';
import type { ErrorCode, Problem } from './model/error.ts';
import { type Finding, SEVERITIES, type Severity } from './model/finding.ts';
import type { Policy } from './model/policy.ts';
import type { JudgedChangeSet } from './model/report.ts';
import type { SignOff } from './model/signoff.ts';
import { findingsOf, requirementOfAll } from './requirement.ts';

/** A change set with the records that were found for it. */
export interface Case {
  readonly changeSet: JudgedChangeSet;
  readonly signOffs: readonly SignOff[];
}

/** Findings, authorship, sign-offs and policy in; the decision out, with the tree that explains it. */
export function decide(
  cases: readonly Case[],
  authorship: Authorship,
  policy: Policy,
  errors: readonly Problem[],
): Decision {
  const reasons = cases.map((one) => reasonOf(one, authorship, policy, cases.length > 1));
  if (errors.length > 0 || cases.length === 0) return cannotJudge(errors, reasons);
  const is = worstOf(reasons.map((reason) => reason.is));
  return { is, exitCode: EXIT_OF[is], reasons };
}

/** No verdict: something could not be read, so nothing is allowed, whatever the rest looks like. */
export const cannotJudge = (errors: readonly Problem[], reasons: readonly Reason[] = []): Decision => ({
  is: 'blocked',
  exitCode: EXIT.cannotJudge,
  reasons: [notJudged(errors), ...reasons],
});

const EXIT_OF: Readonly<Record<DecisionIs, ExitCode>> = {
  allowed: EXIT.allowed,
  'sign-off-required': EXIT.signOffRequired,
  blocked: EXIT.blocked,
};

/** The highest severity of all, or null where nothing was found. */
export function worstSeverity(findings: readonly Finding[]): Severity | null {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity)) ?? null;
}

/** `several`: the name of the input is needed to tell the reasons apart. */
function reasonOf(
  { changeSet, signOffs }: Case,
  authorship: Authorship,
  policy: Policy,
  several: boolean,
): Reason {
  const of = several ? `${changeSet.source}: ` : '';
  const requirement = requirementOfAll(changeSet, authorship.is, policy);
  const because = [findingsReason(changeSet), authorshipReason(authorship)];
  if (requirement.kind === 'none') return allowed(changeSet, of, because);
  if (requirement.kind === 'blocked') {
    return {
      is: 'blocked',
      says: `${of}the policy lets nobody sign this`,
      seen: worstSeverity(findingsOf(changeSet)),
      required: `no such finding in a change whose authorship is ${authorship.is}`,
      because,
    };
  }
  const accepted = signOffs.filter(
    ({ kind, accepted, person }) => kind === 'sign-off' && accepted && person !== null,
  );
  const persons = [...new Set(accepted.map(({ person }) => person ?? ''))].sort();
  const missing = missingOf(requirement, persons, policy.roster);
  const broken = missing === null ? null : brokenGlass(signOffs, policy);
  if (broken !== null) {
    return {
      is: 'allowed',
      says: `${of}THE GLASS WAS BROKEN: it is an emergency, and nobody else has signed`,
      seen: `${broken.persons.join(', ')}: ${broken.reasons.map((reason) => JSON.stringify(reason)).join(', ')}`,
      required: `a review afterwards, in place of ${whoMust(requirement)}`,
      because: [...because, ...signOffs.map(signOffReason)],
    };
  }
  return {
    is: missing === null ? 'allowed' : 'sign-off-required',
    says:
      missing === null
        ? `${of}exactly these changes are signed`
        : `${of}these changes are not signed: ${missing}`,
    seen: `${persons.length} signed${persons.length > 0 ? `: ${persons.join(', ')}` : ''}`,
    required: whoMust(requirement),
    because: [...because, ...signOffs.map(signOffReason)],
  };
}

function allowed(changeSet: JudgedChangeSet, of: string, because: readonly Reason[]): Reason {
  const worst = worstSeverity(findingsOf(changeSet));
  return {
    is: 'allowed',
    says:
      worst === null
        ? `${of}nothing in production is destroyed, and no protection is taken away`
        : `${of}the policy asks for no sign-off on these findings`,
    seen: worst,
    required: null,
    because,
  };
}

function findingsReason(changeSet: JudgedChangeSet): Reason {
  const findings = findingsOf(changeSet);
  const counted = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [`${count} ${severity}`] : [];
  });
  const parts = [changeSet, ...changeSet.changes, ...changeSet.invocations];
  return {
    is: parts.some(({ needsSignOff }) => needsSignOff) ? 'sign-off-required' : 'allowed',
    says: 'what the rules found',
    seen: counted.length > 0 ? counted.join(', ') : 'nothing',
    required: null,
    because: [],
  };
}

const authorshipReason = (authorship: Authorship): Reason => ({
  is: authorship.is === 'declared-human' ? 'allowed' : 'sign-off-required',
  says: `who wrote it: ${authorship.because}`,
  seen: authorship.is,
  required: null,
  because: [],
});

function signOffReason(signOff: SignOff): Reason {
  const failed = signOff.steps.find((step) => !step.holds);
  return {
    is: signOff.accepted ? 'allowed' : 'sign-off-required',
    says: signOff.accepted ? `${signOff.source} counts` : `${signOff.source} does not count`,
    seen: signOff.accepted ? whoSigned(signOff) : (failed?.says ?? 'no step was taken'),
    required: failed?.step ?? null,
    because: [],
  };
}

const whoSigned = ({ person, selfSignOff }: SignOff): string =>
  `${person}${selfSignOff ? ', who had a hand in the change: nobody else could sign, and the waiting time is over' : ''}`;

const notJudged = (errors: readonly Problem[]): Reason => ({
  is: 'blocked',
  says: errors.length > 0 ? 'not everything could be judged' : 'there was nothing to judge',
  seen: errors[0]?.message ?? 'no input',
  required: REQUIRED[errors[0]?.code ?? 'input-unreadable'],
  because: [],
});

/** What a judgement needs, and each failure says is not there. */
const REQUIRED: Readonly<Record<ErrorCode, string>> = {
  'input-unreadable': 'an input that can be read',
  'not-json': 'a complete document',
  'duplicate-key': 'a document that says each thing once',
  'not-a-plan': 'a plan or a change set',
  'unsupported-version': 'a document of a known version',
  'malformed-plan': 'a document of the known shape',
  'errored-plan': 'a plan or a change set that did not fail',
  'incomplete-change-set': 'a complete change set',
  'no-baseline': 'what is deployed, beside what is to be',
  'stale-change-set': 'a change set that can be executed',
  'input-too-deep': 'a document of the known shape',
  'workspace-differs': 'a plan of the workspace that is named',
  'terraform-failed': 'a saved plan that terraform or tofu can show',
  'template-unreadable': 'a template that can be read',
  'aws-failed': 'an answer from AWS',
  'policy-unreadable': 'a policy that can be read',
  'policy-invalid': 'a valid policy',
  'catalogue-invalid': 'a complete installation of check-plan',
  'rule-failed': 'rules that can be applied',
  'record-unreadable': 'sign-off records that can be read',
  'store-failed': 'a store of records that can be used',
  'authorship-unreadable': 'a history that can be read',
  'sign-refused': 'a signature that the gate accepts',
  'sign-failed': 'a signature',
  'apply-refused': 'a plan that can be applied as it was judged',
  usage: 'a command line that is right',
  internal: 'a run without a fault',
};

/** The worst decision; blocked where there is none at all. */
const worstOf = (decisions: readonly DecisionIs[]): DecisionIs =>
  decisions.length === 0
    ? 'blocked'
    : decisions.reduce((a, b) => (DECISIONS.indexOf(a) >= DECISIONS.indexOf(b) ? a : b));
