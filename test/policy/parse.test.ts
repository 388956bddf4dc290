import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CheckError } from '../../src/model/error.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { publicKeySample } from './public-key-samples.ts';

const KEY = publicKeySample(1);
const OTHER = publicKeySample(2);

const errorOf = (yaml: string): CheckError => {
  try {
    parsePolicy(yaml, 'check-plan.yaml');
  } catch (thrown) {
    if (thrown instanceof CheckError) return thrown;
    throw thrown;
  }
  throw new Error('the policy was accepted');
};

const FULL = `version: 1
production:
  accounts: ["012345678901", acme-prod]
  workspaces: [prod-*]
  addresses: ["module.shop.*"]
  tags: { Environment: [prod, "live*"] }
nonProduction:
  accounts: ["222222222222"]
roster:
  levels: [engineer, lead]
  persons:
    - id: alice
      level: lead
      keys:
        - ${KEY} alice@laptop
        - { key: ${OTHER}, validAfter: 2026-01-01, validBefore: "2027-01-01T12:00:00+02:00", revoked: true }
      emails: [Alice@Example.dev]
      accounts: [github:Alice, github-id:1234, gitlab:alice]
    - { id: bob, level: engineer }
signOff:
  maxHours: 8
  presence: touch
  binding: plan-file
  required:
    critical: &two
      ai: { persons: 2, level: lead }
      unknown: { persons: 2, level: lead }
      declaredHuman: { persons: 1, level: engineer }
    high: *two
    low: { ai: blocked }
rules:
  CP011: { severity: low, reason: accepted until the move, expires: 2026-12-31 }
  CP012: { severity: off, reason: not used in this team, expires: "2026-12-31T23:59:59Z" }
`;

test('a full policy is read as it is written', () => {
  const two = { kind: 'sign-off', persons: 2, level: 'lead', teams: 0, presence: 'none' };
  const signed = {
    ai: two,
    unknown: two,
    'declared-human': { kind: 'sign-off', persons: 1, level: 'engineer', teams: 0, presence: 'none' },
  };
  const none = { kind: 'none' };
  expect(parsePolicy(FULL, 'git:origin/main:check-plan.yaml')).toEqual({
    source: 'git:origin/main:check-plan.yaml',
    digest: createHash('sha256').update(FULL).digest('hex'),
    production: {
      accounts: ['012345678901', 'acme-prod'],
      workspaces: ['prod-*'],
      addresses: ['module.shop.*'],
      tags: new Map([['Environment', ['prod', 'live*']]]),
    },
    nonProduction: { accounts: ['222222222222'], workspaces: [], addresses: [], tags: new Map() },
    roster: {
      levels: ['engineer', 'lead'],
      persons: [
        {
          id: 'alice',
          level: 'lead',
          keys: [
            { publicKey: KEY, validAfter: null, validBefore: null, revoked: false, hardware: null },
            {
              publicKey: OTHER,
              validAfter: Date.UTC(2026, 0, 1),
              validBefore: Date.UTC(2027, 0, 1, 10),
              revoked: true,
              hardware: null,
            },
          ],
          identities: ['mail:alice@example.dev', 'github:alice', 'github-id:1234', 'gitlab:alice'],
          teams: [],
        },
        { id: 'bob', level: 'engineer', keys: [], identities: [], teams: [] },
      ],
    },
    signOff: {
      maxHours: 8,
      presence: 'touch',
      hardware: 'preferred',
      selfSignOffHours: null,
      store: null,
      singleUse: false,
      breakGlass: null,
      environments: [],
      binding: 'plan-file',
      required: {
        critical: signed,
        high: signed,
        medium: { ai: none, unknown: none, 'declared-human': none },
        low: { ai: { kind: 'blocked' }, unknown: none, 'declared-human': none },
      },
    },
    rules: new Map([
      ['CP011', { severity: 'low', reason: 'accepted until the move', expires: Date.UTC(2026, 11, 31) }],
      [
        'CP012',
        { severity: 'off', reason: 'not used in this team', expires: Date.UTC(2026, 11, 31, 23, 59, 59) },
      ],
    ]),
  });
});

const person = (lines: string): string => `version: 1\nroster:\n  persons:\n${lines}`;
const alice = (rest: string): string => person(`    - id: alice\n      level: senior\n      ${rest}\n`);

