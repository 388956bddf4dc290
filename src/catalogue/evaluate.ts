import type { Effect, Invocation } from '../model/change.ts';
import { CheckError } from '../model/error.ts';
import { type Finding, SEVERITIES } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { Rule, RuleOf } from './rule.ts';
import type { ChangeSubject, Scope, SetSubject, Subjects } from './subject.ts';

type Overrides = Policy['rules'];

/** The rules that match one change, in the order of the catalogue. `now` is in milliseconds since 1970. */
export const findingsOfChange = (
  rules: readonly Rule[],
  subject: ChangeSubject,
  overrides: Overrides,
  now: number,
): Finding[] => {
  const found: Finding[] = [];
  for (const rule of rulesFor(rules, subject.change.effect))
    found.push(...findings(rule, subject, overrides, now));
  const lowering = rules.filter(({ id, lowers }) => lowers !== null && found.some(({ rule }) => rule === id));
  return lowering.length === 0 ? found : found.map((finding) => lowered(finding, lowering, now));
};

/** The rules about single changes that may match one with this effect. */
function rulesFor(rules: readonly Rule[], effect: Effect): readonly RuleOf<'change'>[] {
  const known = byEffect.get(rules) ?? new Map<Effect, readonly RuleOf<'change'>[]>();
  byEffect.set(rules, known);
  const those =
    known.get(effect) ??
    rules.filter((rule) => rule.scope === 'change').filter((rule) => mayMatch(rule, effect));
  known.set(effect, those);
  return those;
}

const byEffect = new WeakMap<readonly Rule[], Map<Effect, readonly RuleOf<'change'>[]>>();

const mayMatch = ({ when }: RuleOf<'change'>, effect: Effect): boolean =>
  when.some(({ expects: { effect: wanted } }) => !Array.isArray(wanted) || wanted.includes(effect));

/** A finding of a shipped rule as a rule of the policy makes it milder. It never gets worse by that. */
function lowered(finding: Finding, lowering: readonly Rule[], now: number): Finding {
  const by = lowering.find(({ lowers }) => lowers?.rule === finding.rule && now < lowers.expires)?.lowers;
  if (by === undefined || by === null || SEVERITIES.indexOf(by.to) <= SEVERITIES.indexOf(finding.severity))
    return finding;
  return { ...finding, severity: by.to, override: by.reason };
}

/** The same for an action that the plan invokes. */
export const findingsOfInvocation = (
  rules: readonly Rule[],
  invocation: Invocation,
  overrides: Overrides,
  now: number,
): Finding[] =>
  rules.flatMap((rule) => (rule.scope === 'invocation' ? findings(rule, invocation, overrides, now) : []));

/** The same for a change set as a whole, once all its changes are judged. */
export const findingsOfSet = (
  rules: readonly Rule[],
  subject: SetSubject,
  overrides: Overrides,
  now: number,
): Finding[] =>
  rules.flatMap((rule) => (rule.scope === 'set' ? findings(rule, subject, overrides, now) : []));

/** One finding or none. A rule that throws has judged nothing, so the run must not pass: `rule-failed`. */
function findings<S extends Scope>(
  rule: RuleOf<S>,
  subject: Subjects[S],
  overrides: Overrides,
  now: number,
): readonly Finding[] {
  try {
    const match = rule.when.find(({ test }) => test(subject));
    if (match === undefined) return [];
    const override = overrides.get(rule.id) ?? null;
    const inForce = override !== null && now < override.expires ? override : null;
    if (inForce?.severity === 'off') return [];
    const severity = inForce?.severity ?? match.severityOf(subject);
    return [
      {
        rule: rule.id,
        severity,
        title: rule.title,
        ...rule.tell(subject),
        override: inForce?.reason ?? null,
      },
    ];
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new CheckError(
      'rule-failed',
      `rule ${rule.id} failed: ${why}`,
      rule.id.startsWith('CP')
        ? 'this is a fault in check-plan: please report it'
        : 'mend the rule in the policy; what may be missing is asked for with has(before.name)',
      thrown,
    );
  }
}
