import { expect, test } from 'vitest';
import { STEPS } from '../../src/model/signoff.ts';
import { held, heldIf, refused, walk } from '../../src/signoff/trail.ts';

const holds = held('it holds', null);

test('every step in its order is accepted', () => {
  expect(walk('r', ({ take }) => STEPS.forEach((step) => void take(step, holds))).accepted).toBe(true);
});

test.each(STEPS)('without the step %s nothing is accepted', (left) => {
  const rest = STEPS.filter((step) => step !== left);
  expect(walk('r', ({ take }) => rest.forEach((step) => void take(step, holds))).accepted).toBe(false);
});

test('no step at all is not accepted, and neither is another order', () => {
  expect(walk('r', () => {}).accepted).toBe(false);
  const turned = STEPS.toReversed();
  expect(walk('r', ({ take }) => turned.forEach((step) => void take(step, holds))).accepted).toBe(false);
});

test('nothing is run after a step that does not hold', () => {
  const signOff = walk('r', ({ take, know }) => {
    know({ comment: 'before' });
    take('envelope', refused('it does not'));
    know({ comment: 'after' });
  });
  expect(signOff).toEqual({
    source: 'r',
    kind: 'sign-off',
    recordDigest: null,
    accepted: false,
    person: null,
    level: null,
    expiresAt: null,
    comment: 'before',
    selfSignOff: false,
    hardware: null,
    steps: [{ step: 'envelope', holds: false, says: 'it does not' }],
  });
});

test.each([true, false])('a condition that is %s', (is) => {
  expect(heldIf(is, 'seen')).toMatchObject({ holds: is, says: 'seen' });
});
