import type { Catalogue } from './catalogue.ts';
import { TABLES } from './document-tables.ts';
import type { Alternative, Rule } from './rule.ts';

/** One line a rule: id, severity, title. */
export const listRules = (rules: readonly Rule[]): string =>
  rules.map(({ id, severity, title }) => `${id}  ${severity.padEnd(8)}  ${title}\n`).join('');

/** A rule as a person reads it in a terminal. */
export function explainRule(rule: Rule): string {
  return [
    `${rule.id} ${rule.title} (${rule.name})`,
    '',
    `Severity: ${gradeOf(rule)}`,
    `Found when: ${conditionsOf(rule).join('; or ')}`,
    '',
    `What it means: ${rule.means}`,
    '',
    `Why it matters: ${rule.matters}`,
    '',
    `What to do instead${bracesOf(rule)}:`,
    ...adviceOf(rule),
    '',
  ].join('\n');
}

/** The catalogue as Markdown: `rules/README.md`. */
export function documentCatalogue({ rules }: Pick<Catalogue, 'rules'>): string {
  return [
    '# Rules of check-plan',
    '',
    'Made from the files in this folder. `check-plan rules ID` prints the same; `docs/rules/` has a page for each, with an example.',
    '',
    '| rule | severity | finds |',
    '|---|---|---|',
    ...rules.map((rule) => `| [${rule.id}](#${anchorOf(rule)}) | ${rule.severity} | ${rule.title} |`),
    '',
    ...TABLES,
    ...rules.flatMap(sectionOf),
  ].join('\n');
}

/** A rule as a page of its own: `docs/rules/CP001.md`. `fires` is what it says of its example, `silent` which others speak of its near miss. */
export function documentRule(
  rule: Rule,
  example: { readonly fires: readonly string[]; readonly silent: readonly string[] },
): string {
  return [
    `# ${rule.id}: ${rule.title}`,
    '',
    `\`${rule.name}\` · severity: ${gradeOf(rule)}`,
    '',
    'Found when:',
    '',
    ...conditionsOf(rule).map((conditions) => `- ${conditions}`),
    '',
    '## What it means',
    '',
    rule.means,
    '',
    '## Why it matters',
    '',
    rule.matters,
    '',
    '## Example',
    '',
    `\`fixtures/rules/${rule.id}/fires.json\`, in which it finds:`,
    '',
    '```text',
    ...example.fires,
    '```',
    '',
    `It is silent on \`fixtures/rules/${rule.id}/near-miss.json\`${example.silent.length === 0 ? '.' : `, where others speak: ${example.silent.join(', ')}.`}`,
    '',
    `## What to do instead${bracesOf(rule)}`,
    '',
    ...adviceOf(rule),
    '',
    '## How to override it',
    '',
    'In `check-plan.yaml` of the base branch, with a reason and an end; the report tells it:',
    '',
    '```yaml',
    'rules:',
    `  ${rule.id}: { severity: medium, reason: why this is right here, expires: 2030-01-31 }`,
    '```',
    '',
    'For some changes only, a rule of your own may lower it: [own rules](../own-rules.md).',
    '',
  ].join('\n');
}

const headingOf = ({ id, name }: Rule): string => `${id} ${name}`;
const anchorOf = (rule: Rule): string => headingOf(rule).toLowerCase().replaceAll(' ', '-');

const sectionOf = (rule: Rule): readonly string[] => [
  `## ${headingOf(rule)}`,
  '',
  `${rule.title}. Severity: ${gradeOf(rule)}. Found when:`,
  '',
  ...conditionsOf(rule).map((conditions) => `- ${conditions}`),
  '',
  `**What it means.** ${rule.means}`,
  '',
  `**Why it matters.** ${rule.matters}`,
  '',
  `**What to do instead${bracesOf(rule)}.**`,
  '',
  ...adviceOf(rule),
  '',
];

/** Said where an advice has a part that only a plan can fill in. */
const bracesOf = (rule: Rule): string =>
  adviceOf(rule).some((line) => /\{\w+\}/.test(line)) ? ' ({…} is filled in from the plan)' : '';

const gradeOf = ({ severity }: Rule): string =>
  severity === 'of-type' ? 'as the loss of the resource type' : severity;

const conditionsOf = ({ when, severity }: Rule): readonly string[] =>
  when.map((one) => `${conditionOf(one.expects)}${one.severity === severity ? '' : ` (${one.severity})`}`);

const adviceOf = ({ instead }: Rule): readonly string[] =>
  instead.map(({ text, expects }) =>
    Object.keys(expects).length === 0 ? `- ${text}` : `- ${text} (where ${conditionOf(expects)})`,
  );

function conditionOf(expects: Alternative<never>['expects']): string {
  const parts = Object.entries(expects).map(([key, value]) =>
    Array.isArray(value) ? `${key} is ${value.join(' or ')}` : `${key} is ${value}`,
  );
  return parts.length === 0 ? 'always' : parts.join(', ');
}
