import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderGitlab } from '../../src/reporters/gitlab.ts';
import { FORMAT_EXAMPLES as EXAMPLES } from './format-examples.ts';
import { anyReport, hostileText, plainText } from './report-arbitraries.ts';

test.each(Object.entries(EXAMPLES))('%s is as before', async (name, report) => {
  if (name !== 'many-changes')
    await expect(renderGitlab(report)).toMatchFileSnapshot(`goldens/${name}.gitlab.json`);
});

test('every entry has what GitLab asks for, and no fingerprint comes twice', () => {
  fc.assert(
    fc.property(anyReport(hostileText), (report) => {
      const json = renderGitlab(report);
      const entries: {
        description: string;
        check_name: string;
        fingerprint: string;
        severity: string;
        location: { path: string; lines: { begin: number } };
      }[] = JSON.parse(json);
      for (const { description, check_name, fingerprint, severity, location } of entries) {
        expect([typeof description, typeof check_name]).toEqual(['string', 'string']);
        expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
        expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(severity);
        expect(location.path).not.toMatch(/^$|^\.\//);
        expect(location.lines.begin).toBe(1);
      }
      expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
      expect(json).not.toMatch(/(?![ \n])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u);
    }),
  );
});

test('the exact text of a hidden value never appears', () => {
  fc.assert(
    fc.property(anyReport(plainText, fc.constant('"HUNTER2"')), (report) => {
      expect(renderGitlab(report)).not.toContain('HUNTER2');
    }),
    { numRuns: 20 },
  );
});
