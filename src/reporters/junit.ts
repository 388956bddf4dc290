import type { Finding } from '../model/finding.ts';
import type { JudgedChange, JudgedChangeSet, JudgedInvocation, Report } from '../model/report.ts';
import { type Element, element, xmlOf } from './junit/xml.ts';
import { objectionText } from './objection.ts';
import { worstFirst } from './text/finding.ts';
import { verdictOf } from './text/verdict.ts';

/**
 * The report as JUnit XML, a suite for each input and a case for each change; ends with a newline. The first suite holds
 * the decision, so that the document fails if and only if the run does. In an advisory run nothing fails.
 */
export function renderJunit(report: Report): string {
  const suites = [decisionSuite(report), ...report.changeSets.map((set) => setSuite(set, report))];
  return xmlOf(element('testsuites', { name: 'check-plan', ...totalsOf(suites) }, suites));
}

function decisionSuite(report: Report): Element {
  const { word, rest } = verdictOf(report);
  const says = `${word}: ${rest}`;
  const fails = report.decision !== 'allowed' && !report.advisory;
  const verdict = testcase(
    'decision',
    'check-plan',
    report.errors.length === 0 && fails ? [failure(report.decision, says, [says])] : [],
    [says],
  );
  const errors = report.errors.map(({ code, message, mend, source }) =>
    testcase(source ?? 'check-plan', code, [
      element('error', { type: code, message }, [message, ...(mend === null ? [] : [`To fix it: ${mend}`])]),
    ]),
  );
  return suite('check-plan', [verdict, ...errors]);
}

function setSuite(set: JudgedChangeSet, report: Report): Element {
  const whole = set.findings.length === 0 ? [] : [caseOf(set, 'the whole', set.kind, null, set, report)];
  return suite(set.source, [
    ...whole,
    ...set.changes.map((change) => caseOf(change, nameOf(change), change.type, change, set, report)),
    ...set.invocations.map((one) => caseOf(one, one.address, one.type, null, set, report)),
  ]);
}

const nameOf = ({ address, deposed }: JudgedChange): string =>
  deposed === null ? address : `${address} (deposed object ${deposed})`;

/** What needs a sign-off that it does not have fails; what was only found is written down. */
function caseOf(
  subject: JudgedChangeSet | JudgedChange | JudgedInvocation,
  name: string,
  type: string,
  change: JudgedChange | null,
  set: JudgedChangeSet,
  report: Report,
): Element {
  const findings = worstFirst(subject.findings);
  const lines = findings.flatMap((finding) => linesOf(finding, change, set));
  const fails = subject.needsSignOff && report.decision !== 'allowed' && !report.advisory;
  const first = findings[0];
  return fails && first !== undefined
    ? testcase(name, type, [failure(first.rule, first.message, lines)])
    : testcase(name, type, [], lines);
}

const linesOf = (finding: Finding, change: JudgedChange | null, set: JudgedChangeSet): string[] => [
  `${finding.severity}: ${objectionText({ finding, set, change, address: null, deposed: null, needsSignOff: true })} (${finding.rule})`,
  ...finding.instead.flatMap((step) => `  instead: ${step}`.split('\n')),
];

const failure = (type: string, message: string, lines: readonly string[]): Element =>
  element('failure', { type, message }, lines);

const testcase = (
  name: string,
  classname: string,
  children: readonly Element[],
  out: readonly string[] = [],
): Element =>
  element('testcase', { name, classname, time: '0' }, [
    ...children,
    ...(out.length === 0 ? [] : [element('system-out', {}, out)]),
  ]);

const suite = (name: string, cases: readonly Element[]): Element =>
  element('testsuite', { name, time: '0', ...totalsOf(cases) }, cases);

/** How many cases there are in the elements, and how they ended. */
function totalsOf(elements: readonly Element[]): Readonly<Record<'tests' | 'failures' | 'errors', string>> {
  const count = (name: string): string => String(elements.reduce((sum, one) => sum + countOf(one, name), 0));
  return { tests: count('testcase'), failures: count('failure'), errors: count('error') };
}

function countOf(one: Element | string, name: string): number {
  if (typeof one === 'string') return 0;
  return one.children.reduce((sum, child) => sum + countOf(child, name), one.name === name ? 1 : 0);
}
