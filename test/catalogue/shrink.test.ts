import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from './catalogue-under-test.ts';
import { changeOf, type json } from './sample.ts';

type Plain = Parameters<typeof json>[0];

/** What is said of an update of a type that no table has. */
const taken = (before: Plain, after: Plain, more: Parameters<typeof changeOf>[1] = {}) =>
  catalogue.assess(changeOf('acme_gadget', { before, after, ...more })).disarmed;
const told = (...update: Parameters<typeof taken>) =>
  taken(...update).map(({ kind, says }) => `${kind}: ${says}`);

const https = { from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'] };
const ssh = { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['10.1.0.0/16'] };
const statement = (Sid: string, more: Plain = {}): Plain => ({
  Sid,
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::orders/*',
  ...(more as object),
});
const policy = (...statements: Plain[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

describe('what an update takes out is told, with what goes', () => {
  test.each<[string, Plain, Plain, string]>([
    [
      'a rule of a firewall',
      { ingress: [https, ssh] },
      { ingress: [https] },
      'rules: ingress loses 1 of 2 (from_port 22, to_port 22, protocol tcp, cidr_blocks 10.1.0.0/16)',
    ],
    ['every rule', { ingress: [https, ssh] }, { ingress: [] }, 'rules: ingress loses all 2'],
    ['every rule, by null', { ingress: [https] }, { ingress: null }, 'rules: ingress loses all 1'],
    ['every rule, by nothing', { ingress: [https] }, {}, 'rules: ingress loses all 1'],
    [
      'an address',
      { source_list_cidrs: ['10.0.0.0/8', '10.1.0.0/16'] },
      { source_list_cidrs: ['10.0.0.0/8'] },
      'rules: source_list_cidrs loses 1 of 2 (10.1.0.0/16)',
    ],
    [
      'an element of no known sense',
      { things: ['a', 'b'] },
      { things: ['a'] },
      'entries: things loses 1 of 2',
    ],
    [
      'a block',
      { origin_shield: { enabled_in: 'x' } },
      { origin_shield: null },
      'rules: origin_shield is removed',
    ],
    [
      'a key of a map',
      { settings: { a: 'x', b: 'y' } },
      { settings: { a: 'x' } },
      'entries: settings.b is removed',
    ],
    [
      'an element in a block in a list',
      { origin: [{ name: 'a', headers: ['x', 'y'] }] },
      { origin: [{ name: 'a', headers: ['x'] }] },
      'rules: origin[0].headers loses 1 of 2',
    ],
    [
      'a statement of a policy',
      { policy: policy(statement('Read'), statement('Write')) },
      { policy: policy(statement('Read')) },
      'rules: policy.Statement loses 1 of 2 (Sid Write, Effect Allow)',
    ],
    ['an amount', { disk: { space_limit: 100 } }, { disk: { space_limit: 50 } }, 'rules-or-amount'],
  ])('%s', (_, before, after, expected) => {
    const all = told(before, after);
    if (expected === 'rules-or-amount') expect(all).toEqual(['amount: disk.space_limit goes from 100 to 50']);
    else
      expect(
        all.some((one) => one.startsWith(expected)),
        all.join(),
      ).toBe(true);
  });
});

describe('what opens rights is told', () => {
  test.each<[string, Plain, string]>([
    ['everybody', statement('Read', { Principal: '*' }), 's3:GetObject for everybody'],
    ['everybody of AWS', statement('Read', { Principal: { AWS: '*' } }), 's3:GetObject for everybody'],
    ['everything', statement('Read', { Action: '*', Resource: '*' }), 'every action on everything'],
    [
      'everything in lists',
      statement('Read', { Action: ['*'], Resource: ['*'] }),
      'every action on everything',
    ],
  ])('%s', (_, opens, says) => {
    expect(told({ document: policy(statement('Read')) }, { document: policy(opens) })).toContain(
      `access: document opens: ${says}`,
    );
  });

  test('also of Google', () => {
    const data = (member: string) =>
      JSON.stringify({ bindings: [{ role: 'roles/viewer', members: [member] }] });
    expect(told({ policy_data: data('user:a@example.com') }, { policy_data: data('allUsers') })).toContain(
      'access: policy_data opens: roles/viewer for allUsers',
    );
  });

  test('but not what was open already, is denied, or has a condition', () => {
    const open = statement('Read', { Principal: '*' });
    const conditional = statement('Read', { Principal: '*', Condition: { Bool: { x: 'true' } } });
    const denied = statement('No', { Effect: 'Deny', Principal: '*' });
    expect(told({ document: policy(open) }, { document: policy(open, denied) })).toEqual([]);
    expect(told({ document: policy(statement('Read')) }, { document: policy(conditional) })).toEqual([]);
  });
});

describe('nothing is told of', () => {
  test.each<[string, Plain, Plain]>([
    ['another order', { ingress: [https, ssh] }, { ingress: [ssh, https] }],
    ['an element more', { ingress: [https] }, { ingress: [https, ssh] }],
    ['another element in its place', { names: ['a'] }, { names: ['b'] }],
    ['tags', { tags: { a: 'x', b: 'y' } }, { tags: {} }],
    ['a description', { description: 'x' }, { description: null }],
    ['what was empty', { ingress: [], rule: null }, { ingress: null }],
    ['a text', { note: 'long' }, { note: 's' }],
    ['a text that only looks like a policy', { note: '{broken' }, { note: '{' }],
    ['white space in a policy', { policy: policy(statement('A')) }, { policy: ` ${policy(statement('A'))}` }],
    [
      'one value for a list of one',
      { policy: policy(statement('A', { Action: ['s3:Get'] })) },
      { policy: policy(statement('A', { Action: 's3:Get' })) },
    ],
    ['a higher amount', { limit_count: 1 }, { limit_count: 2 }],
  ])('%s', (_, before, after) => {
    expect(told(before, after)).toEqual([]);
  });

  test('what is known only while applying', () => {
    const unknown = { afterUnknown: { listeners: true } };
    expect(told({ listeners: [{ name: 'a' }] }, {}, unknown)).toEqual([]);
    const inside = { afterUnknown: { origin: [{ headers: true }] } };
    expect(told({ origin: [{ name: 'a', headers: ['x'] }] }, { origin: [{ name: 'a' }] }, inside)).toEqual(
      [],
    );
  });

  test('but a list that gets shorter is told even where its elements are not known yet', () => {
    const unknown = { afterUnknown: { listeners: [{ id: true }] } };
    expect(told({ listeners: [https, ssh] }, { listeners: [{ from_port: 1 }] }, unknown)).toEqual([
      'rules: listeners loses 1 of 2',
    ]);
  });
});

test('no value of a sensitive attribute is told, and the exact bytes of both sides are kept for the digest', () => {
  const [loss] = taken(
    { ingress: [https, ssh] },
    { ingress: [https] },
    { beforeSensitive: { ingress: true }, afterSensitive: { ingress: true } },
  );
  expect(loss?.says).toBe('ingress shrinks');
  expect(loss?.before).toMatchObject({
    visibility: 'sensitive',
    exact: expect.stringContaining('10.1.0.0/16'),
  });
});

test('a value of an unlisted attribute is not told', () => {
  expect(told({ keys_held: ['hunter2', 'b'] }, { keys_held: ['b'] }).join()).not.toContain('hunter2');
  expect(told({ settings: { a: 'hunter2' } }, { settings: {} }).join()).not.toContain('hunter2');
});

test('a change with very many losses is told by the first', () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`list_${index}`, ['x']]));
  const all = told(many, {});
  expect(all).toHaveLength(12);
  expect(all.at(-1)).toContain('and 38 more like it');
});

test('what stays the same, in any order of its lists, loses nothing', () => {
  const values = fc.array(fc.oneof(fc.string(), fc.nat(), fc.record({ name: fc.string(), port: fc.nat() })));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('ingress', 'rules', 'a', 'members'), values), (object) => {
      const turned = Object.fromEntries(
        Object.entries(object).map(([key, list]) => [key, [...list].reverse()]),
      );
      expect(told(object, turned)).toEqual([]);
    }),
  );
});
