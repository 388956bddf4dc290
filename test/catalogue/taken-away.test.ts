import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findingsOfChange } from '../../src/catalogue/evaluate.ts';
import { catalogue } from './catalogue-under-test.ts';
import { changeOf, type json, subjectOf } from './sample.ts';

type Plain = Parameters<typeof json>[0];

/** An update, as a provider plans it or an author hides it, and the rules that find it; `-` is none but CP028. */
const ROWS = readFileSync(new URL('taken-away.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'));

function found(type: string, before: Plain, after: Plain, afterUnknown: Plain = {}) {
  const change = changeOf(type, { before, after, afterUnknown });
  return findingsOfChange(catalogue.rules, subjectOf(change), new Map(), 0);
}

test.each(ROWS)('%s (%s)', (_, type = '', before = '', after = '', unknown = '', finds = '') => {
  const findings = found(
    type,
    JSON.parse(before),
    JSON.parse(after),
    unknown === '-' ? {} : JSON.parse(unknown),
  ).filter(({ rule }) => rule !== 'CP028');
  expect(findings.map(({ rule, severity }) => `${rule} ${severity}`).join(', ') || '-').toBe(finds);
});

test('there are many, and quiet ones among them', () => {
  expect(ROWS.length).toBeGreaterThan(180);
  expect(ROWS.filter((row) => row[5] === '-').length).toBeGreaterThan(10);
  expect(ROWS.every((row) => row.length === 6)).toBe(true);
});

const says = (before: Plain, after: Plain, afterUnknown: Plain = {}) =>
  found('acme_gadget', before, after, afterUnknown)
    .map(({ message }) => message)
    .join(' | ');

describe('what is worst is told, whatever stands around it', () => {
  const lists = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`list_${index}`, ['x', 'y']]));
  const shorter = Object.fromEntries(Object.keys(lists).map((key) => [key, ['x']]));
  const policy = (Principal: string) =>
    JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'x', Principal }] });

  test('a grant behind forty lists that get shorter', () => {
    const told = says({ ...lists, z_policy: policy('1') }, { ...shorter, z_policy: policy('*') });
    expect(told).toContain('z_policy opens: s3:GetObject for everybody');
  });

  test('a rule that goes in the same block in which a protection goes', () => {
    const block = (on: boolean, rules: string[]): Plain => ({
      settings: [{ deletion_protection: on, rules }],
    });
    const told = says(block(true, ['a', 'b']), block(false, ['a']));
    expect(told).toContain('settings[0].deletion_protection goes from true to false');
    expect(told).toContain('settings[0].rules loses 1 of 2');
  });
});

const statement = (part: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'A', Effect: 'Deny', ...part }] });

describe('what a policy denies', () => {
  const was = { Action: ['s3:DeleteObject', 's3:PutObject'], Resource: 'arn:x/*', Principal: '*' };
  const now = (part: object) => says({ policy: statement(was) }, { policy: statement({ ...was, ...part }) });

  test.each<[string, object]>([
    ['one action less', { Action: 's3:PutObject' }],
    ['another place', { Resource: 'arn:y/*' }],
    ['a narrower place', { Resource: 'arn:x/tmp/*' }],
    ['a condition', { Condition: { StringEquals: { 'aws:PrincipalTag/a': 'b' } } }],
    ['fewer persons', { Principal: { AWS: '111122223333' } }],
    ['an allowance in its place', { Effect: 'Allow' }],
    ['an exception', { Action: undefined, NotAction: 's3:Delete*' }],
    ['all but a few', { Principal: undefined, NotPrincipal: { AWS: '111122223333' } }],
  ])('no longer, by %s', (_, part) => {
    expect(now(part)).toContain('policy no longer denies:');
  });

  test.each<[string, object]>([
    ['as before, in another order', { Action: ['s3:PutObject', 's3:DeleteObject'], Resource: ['arn:x/*'] }],
    ['more', { Action: 's3:*' }],
    ['more, in another case', { Action: ['S3:deleteobject', 's3:put*'] }],
    ['at more places', { Resource: '*' }],
    ['everything but what it never denied', { Action: undefined, NotAction: 'ec2:*' }],
    ['everybody in other words', { Principal: { AWS: ['*'] } }],
    ['under another name', { Sid: 'B' }],
  ])('%s, is told to nobody', (_, part) => {
    expect(now(part)).not.toContain('denies');
  });

  test('in two statements what was one before', () => {
    const [a, b] = was.Action.map((Action) => ({ ...was, Effect: 'Deny', Action }));
    const split = JSON.stringify({ Statement: [b, a] });
    expect(says({ policy: statement(was) }, { policy: split })).not.toContain('denies');
  });

  test.each([
    ['a value less that it is about', 'StringEquals', ['a', 'b'], ['a'], true],
    ['a value more', 'StringEquals', ['a'], ['a', 'b'], false],
    ['one more that is left out', 'StringNotEquals', ['a'], ['a', 'b'], true],
    ['one less', 'ArnNotLike', ['a', 'b'], ['a'], false],
  ])('under a condition with %s', (_, operator, before, after, isTold) => {
    const under = (values: string[]) => ({
      policy: statement({ ...was, Condition: { [operator]: { 'aws:x': values } } }),
    });
    expect(says(under(before), under(after)).includes('no longer denies')).toBe(isTold);
  });

  test('is said to be doubtful where the new policy is known only while applying', () => {
    expect(says({ policy: statement(was) }, {}, { policy: true })).toContain(
      'policy may no longer deny: s3:DeleteObject, s3:PutObject',
    );
  });
});

