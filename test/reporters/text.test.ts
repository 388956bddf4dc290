import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderText } from '../../src/reporters/text.ts';
import { anyReport, hostileText, plainText } from './report-arbitraries.ts';
import { EXAMPLES } from './report-examples.ts';
import {
  changeOf,
  countsOf,
  DESTROYED,
  DEVELOPMENT,
  DISARMED,
  PRODUCTION,
  reportOf,
  setOf,
} from './report-parts.ts';

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

test('of a change set it speaks as of one, also where it came through a pipe', () => {
  const set = setOf({
    kind: 'cloudformation',
    source: 'standard input',
    signOffDigest: `sha256:${'c4'.repeat(32)}`,
    needsSignOff: true,
    changes: [changeOf({})],
    findings: [
      {
        rule: 'CP015',
        severity: 'critical',
        title: 'Mass',
        message: 'all',
        instead: ['stop'],
        override: null,
      },
    ],
  });
  const text = renderText(reportOf({ decision: 'sign-off-required', exitCode: 3, changeSets: [set] }), plain);
  expect(text).toContain('The change set as a whole');
  expect(text).toContain('check-plan sign change-set.json --key');
  expect(text.replaceAll(/check-plan|planned/g, '')).not.toMatch(/\bplan\b/);
  const both = renderText(
    reportOf({ decision: 'sign-off-required', exitCode: 3, changeSets: [set, setOf({})] }),
    plain,
  );
  expect(both).toMatch(/run\s+check-plan\s+on\s+the\s+new\s+plan/);
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
    ['one for sure', [changeOf({})], '1 production data store would be destroyed'],
    ['one perhaps', [changeOf({ certainty: 'possible' })], '1 production data store may be destroyed'],
    [
      'data and others, one saved, one disarmed',
      [
        changeOf({ fate: 'snapshotted' }),
        changeOf({}),
        changeOf({ holds: 'compute' }),
        changeOf({ effect: 'update', fate: 'kept', disarmed: [DISARMED] }),
      ],
      '2 data stores and 1 other production resource would be destroyed (1 after a last snapshot), 1 loses protection',
    ],
    [
      'nothing but a protection',
      [changeOf({ effect: 'update', fate: 'kept', disarmed: [DISARMED] })],
      '1 production resource would lose protection',
    ],
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
  expect(text.match(/^ +- aws_db_instance/gm)).toHaveLength(100);
  expect(text).toContain('160 more');
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

test('the command to sign carries what the caller gave, so that the signer gets the same digest', () => {
  const changeSets = [setOf({ changes: [changeOf({})], signOffDigest: `sha256:${'0'.repeat(64)}` })];
  const signWith = ['--workspace', "my 'prod'", '--environment=-x', '--commits', 'a..b'];
  const report = reportOf({ decision: 'sign-off-required', exitCode: 3, changeSets, signWith });
  expect(renderText(report, plain)).toContain(
    "check-plan sign plan.json --key ~/.ssh/id_ed25519 --workspace 'my '\\''prod'\\''' --environment=-x --commits a..b\n",
  );
});

test('each step is said once, for the changes that it is for, and code is never broken', () => {
  const block = 'moved {\n  from = aws_db_instance.a\n  to   = aws_db_instance.b\n}';
  const advising = (address: string, ...instead: string[]) =>
    changeOf({ address, findings: [{ ...DESTROYED, instead }] });
  const text = renderText(
    reportOf({
      changeSets: [
        setOf({
          findings: [{ ...DESTROYED, instead: ['look twice', block] }],
          changes: [
            advising('a.one', 'copy it', 'wait'),
            advising('a.two', 'copy it'),
            advising('a.three', 'wait'),
          ],
          counts: countsOf({ replace: 3 }),
        }),
      ],
    }),
    { width: 40, color: false },
  );
  expect(text.slice(text.indexOf('What to do instead'))).toContain(
    [
      '  plan  look twice',
      '        moved {',
      '          from = aws_db_instance.a',
      '          to   = aws_db_instance.b',
      '        }',
      '  1, 2  copy it',
      '  1, 3  wait',
      '',
    ].join('\n'),
  );
});

test('a destruction that is allowed because it is not production says what makes it so', () => {
  const change = changeOf({
    effect: 'delete',
    order: null,
    environment: DEVELOPMENT,
    findings: [],
    needsSignOff: false,
  });
  const text = renderText(
    reportOf({ changeSets: [setOf({ changes: [change], counts: countsOf({ delete: 1 }) })] }),
    plain,
  );
  expect(text).toContain('- aws_db_instance.main: deleted, workspace = "dev"\n');
});

test('many changes are counted by type and module before they are listed', () => {
  const changes = Array.from({ length: 30 }, (_, index) =>
    changeOf({
      address: `module.${index % 3 === 0 ? 'a' : 'b'}.x.y[${index}]`,
      module: `module.${index % 3 === 0 ? 'a' : 'b'}`,
      type: index === 0 ? 'aws_sqs_queue' : 'aws_db_instance',
      effect: index === 0 ? 'delete' : 'replace',
    }),
  );
  const text = renderText(
    reportOf({ changeSets: [setOf({ changes, counts: countsOf({ replace: 29, delete: 1 }) })] }),
    plain,
  );
  expect(text).toContain('By type\n  29  aws_db_instance: 29 replaced\n   1  aws_sqs_queue: 1 deleted\n');
  expect(text).toContain('By module\n  20  module.b: 20 replaced\n  10  module.a: 1 deleted, 9 replaced\n');
  expect(text.indexOf('By type')).toBeLessThan(text.indexOf('  1. '));
});

test.each([
  ['said by the heading', { accounts: [], regions: ['eu-west-1'] }, 'arn:aws:s3:::b\n'],
  ['not said', { accounts: [], regions: [] }, 'arn:aws:s3:::b (eu-west-1)\n'],
  ['one of several', { accounts: [], regions: ['eu-west-1', 'eu-west-2'] }, 'arn:aws:s3:::b (eu-west-1)\n'],
])('the region of an object is told where it is news: %s', (_, target, says) => {
  const change = changeOf({
    physicalId: 'arn:aws:s3:::b',
    location: { account: null, region: 'eu-west-1' },
    environment: PRODUCTION,
  });
  const set = setOf({ changes: [change], target: { ...setOf({}).target, ...target, workspace: null } });
  expect(renderText(reportOf({ changeSets: [set] }), plain)).toContain(says);
});
