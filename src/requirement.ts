import type { AuthorshipIs } from './model/authorship.ts';
import type { EnvironmentIs } from './model/environment.ts';
import type { Finding, Severity } from './model/finding.ts';
import type {
  EnvironmentRule,
  Policy,
  Presence,
  Required,
  Requirement,
  SignOffPolicy,
  SignOffRequirement,
} from './model/policy.ts';
import type { JudgedChange, JudgedChangeSet } from './model/report.ts';
import type { Target } from './model/signoff.ts';
import { matches } from './production/pattern.ts';

/** Where a finding stands, as far as the rules for environments ask. */
export interface Place {
  readonly is: EnvironmentIs;
  readonly account: string | null;
  readonly workspace: string | null;
  readonly environment: string | null;
}

/** What the policy asks for a finding at a place, given who wrote the change. */
export const requirementOf = (
  severity: Severity,
  authorship: AuthorshipIs,
  policy: SignOffPolicy,
  place: Place,
): Requirement => requiredAt(place, policy)[severity][authorship];

/** What all findings of a change set together ask: any `blocked` blocks, else the most of everything that any of them asks. */
export function requirementOfAll(
  changeSet: JudgedChangeSet,
  authorship: AuthorshipIs,
  policy: Policy,
): Requirement {
  const asked = placedFindings(changeSet).map(({ finding, place }) =>
    requirementOf(finding.severity, authorship, policy.signOff, place),
  );
  if (asked.some(({ kind }) => kind === 'blocked')) return { kind: 'blocked' };
  const signOffs = asked.filter((one) => one.kind === 'sign-off');
  const most = (of: (one: SignOffRequirement) => number): number =>
    signOffs.reduce((so, one) => Math.max(so, of(one)), -1);
  const rank = most(({ level }) => rankOf(level, policy));
  if (rank === -1) return { kind: 'none' };
  const level = policy.roster.levels[rank];
  if (level === undefined) return { kind: 'blocked' };
  return {
    kind: 'sign-off',
    persons: most(({ persons }) => persons),
    level,
    teams: most(({ teams }) => teams),
    presence: signOffs.reduce<Presence>(
      (so, { presence }) => stricter(so, presence),
      policy.signOff.presence,
    ),
  };
}

/** Every finding of a change set: of its changes, its action invocations and the whole. */
export const findingsOf = (changeSet: JudgedChangeSet): readonly Finding[] =>
  placedFindings(changeSet).map(({ finding }) => finding);

/** The place of a change. */
export const placeOf = (
  { environment, location }: Pick<JudgedChange, 'environment' | 'location'>,
  named: Pick<Target, 'workspace' | 'environment'>,
): Place => ({
  is: environment.is,
  account: location.account,
  workspace: named.workspace,
  environment: named.environment,
});

/** The place of what no single change stands for: production, and no account that could soften it. */
export const placeOfAll = (named: Pick<Target, 'workspace' | 'environment'>): Place => ({
  is: 'production',
  account: null,
  workspace: named.workspace,
  environment: named.environment,
});

interface Placed {
  readonly finding: Finding;
  readonly place: Place;
}

function placedFindings(changeSet: JudgedChangeSet): readonly Placed[] {
  const { changes, invocations, findings, target } = changeSet;
  const whole = [...invocations.flatMap((invocation) => invocation.findings), ...findings];
  return [
    ...changes.flatMap((change) =>
      change.findings.map((finding) => ({ finding, place: placeOf(change, target) })),
    ),
    ...whole.map((finding) => ({ finding, place: placeOfAll(target) })),
  ];
}

function requiredAt(place: Place, { required, environments }: SignOffPolicy): Required {
  return environments.find((rule) => isThere(rule, place))?.required ?? required;
}

const isThere = (rule: EnvironmentRule, place: Place): boolean =>
  asks(rule.is, (is) => is === place.is) &&
  asks(rule.accounts, (account) => account === place.account) &&
  asks(rule.workspaces, (pattern) => place.workspace !== null && matches(pattern, place.workspace)) &&
  asks(rule.names, (pattern) => place.environment !== null && matches(pattern, place.environment));

const asks = <T>(list: readonly T[], is: (item: T) => boolean): boolean => list.length === 0 || list.some(is);

const PRESENCES: readonly Presence[] = ['none', 'touch', 'verified'];
const stricter = (a: Presence, b: Presence): Presence =>
  PRESENCES.indexOf(a) >= PRESENCES.indexOf(b) ? a : b;

/** A level that the roster does not know ranks above all, so that nobody reaches it. */
function rankOf(level: string, policy: Policy): number {
  const rank = policy.roster.levels.indexOf(level);
  return rank === -1 ? policy.roster.levels.length : rank;
}
