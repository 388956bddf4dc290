import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderText } from '../../src/reporters/text.ts';
import { anyReport, hostileText, plainText } from './report-arbitraries.ts';
import { EXAMPLES } from './report-examples.ts';
import { changeOf, countsOf, DESTROYED, reportOf, setOf } from './report-parts.ts';

const plain = { width: 80, color: false };
const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

describe.each(Object.entries(EXAMPLES))('%s', (name, report) => {
  test.each([80, 160])('reads well at %i columns', async (width) => {
    const text = renderText(report, { width, color: false });
    await expect(text).toMatchFileSnapshot(`goldens/${name}.${width}.txt`);
  });

  test('colour adds nothing but colour', () => {
    const text = renderText(report, { width: 80, color: true });
    expect(text).toContain('\u001b[');
    expect(text.replace(SGR, '')).toBe(renderText(report, plain));
  });
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: the codes are what is looked for
const SGR = /\u001b\[\d+m/g;
const UNSEEN = /(?![ \n])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

test('nothing that a terminal or a build log would act on leaves the renderer', () => {
  fc.assert(
    fc.property(
      anyReport(hostileText),
      fc.integer({ min: 1, max: 200 }),
      fc.boolean(),
      (report, width, color) => {
        const text = renderText(report, { width, color }).replace(SGR, '');
        expect(text).not.toMatch(UNSEEN);
        expect(text).not.toMatch(/^\s*::/m);
        expect(text).not.toMatch(/##[a-z]*\[/i);
      },
    ),
  );
});

test('the exact text of a hidden value never appears', () => {
  fc.assert(
    fc.property(anyReport(plainText, fc.constant('"HUNTER2"')), (report) => {
      expect(renderText(report, plain)).not.toContain('HUNTER2');
    }),
    { numRuns: 50 },
  );
});

test('no line is longer than the width where the words allow it', () => {
  const addresses = plainText.map((text) => text.slice(0, 9).trim());
  fc.assert(
    fc.property(
      anyReport(fc.oneof(addresses, addresses)),
      fc.integer({ min: 100, max: 160 }),
      (report, width) => {
        const lines = renderText(report, { width, color: false }).split('\n');
        expect(lines.filter((line) => line.length > width)).toEqual([]);
      },
    ),
    { numRuns: 50 },
  );
});

describe('the first line', () => {
  test.each([
    ['allowed', 1],
    ['allowed', 64],
    ['sign-off-required', 1],
    ['blocked', 1],
  ] as const)('of %s with exit code %i is that it cannot judge', (decision, exitCode) => {
    expect(firstLine(renderText(reportOf({ decision, exitCode }), plain))).toMatch(/^CANNOT JUDGE/);
  });

  test.each(['allowed', 'sign-off-required', 'blocked'] as const)(
    'of %s with an error is that too',
    (decision) => {
      const errors = [{ code: 'internal', message: 'x', mend: null, source: null }] as const;
      const exitCode = { allowed: 0, 'sign-off-required': 3, blocked: 2 }[decision] as 0 | 2 | 3;
      expect(firstLine(renderText(reportOf({ decision, exitCode, errors }), plain))).toMatch(/^CANNOT JUDGE/);
    },
  );

  test.each([2, 3] as const)('never says allowed when the exit code is %i', (exitCode) => {
    expect(firstLine(renderText(reportOf({ decision: 'allowed', exitCode }), plain))).toMatch(/^BLOCKED/);
  });

  test.each([
    ['one for sure', [changeOf({})], '1 production resource would be destroyed'],
    ['one perhaps', [changeOf({ certainty: 'possible' })], '1 production resource may be destroyed'],
    [
      'one forgotten and one disarmed',
      [changeOf({ effect: 'forget', fate: 'orphaned' }), changeOf({ effect: 'update', fate: 'kept' })],
      '1 production resource would be let go of, 1 changed dangerously',
    ],
    [
      'a replacement that keeps the old one',
      [changeOf({ fate: 'orphaned' })],
      '1 production resource would be let go of',
    ],
    ['something not known', [changeOf({ effect: 'unknown' })], 'would be changed in an unknown way'],
  ])('counts what is at stake: %s', (_, changes, says) => {
    const changeSets = [setOf({ changes, counts: countsOf({ none: 1 }) })];
    const report = reportOf({ decision: 'sign-off-required', exitCode: 3, changeSets });
    expect(firstLine(renderText(report, { width: 200, color: false }))).toContain(says);
  });
});

test.each([
  ['the whole', { findings: [DESTROYED] }],
  [
    'an action',
    {
      invocations: [
        {
          address: 'a',
          type: 't',
          trigger: 'x',
          deferred: false,
          findings: [DESTROYED],
          needsSignOff: false,
        },
      ],
    },
  ],
  ['a change', { changes: [changeOf({ effect: 'update', needsSignOff: false })] }],
])('an allowed report with a finding about %s asks to look first', (_, parts) => {
  expect(renderText(reportOf({ changeSets: [setOf(parts)] }), plain)).toMatch(/^ALLOWED, but look first: \S/);
});

test('of many reasons the worst are shown', () => {
  const node = { seen: null, required: null, because: [] };
  const mild = Array.from(
    { length: 20 },
    (_, index) => ({ ...node, is: 'allowed', says: `fine ${index}` }) as const,
  );
  const reasons = [...mild, { ...node, is: 'blocked', says: 'the one that matters' }] as const;
  expect(renderText(reportOf({ decision: 'blocked', exitCode: 2, reasons }), plain)).toContain(
    'blocked: the one',
  );
});

test('of many changes the first are shown in full, the next in a line, the rest counted', () => {
  const changes = Array.from({ length: 300 }, (_, index) =>
    changeOf({ address: `aws_db_instance.r[${index}]` }),
  );
  const text = renderText(
    reportOf({ changeSets: [setOf({ changes, counts: countsOf({ replace: 300 }) })] }),
    plain,
  );
  expect(text.match(/^ +\d+\. aws_db_instance/gm)).toHaveLength(40);
  expect(text.match(/^ +- aws_db_instance/gm)).toHaveLength(200);
  expect(text).toContain('60 more');
  expect(text).toContain('--format json');
});

test.each([
  ['plan.json', 'check-plan sign plan.json'],
  ['my plan.json', "check-plan sign 'my plan.json'"],
  ["a'; reboot", "check-plan sign 'a'\\''; reboot'"],
  ['-rf', 'check-plan sign ./-rf'],
  ['standard input', 'check-plan sign plan.json'],
])('the command for %s is safe to copy', (source, command) => {
  const changeSets = [setOf({ source, changes: [changeOf({})], signOffDigest: `sha256:${'0'.repeat(64)}` })];
  const report = reportOf({ decision: 'sign-off-required', exitCode: 3, changeSets });
  expect(renderText(report, plain)).toContain(`    ${command} --key `);
});