describe('a policy that is wrong is refused, with its place and the wrong value', () => {
  test.each([
    ['nothing at all', '', ':1:1:', 'the policy'],
    ['no version', 'rules: {}\n', ':1:1:', 'version'],
    ['another version', 'version: 2\n', ':1:10:', '2'],
    ['a list instead of a mapping', '- version: 1\n', ':1:1:', 'a list'],
    ['an empty list instead of a section', 'version: 1\nproduction: []\n', ':2:13:', 'a list'],
    ['an empty list instead of tags', 'version: 1\nproduction:\n  tags: []\n', ':3:9:', 'a list'],
    ['an empty list instead of rules', 'version: 1\nrules: []\n', ':2:8:', 'a list'],
    ['a section without a value', 'version: 1\nroster:\n', ':2:', 'no value'],
    ['broken YAML', 'version: 1\nrules: {\n', ':3:1:', ''],
    ['the same key twice', 'version: 1\nroster: {}\nroster: {}\n', ':3:1:', 'unique'],
    ['two documents', 'version: 1\n---\nversion: 1\n', ':2:', ''],
    ['a tag', 'version: 1\nproduction: !!set { accounts }\n', ':2:13:', 'set'],
    ['an alias of nothing', 'version: 1\nroster: *gone\n', ':2:9:', 'gone'],
    ['an older YAML', '%YAML 1.1\n---\nversion: 1\n', ':1:1:', 'YAML'],
    ['a merge', 'version: 1\nroster: { <<: { levels: [a] } }\n', ':2:11:', '<<'],
    ['a key that is a number', 'version: 1\nproduction:\n  tags: { 1: [a] }\n', ':3:11:', 'key'],
    ['a key of every object', 'version: 1\nconstructor: {}\n', ':2:1:', 'constructor'],
    ['__proto__', 'version: 1\n__proto__: { rules: {} }\n', ':2:1:', '__proto__'],
    [
      'an account read as a number',
      'version: 1\nproduction:\n  accounts: [012345678901]\n',
      ':3:14:',
      '012345678901',
    ],
    ['an empty account', 'version: 1\nproduction:\n  accounts: [""]\n', ':3:14:', 'empty'],
    ['a tag value that is no text', 'version: 1\nproduction:\n  tags: { prod: [true] }\n', ':3:18:', 'true'],
    [
      'a tag with one value, not a list',
      'version: 1\nproduction:\n  tags: { env: prod }\n',
      ':3:16:',
      '"prod"',
    ],
    ['an unknown level', person('    - { id: alice, level: boss }\n'), ':4:27:', '"boss"'],
    ['an id with odd letters', person('    - { id: Alice, level: senior }\n'), ':4:13:', '"Alice"'],
    ['an account without its place', alice('accounts: [alice]'), ':6:18:', '"alice"'],
    ['a mail address that is none', alice('emails: [alice]'), ':6:16:', '"alice"'],
    ['a key that is none', alice('keys: [id_ed25519.pub]'), ':6:14:', 'public key'],
    [
      'a key that is another',
      alice(`keys: [${publicKeySample(1, 'ssh-rsa', 'ssh-ed25519')}]`),
      ':6:14:',
      'ssh-rsa',
    ],
    ['a key cut short', alice('keys: [ssh-ed25519 AAAA]'), ':6:14:', 'ssh-ed25519'],
    ['a key of an old kind', alice(`keys: [${publicKeySample(1, 'ssh-dss')}]`), ':6:14:', 'known kind'],
    ['a key twice', alice(`keys: [${KEY}, ${KEY} again]`), ':6:', 'already'],
    [
      'a key that ends before it begins',
      alice(`keys: [{ key: ${KEY}, validAfter: 2026-02-01, validBefore: 2026-01-01 }]`),
      ':6:',
      '2026-01-01',
    ],
    [
      'a day that does not exist',
      alice(`keys: [{ key: ${KEY}, validAfter: 2026-02-30 }]`),
      ':6:',
      '2026-02-30',
    ],
    ['a level that stands twice', 'version: 1\nroster: { levels: [a, a] }\n', ':2:23:', '"a"'],
    ['no levels', 'version: 1\nroster: { levels: [] }\n', ':2:19:', 'no level'],
    ['levels without the one of the defaults', 'version: 1\nroster: { levels: [a, b] }\n', ':', 'senior'],
    ['a validity of a year', 'version: 1\nsignOff: { maxHours: 8760 }\n', ':2:22:', '8760'],
    ['no hours', 'version: 1\nsignOff: { maxHours: 0 }\n', ':2:22:', '0'],
    ['hours in words', 'version: 1\nsignOff: { maxHours: day }\n', ':2:22:', '"day"'],
    ['an unknown presence', 'version: 1\nsignOff: { presence: maybe }\n', ':2:22:', '"maybe"'],
    [
      'an unknown requirement',
      'version: 1\nsignOff: { required: { high: { ai: maybe } } }\n',
      ':2:36:',
      '"maybe"',
    ],
    [
      'a requirement of nobody',
      'version: 1\nsignOff: { required: { high: { ai: { persons: 0, level: senior } } } }\n',
      ':2:47:',
      '0',
    ],
    [
      'a requirement without a level',
      'version: 1\nsignOff: { required: { high: { ai: { persons: 1 } } } }\n',
      ':2:36:',
      'level',
    ],
    [
      'a requirement of an unknown level',
      'version: 1\nsignOff: { required: { high: { ai: { persons: 1, level: boss } } } }\n',
      ':2:57:',
      '"boss"',
    ],
    [
      'an override without a reason',
      'version: 1\nrules: { CP001: { severity: off, expires: 2026-01-01 } }\n',
      ':2:17:',
      'reason',
    ],
    [
      'an override without an end',
      'version: 1\nrules: { CP001: { severity: off, reason: because we can } }\n',
      ':2:17:',
      'expires',
    ],
    [
      'an override with a short reason',
      'version: 1\nrules: { CP001: { severity: off, reason: because, expires: 2026-01-01 } }\n',
      ':2:42:',
      '"because"',
    ],
    [
      'an override until a time without a zone',
      'version: 1\nrules: { CP001: { severity: off, reason: because we can, expires: 2026-01-01T00:00:00 } }\n',
      ':2:67:',
      '2026-01-01T00:00:00',
    ],
    [
      'an override of no rule',
      'version: 1\nrules: { first: { severity: off, reason: because we can, expires: 2026-01-01 } }\n',
      ':2:10:',
      'first',
    ],
  ])('%s', (_, yaml, place, value) => {
    const error = errorOf(yaml);
    expect(error.code).toBe('policy-invalid');
    expect(error.message).toContain(`check-plan.yaml${place}`);
    expect(error.message).toContain(value);
    expect(error.message).not.toMatch(/\n|\.$|undefined|\[object/);
  });
});

describe('two persons do not share', () => {
  test.each([
    ['a key', `keys: [${KEY}]`, `keys: [{ key: ${KEY} other comment }]`],
    ['a mail address', 'emails: [a@example.dev]', 'emails: [A@Example.dev]'],
    ['an account', 'accounts: [github:a]', 'accounts: [github:A]'],
  ])('%s', (what, first, second) => {
    const error = errorOf(
      person(`    - { id: alice, level: senior, ${first} }\n    - { id: bob, level: senior, ${second} }\n`),
    );
    expect(error.message).toContain('check-plan.yaml:5:');
    expect(error.message).toContain('roster.persons[1]');
    expect(error.mend).toContain(what.split(' ').slice(1).join(' '));
  });

  test('an id', () => {
    const twice = '    - { id: alice, level: senior }\n';
    expect(errorOf(person(twice + twice)).message).toContain('check-plan.yaml:5:13: roster.persons[1].id');
  });
});

test('a number where text must stand is told as it is written, and to be put in quotes', () => {
  const error = errorOf('version: 1\nnonProduction: { accounts: ["1", 0123, 2] }\n');
  expect(error.message).toContain('nonProduction.accounts[1] is 0123, not text');
  expect(error.mend).toContain('quotes');
});

test.each([
  ['version: 1\nproductoin: {}\n', 'production'],
  ['version: 1\nnon-production: {}\n', 'nonProduction'],
  ['versoin: 1\n', 'version'],
  ['version: 1\nsignOff: { maxhours: 3 }\n', 'maxHours'],
  ['version: 1\nsignOff: { required: { high: { ai: { person: 1, level: senior } } } }\n', 'persons'],
])('a misspelt key is told with the one that was meant: %j', (yaml, meant) => {
  const { mend } = errorOf(yaml);
  expect(mend).toContain(`did you mean ${meant}?`);
});

test('a key that is like none is told with those that there are', () => {
  expect(errorOf('version: 1\nxyzzy: {}\n').mend).toContain(
    'version, production, nonProduction, roster, signOff, rules',
  );
});

test.each([
  '-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXktdjEAAAAA',
  'ssh-ed25519 b3BlbnNzaC1rZXktdjEAAAAA',
])('a private key is told to be one, and not repeated: %s', (key) => {
  const error = errorOf(alice(`keys: ["${key}"]`));
  expect(error.message).toContain('private key');
  expect(`${error.message} ${error.mend}`).not.toContain('b3Blb');
});

test('a private key in the wrong place is not repeated either', () => {
  const key = '-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXktdjEAAAAA';
  expect(errorOf(`version: 1\nsignOff: { presence: "${key}" }\n`).message).not.toContain('b3Blb');
});

test('nothing but CheckError leaves, whatever the text is', () => {
  const piece = fc.constantFrom(
    ...[
      'version: 1',
      '\n',
      '  ',
      '- ',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '!!set ',
      '? ',
      '"',
      "'",
      '|',
      '#',
      '%YAML 1.1',
    ],
    ...[
      'production',
      'accounts',
      'tags',
      'roster',
      'persons',
      'rules',
      'CP001',
      'signOff',
      '012',
      '__proto__',
      '<<',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 30 }).map((pieces) => `version: 1\n${pieces.join('')}`),
  );
  fc.assert(
    fc.property(text, (yaml) => {
      try {
        parsePolicy(yaml, 'p.yaml');
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(CheckError);
        expect(thrown).toMatchObject({ code: 'policy-invalid' });
      }
    }),
    { numRuns: 150 },
  );
});

test.each([
  ['brackets without end', '['.repeat(20_000)],
  ['a deep list', `version: 1\nroster: ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['a list that holds itself', 'version: 1\nproduction: { accounts: &a [*a] }\n'],
  [
    'aliases that multiply',
    `version: 1\na0: &a0 [x]\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join('\n')}\n`,
  ],
  ['a very large file', `version: 1\n#${' '.repeat(2_000_000)}`],
])('%s is refused', (_, yaml) => {
  expect(errorOf(yaml).code).toBe('policy-invalid');
});
