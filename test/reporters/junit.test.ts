import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderJunit } from '../../src/reporters/junit.ts';
import { FORMAT_EXAMPLES as EXAMPLES } from './format-examples.ts';
import { anyReport, hostileText, plainText } from './report-arbitraries.ts';
import { changeOf, reportOf, setOf } from './report-parts.ts';
import { wrongsOfJunit } from './validity.ts';

describe('it is JUnit XML', () => {
  test('by a schema that refuses what is not', async () => {
    expect(await wrongsOfJunit(['<testsuites><testcase/></testsuites>'])).not.toEqual([]);
  });

  test('in every example, as before', async () => {
    const documents = Object.entries(EXAMPLES).map(([name, report]) => [name, renderJunit(report)] as const);
    expect(await wrongsOfJunit(documents.map(([, xml]) => xml))).toEqual([]);
    for (const [name, xml] of documents) {
      if (name !== 'many-changes') await expect(xml).toMatchFileSnapshot(`goldens/${name}.junit.xml`);
    }
  });

  test('in any report, with any text', async () => {
    const markup = fc.constantFrom(
      '<',
      '&',
      ']]>',
      '<![CDATA[',
      '"',
      "'",
      '<failure>',
      '&#0;',
      '\u0000',
      '\ufffe',
      '\ud800',
    );
    const text = fc.array(fc.oneof(markup, hostileText), { maxLength: 4 }).map((parts) => parts.join(''));
    const documents = fc.sample(anyReport(text), 60).map(renderJunit);
    expect(await wrongsOfJunit(documents)).toEqual([]);
    for (const xml of documents) {
      expect(xml).not.toMatch(/(?![ \n])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u);
      expect(xml).not.toMatch(/^\s*::|##[a-z]*\[/im);
    }
  });
});

test('it fails if and only if the run stops, and counts how often', () => {
  fc.assert(
    fc.property(anyReport(plainText), (report) => {
      const xml = renderJunit(report);
      const count = (tag: string): number => xml.split(`<${tag} `).length - 1;
      const stops = report.errors.length > 0 || (report.decision !== 'allowed' && !report.advisory);
      expect(count('failure') + count('error') > 0).toBe(stops);
      expect(xml).toContain(
        `<testsuites name="check-plan" tests="${count('testcase')}" failures="${count('failure')}" errors="${count('error')}">`,
      );
    }),
  );
});

test('a name is shown as it is', () => {
  const address = 'aws_s3_bucket.a["<failure message=\'x\'/>"]';
  const xml = renderJunit(reportOf({ changeSets: [setOf({ changes: [changeOf({ address })] })] }));
  expect(xml).toContain('name="aws_s3_bucket.a[&quot;&lt;failure message=&apos;x&apos;/&gt;&quot;]"');
});

test('the exact text of a hidden value never appears', () => {
  fc.assert(
    fc.property(anyReport(plainText, fc.constant('"HUNTER2"')), (report) => {
      expect(renderJunit(report)).not.toContain('HUNTER2');
    }),
    { numRuns: 20 },
  );
});
