import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openCatalogue } from '../../src/adapters/catalogue.ts';
import { loadCel } from '../../src/catalogue/cel.ts';
import { findingsOfChange } from '../../src/catalogue/evaluate.ts';
import { tryExamples } from '../../src/catalogue/example.ts';
import { CheckError } from '../../src/model/error.ts';
import type { OwnPolicy } from '../../src/model/policy.ts';
import { DEFAULT_POLICY } from '../../src/policy/defaults.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { changeOf, deletionOf, type json, subjectOf } from './sample.ts';

const NOW = Date.parse('2026-11-22');
type Plain = Parameters<typeof json>[0];

const open = (own: Partial<OwnPolicy>, now = NOW) =>
  openCatalogue({ ...DEFAULT_POLICY, own: { rules: [], types: [], protections: [], ...own } }, now);

const rule = (part: object = {}) => ({
  id: 'ACME001',
  name: 'payments',
  title: 'Payments',
  severity: 'high',
  when: [{ cel: 'before.team == "payments"' }],
  message: '{address} would be {done}',
  means: 'x',
  matters: 'y',
  instead: ['z'],
  ...part,
});

async function found(part: object, before: Plain, type = 'aws_instance', now = NOW) {
  const { catalogue } = await open({ rules: [rule(part)] }, now);
  const change = deletionOf(type, before);
  const subject = { ...subjectOf(change), assessment: catalogue.assess(change) };
  return findingsOfChange(catalogue.rules, subject, new Map(), now).map((one) => [one.rule, one.severity]);
}

async function faultOf(own: Partial<OwnPolicy>): Promise<string> {
  const thrown = await open(own).catch((error: unknown) => error);
  if (!(thrown instanceof CheckError)) return 'nothing is wrong';
  expect(thrown.code).toBe('policy-invalid');
  return thrown.message;
}

describe('a rule of a policy', () => {
  test('finds what its expression says, beside the shipped rules', async () => {
    expect(await found({}, { team: 'payments' })).toEqual([
      ['CP005', 'high'],
      ['ACME001', 'high'],
    ]);
    expect(await found({}, { team: 'search' })).toEqual([['CP005', 'high']]);
  });

  test.each<[string, string, boolean]>([
    ['a word of the change', 'change.type == "aws_instance" && change.effect == "delete"', true],
    ['a number', 'before.size > 3', true],
    ['a fraction', 'before.load < 0.75', true],
    ['a list', '"10.0.0.0/8" in before.cidrs', true],
    ['every element', 'before.cidrs.all(c, c.endsWith("/8"))', true],
    ['what may be missing', 'has(before.nothing) && before.nothing == 1', false],
    ['what may be missing, with a default', 'before.?tags.?team.orValue("none") == "none"', true],
    ['what is not there after a deletion', 'has(after.size)', false],
    ['what the catalogue says', 'change.holds == "compute" && change.production', true],
  ])('can ask for %s', async (_, cel, fires) => {
    const before = { size: 4, load: 0.5, cidrs: ['10.0.0.0/8'] };
    expect((await found({ when: [{ cel }] }, before)).some(([id]) => id === 'ACME001')).toBe(fires);
  });

  test('needs its other conditions too', async () => {
    expect(await found({ when: [{ effect: ['update'], cel: 'true' }] }, {})).toEqual([['CP005', 'high']]);
  });

  test('that fails is a failure to judge, not a pass', async () => {
    await expect(found({ when: [{ cel: 'before.nothing == 1' }] }, {})).rejects.toMatchObject({
      code: 'rule-failed',
      message: expect.stringContaining('ACME001'),
      mend: expect.stringContaining('has('),
    });
  });

  test.each(['before.__proto__ == 1', 'before.constructor == 1', 'change.constructor == 1'])(
    'sees nothing of JavaScript: %s',
    async (cel) => {
      await expect(found({ when: [{ cel }] }, {})).rejects.toMatchObject({ code: 'rule-failed' });
    },
  );
});

describe('a policy is refused for', () => {
  test.each<[string, object, string]>([
    ['an expression that is none', { when: [{ cel: 'before.(' }] }, 'before.('],
    ['a name that nobody knows', { when: [{ cel: 'chnage.type == "x"' }] }, 'chnage'],
    ['an expression that is no condition', { when: [{ cel: '1 + 1' }] }, 'not true or false'],
    ['a pattern', { when: [{ cel: 'change.type.matches("(a+)+$")' }] }, 'matches is not there'],
    ['a very long expression', { when: [{ cel: `true || ${'true || '.repeat(400)}true` }] }, 'characters'],
    [
      'a very deep expression',
      { when: [{ cel: `${'!('.repeat(300)}true${')'.repeat(300)}` }] },
      'expression',
    ],
    ['an unknown condition', { when: [{ fullMoon: true }] }, 'fullMoon'],
    ['the id of a shipped rule', { id: 'CP001' }, 'CP001'],
    ['an id that is none', { id: 'acme' }, 'acme'],
    ['an unknown key', { wehn: [] }, 'wehn'],
    ['a rule about the whole', { scope: 'set' }, 'scope'],
    ['no advice', { instead: [] }, 'instead'],
    [
      'a lowering without a reason',
      { lowers: { rule: 'CP001', to: 'low', expires: '2027-01-01' } },
      'reason',
    ],
    ['a lowering without an end', { lowers: { rule: 'CP001', to: 'low', reason: 'x' } }, 'expires'],
    [
      'a lowering of no rule',
      { lowers: { rule: 'CP999', to: 'low', reason: 'x', expires: '2027-01-01' } },
      'CP999',
    ],
  ])('%s', async (_, part, says) => {
    expect(await faultOf({ rules: [rule(part)] })).toContain(says);
  });

  test('a rule that is there twice, a row with a wrong word', async () => {
    expect(await faultOf({ rules: [rule(), rule()] })).toContain('twice');
    expect(
      await faultOf({ types: [{ type: 'x_y', holds: 'riches', severity: 'high', why: 'x' }] }),
    ).toContain('riches');
    expect(await faultOf({ types: [{ type: 'x_y', holds: 'data', severity: 'high' }] })).toContain('no text');
    expect(
      await faultOf({ protections: [{ type: 'x_y', path: 'a', kind: 'hope', safe: true, unsafe: false }] }),
    ).toContain('hope');
    expect(
      await faultOf({
        protections: [{ type: 'x_y', path: 'a', kind: 'backup', safe: true, unsafe: false, when: 1 }],
      }),
    ).toContain('when');
  });
});

