import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ruleHelp } from '../../src/cli/rule-help.ts';
import { renderSarif } from '../../src/reporters/sarif.ts';
import { FORMAT_EXAMPLES as EXAMPLES } from './format-examples.ts';
import { anyReport, hostileText, plainText } from './report-arbitraries.ts';
import { changeOf, DESTROYED, reportOf, setOf } from './report-parts.ts';
import { SARIF_SCHEMA, wrongsOfSarif } from './validity.ts';

test('the schema is the published one, draft 4', () => {
  expect(SARIF_SCHEMA).toEqual([
    'http://json-schema.org/draft-04/schema#',
    'https://raw.githubusercontent.com/schemastore/schemastore/master/src/schemas/json/sarif-2.1.0-rtm.5.json',
  ]);
  expect(wrongsOfSarif({ version: '2.1.0', runs: [{ results: [] }] })).not.toEqual([]);
});

test.each(Object.entries(EXAMPLES))('%s is valid, and as before', async (name, report) => {
  const sarif = renderSarif(report, ruleHelp());
  expect(wrongsOfSarif(JSON.parse(sarif))).toEqual([]);
  if (name !== 'many-changes') await expect(sarif).toMatchFileSnapshot(`goldens/${name}.sarif`);
});

test('any report is valid, and harmless in a log', () => {
  fc.assert(
    fc.property(anyReport(hostileText), (report) => {
      const sarif = renderSarif(report, ruleHelp());
      expect(wrongsOfSarif(JSON.parse(sarif))).toEqual([]);
      expect(sarif).not.toMatch(/(?![ \n])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u);
      expect(sarif).not.toMatch(/##[a-z]*\[/i);
    }),
  );
});

test('every result has a rule with help, a resource and a file, and tells itself from all others', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(hostileText, { minLength: 1, maxLength: 6 }),
      fc.string(),
      (addresses, source) => {
        const changes = addresses.map((address) => changeOf({ address, findings: [DESTROYED] }));
        const { runs } = JSON.parse(
          renderSarif(reportOf({ changeSets: [setOf({ source, changes })] }), ruleHelp()),
        );
        const { results, tool } = runs[0];
        expect(results).toHaveLength(addresses.length);
        for (const { ruleIndex, locations } of results) {
          expect(tool.driver.rules[ruleIndex]).toMatchObject({
            id: 'CP001',
            name: 'ProductionDataDestroyed',
          });
          expect(tool.driver.rules[ruleIndex].help.text).toContain('check-plan rules CP001');
          expect(locations[0].logicalLocations[0].fullyQualifiedName).toBeTypeOf('string');
          const { uri } = locations[0].physicalLocation.artifactLocation;
          expect(new URL(uri, 'file:///x/').protocol).toBe('file:');
        }
        expect(
          new Set(
            results.map((one: { partialFingerprints: object }) => JSON.stringify(one.partialFingerprints)),
          ).size,
        ).toBe(addresses.length);
      },
    ),
  );
});

test('what the code is told of stands at its line', () => {
  const construct = { path: 'Prod/Data', source: '/app/lib/my stack.ts:12:5' };
  const sarif = renderSarif(reportOf({ changeSets: [setOf({ changes: [changeOf({ construct })] })] }), []);
  const [{ locations }] = JSON.parse(sarif).runs[0].results;
  expect(locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'file:///app/lib/my%20stack.ts' },
    region: { startLine: 12, startColumn: 5 },
  });
  expect(locations[0].logicalLocations[1]).toEqual({ fullyQualifiedName: 'Prod/Data', kind: 'construct' });
});

test('what is signed is suppressed by the person who signed, and nothing else is', () => {
  const results = (name: string) =>
    JSON.parse(renderSarif(EXAMPLES[name] ?? reportOf({}), [])).runs[0].results;
  expect(results('allowed-by-sign-off')[0].suppressions[0].justification).toContain('bob');
  const told = results('blocked-incident').filter((one: object) => 'suppressions' in one);
  expect(told).toEqual([]);
});

test('a run that could not judge says that it did not succeed', () => {
  const { invocations } = JSON.parse(renderSarif(EXAMPLES['cannot-judge'] ?? reportOf({}), [])).runs[0];
  expect(invocations[0].executionSuccessful).toBe(false);
  expect(invocations[0].toolExecutionNotifications).toHaveLength(2);
});

test('the exact text of a hidden value never appears', () => {
  fc.assert(
    fc.property(anyReport(plainText, fc.constant('"HUNTER2"')), (report) => {
      expect(renderSarif(report, [])).not.toContain('HUNTER2');
    }),
    { numRuns: 20 },
  );
});
