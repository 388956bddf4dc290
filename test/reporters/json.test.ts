import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EFFECTS, FATES } from '../../src/model/change.ts';
import { DECISIONS } from '../../src/model/decision.ts';
import type { ErrorCode } from '../../src/model/error.ts';
import { HOLDS, SEVERITIES } from '../../src/model/finding.ts';
import { KEY_HARDWARE, STEPS } from '../../src/model/signoff.ts';
import { jsonPieces, renderJson } from '../../src/reporters/json.ts';
import { withoutLogCommandInJson } from '../../src/reporters/log-command.ts';
import { visibleInJson } from '../../src/reporters/visible.ts';
import { anyReport, hostileText, plainText } from './report-arbitraries.ts';
import { EXAMPLES } from './report-examples.ts';
import { changeOf, reportOf, setOf, shown } from './report-parts.ts';

const schema = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);

function wrongsOf(json: string): unknown {
  return validate(JSON.parse(json)) ? [] : validate.errors;
}

test.each(Object.entries(EXAMPLES))('%s is as the schema says', (_, report) => {
  expect(wrongsOf(renderJson(report))).toEqual([]);
});

test('any report is as the schema says, and is written so that no terminal or build log acts on it', () => {
  fc.assert(
    fc.property(anyReport(hostileText), (report) => {
      const json = renderJson(report);
      expect(wrongsOf(json)).toEqual([]);
      expect(json).not.toMatch(/(?![ \n])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u);
      expect(json).not.toMatch(/##[a-z]*\[/i);
      expect(json).not.toMatch(/^\s*::/m);
    }),
  );
});

test('it is written as JSON in one piece would be, whatever a plan says', () => {
  const trap = '\n      "changes": [\n        null\n      ],';
  fc.assert(
    fc.property(anyReport(fc.oneof(hostileText, fc.constant(trap))), (report) => {
      const json = renderJson(report);
      const changes = JSON.parse(json).changeSets.map((set: { changes: unknown[] }) => set.changes.length);
      expect(changes).toEqual(report.changeSets.map((set) => set.changes.length));
      const whole = withoutLogCommandInJson(visibleInJson(JSON.stringify(JSON.parse(json), null, 2)));
      expect(json).toBe(`${whole}\n`);
    }),
  );
});

test('a change set of very many changes is written a change at a time', () => {
  const changes = Array.from({ length: 500 }, (_, nth) => changeOf({ address: `a.b[${nth}]` }));
  const sets = [setOf({ changes: [] }), setOf({ changes }), setOf({ changes: changes.slice(0, 1) })];
  const pieces = [...jsonPieces(reportOf({ changeSets: sets }))];
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(10_000);
  const read = JSON.parse(pieces.join('')).changeSets.map((set: { changes: { address: string }[] }) =>
    set.changes.map(({ address }) => address),
  );
  expect(read).toEqual(sets.map((set) => set.changes.map(({ address }) => address)));
});

test('names come out of it unchanged', () => {
  fc.assert(
    fc.property(hostileText, (address) => {
      const report = reportOf({ changeSets: [setOf({ changes: [changeOf({ address })] })] });
      expect(JSON.parse(renderJson(report)).changeSets[0].changes[0].address).toBe(address);
    }),
  );
});

test('the exact text of a hidden value never appears', () => {
  fc.assert(
    fc.property(anyReport(plainText, fc.constant('"HUNTER2"')), (report) => {
      expect(renderJson(report)).not.toContain('HUNTER2');
    }),
  );
});

test('a shown value keeps its digits, a hidden one says why it is hidden', () => {
  const cause = {
    kind: 'attribute',
    path: ['size', 0],
    before: shown('12345678901234567890.10'),
    after: { exact: '"s3cret"', visibility: 'sensitive' },
  } as const;
  const report = reportOf({ changeSets: [setOf({ changes: [changeOf({ causes: [cause] })] })] });
  expect(JSON.parse(renderJson(report)).changeSets[0].changes[0].causes).toEqual([
    {
      kind: 'attribute',
      path: ['size', 0],
      before: '12345678901234567890.10',
      beforeIs: 'shown',
      after: null,
      afterIs: 'sensitive',
    },
  ]);
});

test('it is indented by two and ends with a newline', () => {
  const json = renderJson(reportOf({}));
  expect(json).toMatch(/^\{\n {2}"schema": "check-plan\/report\/1",\n/);
  expect(json.endsWith('}\n')).toBe(true);
});

const ERROR_CODES: Record<ErrorCode, true> = {
  'input-unreadable': true,
  'not-json': true,
  'duplicate-key': true,
  'not-a-plan': true,
  'unsupported-version': true,
  'malformed-plan': true,
  'errored-plan': true,
  'incomplete-change-set': true,
  'no-baseline': true,
  'stale-change-set': true,
  'input-too-deep': true,
  'workspace-differs': true,
  'terraform-failed': true,
  'template-unreadable': true,
  'aws-failed': true,
  'policy-unreadable': true,
  'policy-invalid': true,
  'catalogue-invalid': true,
  'rule-failed': true,
  'record-unreadable': true,
  'store-failed': true,
  'authorship-unreadable': true,
  'sign-refused': true,
  'sign-failed': true,
  'apply-refused': true,
  usage: true,
  internal: true,
};

test.each([
  ['effects', schema.$defs.effect.enum, EFFECTS],
  ['fates', schema.$defs.change.properties.fate.enum, FATES],
  ['what a type holds', schema.$defs.change.properties.holds.enum, HOLDS],
  ['severities', schema.$defs.severity.enum, SEVERITIES],
  ['the worst severity', schema.properties.worst.enum, [...SEVERITIES, null]],
  ['steps', schema.$defs.signOff.properties.steps.items.properties.step.enum, STEPS],
  ['hardware', schema.$defs.signOff.properties.hardware.enum, [...KEY_HARDWARE, null]],
  ['decisions', schema.$defs.decision.enum, DECISIONS],
  ['counts', Object.keys(schema.$defs.changeSet.properties.counts.properties), EFFECTS],
  ['error codes', schema.$defs.error.properties.code.enum, Object.keys(ERROR_CODES)],
])('the schema lists exactly the words of the model: %s', (_, listed, words) => {
  expect([...listed].sort()).toEqual([...words].sort());
});

test('every object of the schema is closed and asks for all its fields', () => {
  const objects: { properties: object; required: string[]; additionalProperties: unknown }[] = [];
  JSON.stringify(schema, (_, node) => {
    if (node?.type === 'object') objects.push(node);
    return node;
  });
  expect(objects.length).toBeGreaterThan(10);
  for (const { properties, required, additionalProperties } of objects) {
    expect(additionalProperties).toBe(false);
    expect(required.toSorted()).toEqual(Object.keys(properties).toSorted());
  }
});
