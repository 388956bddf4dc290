import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openCatalogue } from '../../src/adapters/catalogue.ts';
import { loadCel } from '../../src/catalogue/cel.ts';
import { findingsOfChange } from '../../src/catalogue/evaluate.ts';
import { tryExamples } from '../../src/catalogue/example.ts';
import type { SetSubject } from '../../src/catalogue/subject.ts';
import { EFFECTS } from '../../src/model/change.ts';
import { CheckError } from '../../src/model/error.ts';
import type { OwnPolicy } from '../../src/model/policy.ts';
import type { Counts } from '../../src/model/report.ts';
import { DEFAULT_POLICY } from '../../src/policy/defaults.ts';
import { withFolder } from '../../src/policy/folder.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { changeOf, deletionOf, type json, subjectOf } from './sample.ts';

const NOW = Date.parse('2026-11-22');
type Plain = Parameters<typeof json>[0];

const open = (own: Partial<OwnPolicy>, now = NOW) =>
  openCatalogue(
    { ...DEFAULT_POLICY, own: { rules: [], types: [], protections: [], disruptions: [], ...own } },
    now,
  );

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
    ['a rule about an action', { scope: 'invocation' }, 'scope'],
    ['a word that the whole does not have', { scope: 'set' }, '{address} is none of'],
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
  const files = [...page.matchAll(/```json rule\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  expect(files).toHaveLength(1);
  const inFolder = withFolder(
    parsePolicy('version: 1\nown: { folder: guard }\n', 'own-rules.md'),
    'own-rules.md',
    new Map(files.map((text) => [`${JSON.parse(text).id}.json`, text])),
  );
  const policies = [...blocks.map((yaml) => parsePolicy(yaml, 'own-rules.md')), inFolder];
  const tried = await Promise.all(
    policies.map(async (policy) => {
      const { catalogue } = await openCatalogue(policy, NOW);
      return catalogue.rules.flatMap((one) => tryExamples(one, catalogue));
    }),
  );
  expect(tried.flat().map(({ rule, expected, fired }) => [rule, expected, fired])).toEqual([
    ['ACME001', true, true],
    ['ACME001', false, false],
    ['ACME003', true, true],
    ['ACME003', false, false],
  ]);
});

describe('a rule about the whole', () => {
  const many = (cel: string, more: object = {}) =>
    rule({ scope: 'set', when: [{ cel }], message: '{destroyed} would go', ...more });
  const setOf = async (cel: string, changes: Plain, environment = 'production') => {
    const examples = [{ fires: true, changes, environment }];
    const { catalogue } = await open({ rules: [many(cel, { examples })] });
    return catalogue.rules.flatMap((one) => tryExamples(one, catalogue)).map(({ fired }) => fired);
  };
  const FOUR = [{ type: 'aws_db_instance', effect: 'delete', times: 4 }, { type: 'aws_instance' }];

  test.each<[string, boolean]>([
    ['changes.filter(c, c.effect == "delete" && c.type.startsWith("aws_db")).size() > 3', true],
    ['changes.filter(c, c.effect == "delete" && c.type.startsWith("aws_db")).size() > 4', false],
    ['changes.exists(c, c.address == "aws_db_instance.example[3]" && c.holds == "data")', true],
    ['changes.all(c, c.production) && counts.delete == 4 && counts["update"] == 1', true],
    ['"aws_instance" in changes.map(c, c.type)', true],
    ['changes.filter(c, "CP001" in c.findings).size() == 4', true],
    ['production.destroyed == 4 && production.share == 80 && production.existing == 5', true],
    ['changes.filter(c, c.causes.exists(p, p == "engine")).size() > 0', false],
    ['size(changes) == 5 && changes[0].environment == "production"', true],
  ])('%s: %s', async (cel, fires) => {
    expect(await setOf(cel, FOUR)).toEqual([fires]);
  });

  test('stands beside the words of the shipped ones', async () => {
    const when = [{ destroysAtLeast: 4, cel: 'counts.create == 0' }];
    const examples = [{ fires: true, changes: FOUR }];
    const { catalogue } = await open({ rules: [many('true', { when, examples })] });
    expect(catalogue.rules.flatMap((one) => tryExamples(one, catalogue))).toMatchObject([{ fired: true }]);
  });

  test.each([
    'changes.exists(c, changes.exists(d, d.type == c.type))',
    'changes.filter(c, changes.size() > 3).size() > 1',
    '[changes].exists(x, x.exists(y, x.exists(z, true)))',
    '{"a": changes}.a.size() > 1',
    'cel.bind(x, changes, x.exists(a, x.exists(b, a == b)))',
    '[1, 2, 3].exists(i, changes.exists(c, true))',
    'changes.map(c, changes)[0].size() > 1',
    '(true ? changes : changes).size() > 1',
    'changes + changes == []',
    'changes == []',
    '[0].map(x, [0].map(y, changes))[0].size() > 0',
    'changes.filter(c, c.effect in changes.map(d, d.effect)).size() > 0',
    'dyn(changes).size() > 0',
  ])('is refused where its time would grow faster than the plan: %s', async (cel) => {
    expect(await faultOf({ rules: [many(cel)] })).toContain('changes stands');
  });

  test('lowers nothing', async () => {
    const lowers = { rule: 'CP001', to: 'low', reason: 'x', expires: '2027-01-01' };
    expect(await faultOf({ rules: [many('true', { lowers })] })).toContain('lowers nothing');
  });

  test('ends soon over a hundred thousand changes', async () => {
    const compile = await loadCel();
    const test = compile.set('changes.filter(c, c.effect == "delete" && c.type.contains("x")).size() > 3');
    const { assessment, environment, change } = subjectOf(deletionOf('aws_instance', {}));
    const rest = { findings: [], location: { account: null, region: null }, needsSignOff: false };
    const changes = Array.from({ length: 100_000 }, () => ({
      ...change,
      ...assessment,
      environment,
      ...rest,
    }));
    const counts = Object.fromEntries(EFFECTS.map((effect) => [effect, 0])) as Counts;
    const start = performance.now();
    expect(test({ changes, counts, facts: { vanished: [] } as unknown as SetSubject['facts'] })).toBe(false);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('a folder of a policy', () => {
  const folder = (files: Record<string, string>): Partial<OwnPolicy> => ({
    folder: { name: 'guard', files: new Map(Object.entries(files)) },
  });
  const ruleFile = JSON.stringify(rule({ examples: [] }), null, '\t');

  test('adds rules and rows like those in the policy itself', async () => {
    const { catalogue } = await open({
      rules: [rule({ id: 'ACME002' })],
      ...folder({
        'README.md': 'about them',
        'ACME001.json': ruleFile,
        'types.tsv': 'type\tholds\tseverity\twhy\nacme_vault\tdata\tcritical\tsecrets\n',
        'protections.tsv':
          'type\tpath\tkind\tsafe\tunsafe\tdefault\tread\nacme_vault\tguard.on\tdeletion_protection\ttrue\tfalse\tunset\talways\n',
        'disruptions.tsv': 'type\tpath\teffect\twhat\nacme_vault\tsize\toutage\t-\n',
      }),
    });
    expect(catalogue.rules.map(({ id }) => id).slice(-2)).toEqual(['ACME002', 'ACME001']);
    expect(catalogue.assess(deletionOf('acme_vault', {}))).toMatchObject({ holds: 'data', loses: 'secrets' });
    const sides = { before: { size: 1, guard: [{ on: true }] }, after: { size: 2, guard: [{ on: false }] } };
    const { disarmed, disruptions } = catalogue.assess(changeOf('acme_vault', sides));
    expect(disarmed).toMatchObject([{ kind: 'deletion_protection' }]);
    expect(disruptions).toEqual([{ effect: 'outage', says: expect.stringContaining('size goes from') }]);
  });

  test('makes a type milder only with a reason and an end, which are told', async () => {
    const table = (cells: string) =>
      folder({
        'types.tsv': `type\tholds\tseverity\twhy\treason\texpires\naws_sqs_queue\tcontrol\tlow\tx\t${cells}\n`,
      });
    const { catalogue, notes } = await open(table('a buffer\t2027-01-01'));
    expect(catalogue.assess(deletionOf('aws_sqs_queue', {})).severity).toBe('low');
    expect(notes).toEqual([expect.stringContaining('a buffer')]);
    const plain = await open(table('\t'));
    expect(plain.catalogue.assess(deletionOf('aws_sqs_queue', {})).holds).toBe('data');
    expect(await faultOf(table('a buffer\t'))).toContain('guard/types.tsv:2');
  });

  test.each<[string, Record<string, string>, string]>([
    ['a file of another kind', { 'ACME001.yaml': 'x' }, 'guard/ACME001.yaml: it is neither a rule'],
    ['a rule under another name', { 'ACME009.json': ruleFile }, 'guard/ACME009.json: its id is "ACME001"'],
    ['what is no JSON', { 'ACME001.json': '{' }, 'guard/ACME001.json:'],
    ['a key that stands twice', { 'ACME001.json': '{"id":"ACME001","id":"ACME001"}' }, 'guard/ACME001.json:'],
    ['a name of JavaScript', { 'ACME001.json': '{"__proto__":{}}' }, 'guard/ACME001.json:'],
    ['a list', { 'ACME001.json': '[]' }, 'guard/ACME001.json: it is no object'],
    ['the id of a shipped rule', { 'CP001.json': ruleFile.replace('ACME001', 'CP001') }, 'CP001'],
    ['other columns', { 'types.tsv': 'type\tholds\n' }, 'guard/types.tsv: its columns are'],
    ['a row that is cut', { 'types.tsv': 'type\tholds\tseverity\twhy\na\tdata\n' }, 'line 2 has 2 cells'],
    [
      'a wrong word',
      { 'disruptions.tsv': 'type\tpath\teffect\twhat\na\tb\thope\t-\n' },
      'guard/disruptions.tsv:2',
    ],
  ])('is refused for %s', async (_, files, says) => {
    expect(await faultOf(folder(files))).toContain(says);
  });

  test('cannot bring a rule that the policy has already', async () => {
    const both = { rules: [rule()], ...folder({ 'ACME001.json': ruleFile }) };
    expect(await faultOf(both)).toContain('guard/ACME001.json: ACME001 is there twice');
  });
});

test('an expression over a big object ends soon', async () => {
  const compile = await loadCel();
  const test = compile.change('before.list.exists(x, before.list.exists(y, x + y == -1))');
  const list = Array.from({ length: 300 }, (_, index) => index);
  const subject = subjectOf(deletionOf('aws_instance', { list }));
  const start = performance.now();
  expect(test(subject)).toBe(false);
  expect(performance.now() - start).toBeLessThan(5000);
});