describe('a row of a policy', () => {
  const queue = { type: 'aws_sqs_queue', holds: 'control', severity: 'low', why: 'a buffer' };
  const factsOf = async (types: object[], type: string, now = NOW) => {
    const { catalogue, notes } = await open({ types: types as OwnPolicy['types'] }, now);
    const { holds, severity } = catalogue.assess(deletionOf(type, {}));
    return { holds, severity, notes: notes.length };
  };

  test('says what a type holds that no table has, also by a pattern', async () => {
    const row = { type: 'acme_gadget_*', holds: 'data', severity: 'critical', why: 'x' };
    expect(await factsOf([row], 'acme_gadget_x')).toEqual({ holds: 'data', severity: 'critical', notes: 0 });
  });

  test('does not make a type milder by itself, nor after its end', async () => {
    expect(await factsOf([queue], 'aws_sqs_queue')).toMatchObject({ holds: 'data' });
    const ended = { ...queue, reason: 'x', expires: '2026-11-22' };
    expect(await factsOf([ended], 'aws_sqs_queue')).toMatchObject({ holds: 'data', notes: 1 });
  });

  test('does so with a reason, until it ends, and the report says it', async () => {
    const row = { ...queue, reason: 'filled again from the log', expires: '2027-01-01' };
    expect(await factsOf([row], 'aws_sqs_queue')).toEqual({ holds: 'control', severity: 'low', notes: 1 });
  });

  test('says what protects', async () => {
    const row = {
      type: 'acme_gadget',
      path: 'guard.on',
      kind: 'deletion_protection',
      safe: true,
      unsafe: false,
    };
    const { catalogue } = await open({ protections: [row] });
    const change = changeOf('acme_gadget', {
      before: { guard: [{ on: true }] },
      after: { guard: [{ on: false }] },
    });
    expect(catalogue.assess(change).disarmed.map(({ kind }) => kind)).toContain('deletion_protection');
  });
});

describe('a rule that lowers another', () => {
  const lowers = { rule: 'CP005', to: 'low', reason: 'previews are made to go', expires: '2027-01-01' };

  test('does so where it matches, and is told', async () => {
    expect(await found({ lowers, severity: 'low' }, { team: 'payments' })).toEqual([
      ['CP005', 'low'],
      ['ACME001', 'low'],
    ]);
    expect(await found({ lowers }, { team: 'search' })).toEqual([['CP005', 'high']]);
    expect((await open({ rules: [rule({ lowers })] })).notes).toEqual([
      expect.stringContaining('lowers CP005 to low'),
    ]);
  });

  test('is over from the day on which it ends', async () => {
    const late = Date.parse('2027-01-01');
    expect(await found({ lowers }, { team: 'payments' }, 'aws_instance', late)).toContainEqual([
      'CP005',
      'high',
    ]);
  });

  test('never raises', async () => {
    expect(await found({ lowers: { ...lowers, to: 'critical' } }, { team: 'payments' })).toContainEqual([
      'CP005',
      'high',
    ]);
  });
});

test('the examples of the page are a policy, and right', async () => {
  const page = readFileSync(new URL('../../docs/own-rules.md', import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/```yaml policy\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
  expect(blocks).toHaveLength(2);
  const tried = await Promise.all(
    blocks.map(async (yaml) => {
      const { catalogue } = await openCatalogue(parsePolicy(yaml, 'own-rules.md'), NOW);
      return catalogue.rules.flatMap((one) => tryExamples(one, catalogue));
    }),
  );
  expect(tried.flat().map(({ expected, fired }) => [expected, fired])).toEqual([
    [true, true],
    [false, false],
  ]);
});

test('an expression over a big object ends soon', async () => {
  const compile = await loadCel();
  const test = compile('before.list.exists(x, before.list.exists(y, x + y == -1))');
  const list = Array.from({ length: 300 }, (_, index) => index);
  const subject = subjectOf(deletionOf('aws_instance', { list }));
  const start = performance.now();
  expect(test(subject)).toBe(false);
  expect(performance.now() - start).toBeLessThan(5000);
});
