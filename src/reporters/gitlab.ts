import { createHash } from 'node:crypto';
import type { Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { withoutLogCommandInJson } from './log-command.ts';
import { objectionKey, objectionsOf, objectionText } from './objection.ts';
import { visible, visibleInJson } from './visible.ts';

/** The findings as a GitLab code quality report (a list in JSON), and what could not be judged as blockers in it. */
export function renderGitlab(report: Report): string {
  const errors = report.errors.map(({ code, message, mend, source }) => ({
    description: visible(mend === null ? message : `${message} (to fix it: ${mend})`),
    check_name: code,
    severity: 'blocker',
    fingerprint: fingerprintOf(JSON.stringify([code, source, message])),
    location: locationOf(source ?? 'check-plan.yaml'),
  }));
  const findings = objectionsOf(report).map((objection) => ({
    description: visible(objectionText(objection)),
    check_name: visible(objection.finding.rule),
    severity: SEVERITY[objection.finding.severity],
    fingerprint: fingerprintOf(objectionKey(objection)),
    location: locationOf(objection.set.source),
  }));
  const list = distinct([...errors, ...findings]);
  return `${withoutLogCommandInJson(visibleInJson(JSON.stringify(list, null, 2)))}\n`;
}

const SEVERITY: Readonly<Record<Severity, string>> = {
  critical: 'critical',
  high: 'major',
  medium: 'minor',
  low: 'info',
};

/** GitLab asks for a path from the top of the repository, without `./`. */
const locationOf = (source: string) => ({
  path: visible(source.replace(/^(?:\.\/)+/, '')) || 'input',
  lines: { begin: 1 },
});

const fingerprintOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** GitLab takes each fingerprint once. */
const distinct = <T extends { readonly fingerprint: string }>(items: readonly T[]): T[] => [
  ...new Map(items.map((item) => [item.fingerprint, item])).values(),
];
