import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWeakened, type Values } from '../../src/catalogue/weakened.ts';
import { json } from './sample.ts';

const row = (
  safe: string,
  unsafe: string,
  fallback: string | null = null,
  kind: 'backup' | 'force_destroy' = 'backup',
) => ({
  safe: safe.split('|'),
  unsafe: unsafe.split('|'),
  fallback,
  kind,
});
type Plain = Parameters<typeof json>[0] | undefined;
const values = (...plain: readonly Plain[]): Values =>
  plain.map((value) => (value === undefined ? undefined : json(value)));

test.each<[string, ReturnType<typeof row>, Values, Values, boolean]>([
  ['a flag goes off', row('true', 'false'), values(true), values(false), true],
  ['a flag goes on', row('true', 'false'), values(false), values(true), false],
  ['a flag as text goes off', row('true', 'false'), values('true'), values('False'), true],
  ['a flag is removed', row('true', 'false'), values(true), values(undefined), true],
  ['its block is removed', row('true', 'false'), values(true), values(), true],
  [
    'its block is removed, and the default protects',
    row('true', 'false', 'true'),
    values(true),
    values(),
    false,
  ],
  ['an unset flag is written as off', row('true', 'false'), values(null), values(false), false],
  [
    'a danger is switched on',
    row('false', 'true', null, 'force_destroy'),
    values(undefined),
    values(true),
    true,
  ],
  [
    'a danger is switched off',
    row('false', 'true', null, 'force_destroy'),
    values(true),
    values(null),
    false,
  ],
  ['a literal is left', row('PREVENT', 'DELETE', 'DELETE'), values('PREVENT'), values(null), true],
  [
    'a literal that no list has is left',
    row('PREVENT', 'DELETE', 'DELETE'),
    values('ABANDON'),
    values('DELETE'),
    true,
  ],
  ['a value is unset', row('set', 'unset'), values('orders-final'), values(''), true],
  ['a value is changed where only unsetting counts', row('set', 'unset'), values('a'), values('b'), false],
  ['an amount falls', row('higher', '0|lower'), values(30), values(7), true],
  ['an amount falls to nothing', row('higher', '0|lower'), values(30), values(0), true],
  ['an amount rises', row('higher', '0|lower'), values(7), values(30), false],
  ['an amount is removed', row('higher', 'lower'), values(7), values(null), true],
  ['an amount is set', row('higher', 'lower'), values(null), values(7), false],
  [
    'digits beyond a double fall',
    row('higher', 'lower'),
    values('12345678901234567891'),
    values('12345678901234567890'),
    true,
  ],
  [
    'amounts that cannot be compared differ',
    row('higher', 'lower'),
    values('a while'),
    values('longer'),
    true,
  ],
  ['nought stands for ever and becomes days', row('0|higher', 'lower', '0'), values(0), values(90), true],
  ['days become for ever', row('0|higher', 'lower', '0'), values(90), values(0), false],
  ['an expiry is added', row('unset|higher', 'set|lower'), values(), values(30), true],
  ['an expiry is dropped', row('unset|higher', 'set|lower'), values(30), values(), false],
  ['an expiry comes sooner', row('unset|higher', 'set|lower'), values(30), values(7), true],
  ['an expiry comes later', row('unset|higher', 'set|lower'), values(7), values(30), false],
  ['one of two amounts falls', row('higher', 'lower'), values(7, 30), values(7, 7), true],
  ['two amounts change places', row('higher', 'lower'), values(7, 30), values(30, 7), false],
  ['an interval grows', row('lower', 'higher'), values(6), values(12), true],
  ['a key is changed', row('unchanged', 'changed|unset'), values('a'), values('b'), true],
  ['a key is given', row('unchanged', 'changed|unset'), values(null), values('b'), false],
  ['a zone is dropped', row('unchanged', 'fewer'), values(['a', 'b']), values(['a']), true],
  ['a zone is exchanged', row('unchanged', 'fewer'), values(['a', 'b']), values(['a', 'c']), false],
  ['a service is exchanged', row('unchanged', 'narrowed'), values(['a', 'b']), values(['a', 'c']), true],
  ['a service is added', row('unchanged', 'narrowed'), values(['a']), values(['a', 'b']), false],
  [
    'the world is let in',
    row('unset|other', '0.0.0.0/0'),
    values(['10.0.0.0/8']),
    values(['10.0.0.0/8', '0.0.0.0/0']),
    true,
  ],
  [
    'a neighbour is let in',
    row('unset|other', '0.0.0.0/0'),
    values(['10.0.0.0/8']),
    values(['10.0.0.0/8', '172.16.0.0/12']),
    false,
  ],
  ['a rule that deletes is added', row('unset|other', 'Delete'), values(), values('Delete'), true],
  [
    'a protected block goes and an unprotected stays',
    row('true', 'false'),
    values(true, false),
    values(false),
    true,
  ],
])('%s', (_, setting, before, after, expected) => {
  expect(isWeakened(setting, before, after)).toBe(expected);
});

const settings = fc.constantFrom(
  row('true', 'false'),
  row('false', 'true', 'false', 'force_destroy'),
  row('higher', '0|lower'),
  row('0|higher', 'lower', '0'),
  row('unset|higher', 'set|lower'),
  row('unchanged', 'changed|unset'),
  row('unchanged', 'narrowed'),
  row('set', 'unset|fewer'),
  row('unset|other', '0.0.0.0/0'),
);
const someValues = fc.array(
  fc.oneof(fc.constant(undefined), fc.boolean(), fc.nat(40), fc.constantFrom('', 'a', '0.0.0.0/0')),
  {
    maxLength: 4,
  },
);

test('what stays as it is, in any order, is not weakened', () => {
  fc.assert(
    fc.property(settings, someValues, (setting, plain) => {
      expect(isWeakened(setting, values(...plain), values(...[...plain].reverse()))).toBe(false);
    }),
  );
});
