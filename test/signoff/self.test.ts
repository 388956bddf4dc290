import { describe, expect, test } from 'vitest';
import type { Statement } from '../../src/model/signoff.ts';
import type { Gate } from '../../src/signoff/gate.ts';
import { verifyRecord } from '../../src/signoff/verify.ts';
import { gateOf, NOW, recordOf, rosterOf, statementFor } from './sample.ts';
import { createSigner } from './signer.ts';

const HOUR = 3_600_000;
const alice = createSigner('ed25519');
const bob = createSigner('ed25519');
const sample = gateOf([alice]);
/** Alice wrote the change, nobody else can sign, and the policy lets her after a day. */
const sole: Gate = {
  ...sample,
  policy: { ...sample.policy, selfSignOffHours: 24 },
  hands: [{ role: 'author', identity: 'mail:alice@example.dev' }],
  now: NOW + 24 * HOUR,
};
const OWN: Partial<Statement> = {
  selfSignOff: true,
  approvedAt: new Date(NOW).toISOString(),
  expiresAt: new Date(NOW + 32 * HOUR).toISOString(),
};
const verify = (statement: Partial<Statement> = {}, gate: Partial<Gate> = {}) =>
  verifyRecord('r.json', recordOf(alice, statementFor(sample, { ...OWN, ...statement })), {
    ...sole,
    ...gate,
  });
const withBob = (terms: object = {}): Gate['roster'] => {
  const [first, ...rest] = rosterOf([alice]).persons;
  if (first === undefined) throw new Error('the sample roster is empty');
  const keys = rosterOf([bob], {}, terms).persons.flatMap(({ keys }) => keys);
  return { ...sample.roster, persons: [{ ...first, keys }, ...rest] };
};

test('a sole maintainer can sign a change of their own after the waiting time, and it is recorded as that', () => {
  expect(verify()).toMatchObject({ accepted: true, selfSignOff: true, person: 'alice' });
});

describe('and not', () => {
  test.each<[string, Partial<Statement>, Partial<Gate>]>([
    ['where the policy does not say so', {}, { policy: { ...sole.policy, selfSignOffHours: null } }],
    ['a millisecond earlier', {}, { now: sole.now - 1 }],
    ['at once', {}, { now: NOW }],
    [
      'without saying so',
      { selfSignOff: false, expiresAt: new Date(NOW + 24 * HOUR).toISOString() },
      { now: NOW + 24 * HOUR - 1 },
    ],
    ['where somebody else could sign', {}, { roster: withBob() }],
    ['where it is not known who else had a hand in it', {}, { handsHidden: 'the clone is shallow' }],
  ])('%s', (_, statement, gate) => {
    expect(verify(statement, gate)).toMatchObject({ accepted: false, selfSignOff: false });
  });

  test.each<[string, Partial<Gate>]>([
    ['whose key is revoked', { roster: withBob({ revoked: true }) }],
    ['whose key is not valid any more', { roster: withBob({ validBefore: NOW }) }],
    [
      'who has a hand in it too',
      { roster: withBob(), hands: [...sole.hands, { role: 'co-author', identity: 'mail:bob@example.dev' }] },
    ],
    ['who alone are too few', { roster: withBob(), requirement: { ...sole.requirement, persons: 2 } }],
  ])('but others do not count %s', (_, gate) => {
    expect(verify({}, gate).accepted).toBe(true);
  });

  test('for longer than the policy lets any sign-off live after its waiting time', () => {
    const at = (hours: number): string => new Date(NOW + hours * HOUR).toISOString();
    expect(verify({ expiresAt: at(48) }).accepted).toBe(true);
    expect(verify({ expiresAt: at(48.01) }).steps.at(-1)).toMatchObject({ step: 'time', holds: false });
  });
});

test('whoever says it of a change that is not theirs needs not wait', () => {
  expect(verify({}, { hands: [], now: NOW })).toMatchObject({ accepted: true, selfSignOff: false });
});
