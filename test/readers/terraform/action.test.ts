import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionOf } from '../../../src/readers/terraform/action.ts';

test.each([
  [['no-op'], 'none', null, 'kept'],
  [['create'], 'create', null, 'kept'],
  [['read'], 'read', null, 'kept'],
  [['open'], 'read', null, 'kept'],
  [['update'], 'update', null, 'kept'],
  [['delete'], 'delete', null, 'destroyed'],
  [['delete', 'create'], 'replace', 'delete-first', 'destroyed'],
  [['create', 'delete'], 'replace', 'create-first', 'destroyed'],
  [['forget'], 'forget', null, 'orphaned'],
  [['create', 'forget'], 'replace', null, 'orphaned'],
  [['forget', 'create'], 'replace', null, 'orphaned'],
  [['forget', 'create', 'delete'], 'replace', 'create-first', 'destroyed'],
  [['update', 'delete'], 'delete', null, 'destroyed'],
  [['no-op', 'delete'], 'delete', null, 'destroyed'],
  [['update', 'forget'], 'forget', null, 'orphaned'],
  [['read', 'update'], 'unknown', null, 'unknown'],
  [['no-op', 'create'], 'unknown', null, 'unknown'],
  [['Renew'], 'unknown', null, 'unknown'],
  [['delete', 'Renew'], 'unknown', null, 'unknown'],
  [['NO-OP'], 'unknown', null, 'unknown'],
  [['__proto__'], 'unknown', null, 'unknown'],
  [[''], 'unknown', null, 'unknown'],
  [[], 'unknown', null, 'unknown'],
] as const)('%j is %s', (words, effect, order, fate) => {
  expect(actionOf(words)).toEqual({ effect, order, fate });
});

const words = fc.array(
  fc.constantFrom('no-op', 'create', 'read', 'update', 'delete', 'forget', 'open', 'Renew', 'destroy'),
  { minLength: 1, maxLength: 4 },
);

test('nothing with delete in it, and nothing unknown, keeps the object', () => {
  fc.assert(
    fc.property(words, (list) => {
      const { effect, fate } = actionOf(list);
      if (list.some((word) => ['delete', 'Renew', 'destroy'].includes(word))) {
        expect(['delete', 'replace', 'unknown']).toContain(effect);
        expect(['destroyed', 'unknown']).toContain(fate);
      }
    }),
  );
});

test('the order of the words changes nothing but the order', () => {
  fc.assert(
    fc.property(words, (list) => {
      const { order: _, ...there } = actionOf(list);
      const { order: __, ...back } = actionOf([...list].reverse());
      expect(back).toEqual(there);
    }),
  );
});
