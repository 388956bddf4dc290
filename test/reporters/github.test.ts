import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderGithub } from '../../src/reporters/github.ts';
import { renderText } from '../../src/reporters/text.ts';
import { FORMAT_EXAMPLES as EXAMPLES } from './format-examples.ts';
import { anyReport, hostileText, plainText } from './report-arbitraries.ts';
import { changeOf, reportOf, setOf } from './report-parts.ts';

test.each(Object.entries(EXAMPLES))('%s reads well', async (name, report) => {
  if (name !== 'many-changes')
    await expect(renderGithub(report)).toMatchFileSnapshot(`goldens/${name}.github.txt`);
});

/** What the runner takes from a line: it trims it, and reads `::name properties::data`, or `##[name]` anywhere in it. */
function commandOf(line: string): { name: string; properties: string[]; data: string } | null {
  const found = /^::(\w+)(?: (.*?))?::(.*)$/.exec(line.trim());
  if (found === null) return null;
  const [, name = '', properties = '', data = ''] = found;
  return { name, properties: properties.split(',').map((pair) => pair.split('=')[0] ?? ''), data };
}

test('whatever the names in it, the runner finds annotations of ours and nothing else', () => {
  fc.assert(
    fc.property(anyReport(hostileText), (report) => {
      const lines = renderGithub(report).split('\n');
      const commands = lines.flatMap((line) => commandOf(line) ?? []);
      const findings = report.changeSets.flatMap((set) =>
        [set, ...set.changes, ...set.invocations].flatMap((one) => one.findings),
      );
      expect(commands).toHaveLength(1 + Math.min(report.errors.length, 9) + Math.min(findings.length, 9));
      for (const { name, properties } of commands) {
        expect(['error', 'warning', 'notice']).toContain(name);
        expect(['title', 'file,line,title', 'file,line,col,title']).toContain(properties.join(','));
      }
      for (const line of lines) expect(line).not.toMatch(/##[a-z]*\[/i);
    }),
  );
});

test('the runner shows a name as it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('%', ':', ',', '%3A', '=', 'a', '::'), maxLength: 9 }),
      (key) => {
        const address = `aws_s3_bucket.b["${key}"]`;
        const log = renderGithub(reportOf({ changeSets: [setOf({ changes: [changeOf({ address })] })] }));
        const [, title = ''] = /^::\w+ title=(CP001 [^:]*)::/m.exec(log) ?? [];
        const undone = title
          .replaceAll('%2C', ',')
          .replaceAll('%3A', ':')
          .replaceAll('%0D', '\r')
          .replaceAll('%0A', '\n');
        expect(undone.replaceAll('%25', '%')).toBe(`CP001 critical: ${address}`);
      },
    ),
  );
});

test('what the code is told of stands at its line', () => {
  const construct = { path: 'Prod/Data', source: '/app/lib/a,b:c.ts:12:5' };
  const log = renderGithub(reportOf({ changeSets: [setOf({ changes: [changeOf({ construct })] })] }));
  expect(log).toContain('file=/app/lib/a%2Cb%3Ac.ts,line=12,col=5,title=CP001');
});

test('the whole text report follows', () => {
  const report = EXAMPLES['blocked-incident'] ?? reportOf({});
  expect(renderGithub(report).endsWith(renderText(report, { width: 120, color: false }))).toBe(true);
});

test('an advisory run has no errors', () => {
  const log = renderGithub({ ...(EXAMPLES['blocked-incident'] ?? reportOf({})), advisory: true });
  expect(log).not.toContain('::error');
  expect(log.split('\n')[0]).toContain('NOT STOPPED');
});

test('the exact text of a hidden value never appears', () => {
  fc.assert(
    fc.property(anyReport(plainText, fc.constant('"HUNTER2"')), (report) => {
      expect(renderGithub(report)).not.toContain('HUNTER2');
    }),
    { numRuns: 20 },
  );
});
