import { takesAway } from '../../model/change.ts';
import { EXIT } from '../../model/decision.ts';
import type { JudgedChange, Report } from '../../model/report.ts';
import { harmText } from './harm.ts';
import { wordFor } from './kind.ts';
import type { Style } from './layout.ts';
import { counted } from './number.ts';

/** Of an advisory run, what it would be comes after the news that nothing is stopped. */
export function verdictOf(report: Report): Verdict {
  const verdict = plainVerdictOf(report);
  if (!isOnlyTold(report)) return verdict;
  return {
    word: 'NOT STOPPED, advisory only',
    rest: `without --advisory it would be ${verdict.word}: ${verdict.rest}`,
    style: 'warn',
  };
}

/** Whether the run would stop the pipeline, and only says so. What could not be judged stops it all the same. */
export const isOnlyTold = ({ advisory, exitCode, errors }: Report): boolean =>
  advisory && errors.length === 0 && (exitCode === EXIT.blocked || exitCode === EXIT.signOffRequired);

/** Any sign that the run did not come to a verdict outweighs the verdict that it names. */
function plainVerdictOf(report: Report): Verdict {
  if (report.errors.length > 0 || ![0, 2, 3].includes(report.exitCode))
    return { word: 'CANNOT JUDGE', rest: 'nothing is allowed until this is mended', style: 'bad' };
  if (report.decision === 'sign-off-required')
    return { word: 'BLOCKED until signed off', rest: stakesText(report, 'would'), style: 'bad' };
  if (report.decision !== 'allowed' || report.exitCode !== 0)
    return {
      word: 'BLOCKED',
      rest: `${stakesText(report, 'would')}; no sign-off can permit it`,
      style: 'bad',
    };
  return allowed(report);
}

function allowed(report: Report): Verdict {
  const changes = report.changeSets.flatMap((set) => set.changes);
  if (isEmergency(report))
    return { word: 'THE GLASS WAS BROKEN, allowed unsigned', rest: stakesText(report, 'will'), style: 'bad' };
  if (somethingNeedsSignOff(report))
    return { word: 'ALLOWED by sign-off', rest: stakesText(report, 'will'), style: 'warn' };
  const harmed = changes.filter((change) => change.findings.length > 0 || takesAway(change.effect));
  if (somethingFound(report))
    return { word: 'ALLOWED, but look first', rest: harmText(harmed, 'will') || 'see below', style: 'warn' };
  if (harmed.length > 0)
    return { word: 'ALLOWED', rest: `${harmText(harmed, 'will')}; ${noObjection(harmed)}`, style: 'good' };
  return {
    word: 'ALLOWED',
    rest: changes.length === 0 ? 'no resource changes' : 'no resource is destroyed',
    style: 'good',
  };
}

/** Nobody signed, and what lets it through is an emergency. */
const isEmergency = ({ signOffs }: Report): boolean => {
  const accepted = signOffs.filter((signOff) => signOff.accepted);
  return accepted.length > 0 && accepted.every(({ kind }) => kind === 'break-glass');
};

const noObjection = (harmed: readonly JudgedChange[]): string =>
  harmed.every(({ environment }) => !environment.treatedAsProduction)
    ? 'nothing of it is production'
    : 'no rule is against it';

const somethingNeedsSignOff = ({ changeSets }: Report): boolean =>
  changeSets.some(
    (set) =>
      set.needsSignOff || [...set.changes, ...set.invocations].some(({ needsSignOff }) => needsSignOff),
  );

const somethingFound = ({ changeSets }: Report): boolean =>
  changeSets.some((set) =>
    [set, ...set.changes, ...set.invocations].some(({ findings }) => findings.length > 0),
  );

/** What the decision is about; never empty. */
function stakesText({ changeSets, reasons }: Report, modal: 'would' | 'will'): string {
  const needy: JudgedChange[] = changeSets
    .flatMap((set) => set.changes)
    .filter((change) => change.needsSignOff);
  const actions = changeSets
    .flatMap((set) => set.invocations)
    .filter((invocation) => invocation.needsSignOff);
  const wholes = changeSets.filter((set) => set.needsSignOff).map(({ kind }) => kind);
  const parts = [
    needy.length > 0 ? harmText(needy, modal) : '',
    actions.length > 0 ? `${counted(actions.length, 'action')} ${modal} run` : '',
    wholes.length > 0 ? `the ${wordFor(wholes)} as a whole is dangerous` : '',
  ].filter((part) => part !== '');
  return (
    parts.join('; ') || (reasons.find((reason) => reason.is !== 'allowed')?.says ?? 'no reason is given')
  );
}

export interface Verdict {
  readonly word: string;
  readonly rest: string;
  readonly style: Style;
}