describe('a condition of what is allowed', () => {
  const under = (Condition: object | undefined, Sid = 'A'): Plain => ({
    policy: JSON.stringify({
      Statement: [
        { Sid, Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Federated: 'x' }, Condition },
      ],
    }),
  });
  const sub = (value: string | string[]) => ({ StringLike: { 'token:sub': value } });

  test.each<[string, object | undefined, string]>([
    ['is gone', undefined, 'without the condition token:sub'],
    ['lets everybody by', sub('*'), 'without the condition token:sub'],
    ['lets everybody by, among others', sub(['repo:acme/shop:*', '*']), 'without the condition token:sub'],
    ['has another key', { StringLike: { 'token:aud': 'x' } }, 'without the condition token:sub'],
    ['leaves somebody out', { StringNotLike: { 'token:sub': 'y' } }, 'without the condition token:sub'],
    [
      'is of any value',
      { 'ForAllValues:StringLike': { 'token:sub': 'y' } },
      'without the condition token:sub',
    ],
    ['is wider', sub('repo:acme/*'), 'under a wider condition token:sub'],
  ])('%s', (_, after, expected) => {
    expect(says(under(sub('repo:acme/shop:*')), under(after))).toContain(
      `policy opens: sts:AssumeRole ${expected}`,
    );
  });

  test.each<[string, object]>([
    ['narrower', sub('repo:acme/shop:ref:main')],
    ['another value', sub('repo:acme/cart:*')],
    ['one more', { ...sub('repo:acme/shop:*'), Bool: { 'aws:MultiFactorAuthPresent': 'true' } }],
  ])('%s is told to nobody', (_, after) => {
    expect(says(under(sub('repo:acme/shop:*')), under(after))).not.toContain('opens');
  });

  test.each<[string, object, boolean]>([
    ['a network', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, false],
    ['half of the Internet', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }, true],
    ['all of IPv6', { IpAddress: { 'aws:SourceIp': '2000::/3' } }, true],
    ['TLS', { Bool: { 'aws:SecureTransport': 'true' } }, true],
    [
      'what everybody can say of themselves',
      { StringLike: { 'aws:Referer': 'https://acme.example/*' } },
      true,
    ],
    ['an endpoint', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }, false],
  ])('for everybody, with %s', (_, Condition, opens) => {
    const grant = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'x' };
    const document = (one: object): Plain => ({
      policy: JSON.stringify({ Statement: [{ ...grant, ...one }] }),
    });
    const told = says(document({ Principal: { AWS: '1' } }), document({ Principal: '*', Condition }));
    expect(told.includes('opens: s3:GetObject for everybody')).toBe(opens);
  });
});

test('an element in the place of another one with a name of its own is a loss', () => {
  const rules = (...names: string[]): Plain => ({ rule: names.map((name) => ({ name, action: 'block' })) });
  expect(says(rules('sqli', 'geo'), rules('geo', 'other'))).toContain(
    'rule loses 1 of 2 (name sqli), and gets others',
  );
  expect(says(rules('sqli', 'geo'), rules('geo', 'sqli'))).toBe('');
});

describe('what it does to those who come in', () => {
  const tells = (type: string, before: Plain, after: Plain, afterUnknown: Plain = {}) =>
    found(type, before, after, afterUnknown)
      .filter(({ rule }) => rule === 'CP028')
      .map(({ message }) => message)
      .join();
  const tokens = (http_tokens: string): Plain => ({ metadata_options: [{ http_tokens }] });

  test('is a lock-out where less is let in, and none where more is', () => {
    expect(tells('aws_instance', tokens('optional'), tokens('required'))).toContain('lock-out');
    expect(tells('aws_instance', tokens('required'), tokens('optional'))).toBe('');
  });

  test('may be a lock-out where it is known only while applying', () => {
    const unknown = { metadata_options: [{ http_tokens: true }] };
    expect(tells('aws_instance', tokens('required'), { metadata_options: [{}] }, unknown)).toContain(
      'lock-out',
    );
  });

  test('is not called wider rights where a policy gets tighter', () => {
    const allows = (Action: string): Plain => ({
      policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] }),
    });
    const told = tells('aws_iam_policy', allows('*'), allows('s3:GetObject'));
    expect(told).toContain(': change of rights (more rights, or loss of rights for many)');
  });
});
