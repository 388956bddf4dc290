import type { Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { withoutLogCommandInJson } from './log-command.ts';
import { LEVEL, type Objection, objectionKey, objectionsOf, objectionText } from './objection.ts';
import { sarifLocation } from './sarif/location.ts';
import { visible, visibleInJson } from './visible.ts';

/** What the catalogue says of a rule. */
export interface RuleHelp {
  readonly id: string;
  /** `production-data-destroyed` */
  readonly name: string;
  readonly title: string;
  readonly means: string;
  readonly matters: string;
}

/** The findings as SARIF 2.1.0 (OASIS), for GitHub code scanning and others; ends with a newline. */
export function renderSarif(report: Report, rules: readonly RuleHelp[]): string {
  const objections = objectionsOf(report);
  const ids = [...new Set(objections.map(({ finding }) => finding.rule))];
  const told = objections.slice(0, MOST_RESULTS);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'check-plan',
            rules: ids.map((id) => ruleOf(id, objections, rules)),
          },
        },
        invocations: [invocationOf(report, objections.length - told.length)],
        results: told.map((objection) => resultOf(objection, ids, report)),
        properties: { decision: report.decision, exitCode: report.exitCode, advisory: report.advisory },
      },
    ],
  };
  return `${withoutLogCommandInJson(visibleInJson(JSON.stringify(log, null, 2)))}\n`;
}

/** GitHub refuses a run of more. */
const MOST_RESULTS = 25_000;

function ruleOf(id: string, objections: readonly Objection[], rules: readonly RuleHelp[]): unknown {
  const found = objections.find(({ finding }) => finding.rule === id)?.finding;
  const help = rules.find((rule) => rule.id === id);
  const title = help?.title ?? found?.title ?? id;
  const text = help === undefined ? title : `${help.means} ${help.matters}`;
  const worst = found?.severity ?? 'critical';
  return {
    id,
    ...(help === undefined ? {} : { name: pascalCase(help.name) }),
    shortDescription: { text: visible(title) || id },
    fullDescription: { text: visible(text) || id },
    help: { text: `${visible(text)}\n\ncheck-plan rules ${visible(id)} tells what to do instead.` },
    defaultConfiguration: { level: LEVEL[worst] },
    properties: {
      tags: ['infrastructure', 'destruction'],
      'security-severity': SCORE[worst],
      'problem.severity': LEVEL[worst] === 'note' ? 'recommendation' : LEVEL[worst],
    },
  };
}

function resultOf(objection: Objection, ids: readonly string[], report: Report): unknown {
  const { finding, address, change, needsSignOff } = objection;
  return {
    ruleId: finding.rule,
    ruleIndex: ids.indexOf(finding.rule),
    level: LEVEL[finding.severity],
    message: { text: visible(messageOf(objection)) },
    locations: [sarifLocation(objection)],
    partialFingerprints: { 'checkPlan/v1': objectionKey(objection) },
    ...(needsSignOff && report.decision === 'allowed' ? { suppressions: suppressionsOf(report) } : {}),
    properties: {
      severity: finding.severity,
      needsSignOff,
      ...(address === null ? {} : { address }),
      ...(change === null
        ? {}
        : {
            effect: change.effect,
            fate: change.fate,
            holds: change.holds,
            environment: change.environment.is,
          }),
    },
  };
}

function messageOf(objection: Objection): string {
  const { instead } = objection.finding;
  const [step] = instead.filter((one) => !one.includes('\n'));
  return `${objectionText(objection)}.${step === undefined ? '' : ` Instead: ${step}.`}`;
}

/** A sign-off that was accepted settles what it permits. */
const suppressionsOf = ({ signOffs }: Report): readonly unknown[] =>
  signOffs
    .filter((signOff) => signOff.accepted)
    .map((signOff) => ({
      kind: 'external',
      status: 'accepted',
      justification: visible(
        `signed by ${signOff.person ?? 'nobody'} until ${signOff.expiresAt ?? 'unknown'}`,
      ),
    }));

function invocationOf({ errors }: Report, more: number): unknown {
  return {
    executionSuccessful: errors.length === 0,
    ...(errors.length === 0 && more === 0
      ? {}
      : {
          toolExecutionNotifications: [
            ...errors.map(({ code, message, mend, source }) => ({
              level: 'error',
              descriptor: { id: code },
              message: {
                text: visible(
                  `${source === null ? '' : `${source}: `}${message}${mend === null ? '' : ` (to fix it: ${mend})`}`,
                ),
              },
            })),
            ...(more > 0
              ? [{ level: 'warning', message: { text: `${more} more findings are left out: the mildest` } }]
              : []),
          ],
        }),
  };
}

/** As GitHub grades them: critical above 9, high above 7, medium above 4. */
const SCORE: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' };

const pascalCase = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
