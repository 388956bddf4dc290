import type { JudgedChange, JudgedChangeSet, Report } from '../../model/report.ts';
import { countsText } from './counts.ts';
import { harmText } from './harm.ts';
import { WORD, wordFor } from './kind.ts';
import { BLANK, type Line, line, type Style, span, whole } from './layout.ts';
import { counted } from './number.ts';
import { isLoss } from './outcome.ts';

/** The verdict in one line, and what was judged. */
export function decisionLines(report: Report): Line[] {
  const { word, rest, style } = verdict(report);
  return [
    line(0, span(word, style), span(`: ${rest}`, 'strong')),
    ...report.changeSets.flatMap((set) => [BLANK, ...sourceLines(set)]),
  ];
}

interface Verdict {
  readonly word: string;
  readonly rest: string;
  readonly style: Style;
}

/** Any sign that the run did not come to a verdict outweighs the verdict that it names. */
function verdict(report: Report): Verdict {
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
  if (somethingNeedsSignOff(report))
    return { word: 'ALLOWED by sign-off', rest: stakesText(report, 'will'), style: 'warn' };
  const harmed = changes.filter((change) => change.findings.length > 0 || isLoss(change.effect));
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

function sourceLines(set: JudgedChangeSet): Line[] {
  const { accounts, regions, workspace, environment } = set.target;
  const target = [
    accounts.length > 0 ? `account ${accounts.join(', ')}` : '',
    regions.length > 0 ? regions.join(', ') : '',
    workspace === null ? '' : `workspace ${workspace}`,
    environment === null ? '' : `environment ${environment}`,
  ].filter((part) => part !== '');
  const made = set.plannedAt === null ? set.tool : `${set.tool}, planned ${set.plannedAt}`;
  return [
    line(2, whole(set.source, 'code'), span(` (${made})`, 'dim')),
    ...(target.length > 0 ? [line(2, span(target.join(', ')))] : []),
    line(2, span(countsText(set.counts) || 'no changes')),
    ...(set.complete === false
      ? [
          line(
            2,
            span(
              `This ${WORD[set.kind]} is not the whole: a full one would change more than it lists.`,
              'warn',
            ),
          ),
        ]
      : []),
  ];
}
