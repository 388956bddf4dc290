import fc from 'fast-check';
import { expect, test } from 'vitest';
import { missingOf } from '../src/missing.ts';
import type { Roster, SignOffRequirement } from '../src/model/policy.ts';

const roster = (teams: Readonly<Record<string, readonly string[]>>): Roster => ({
  levels: ['senior'],
  persons: Object.entries(teams).map(([id, of]) => ({
    id,
    level: 'senior',
    keys: [],
    identities: [],
    teams: of,
  })),
});
const asks = (persons: number, teams = 0): SignOffRequirement => ({
  kind: 'sign-off',
  persons,
  level: 'senior',
  teams,
  presence: 'none',
});
const PEOPLE = roster({ alice: ['payments'], bob: ['payments'], carol: ['core', 'payments'], dave: [] });

test.each<[readonly string[], SignOffRequirement, string | null]>([
  [[], asks(1), '1 of level senior or above'],
  [['alice'], asks(1), null],
  [['alice'], asks(3), '2 more of level senior or above'],
  [[], asks(2, 2), '2 of level senior or above, from 2 teams'],
  [['alice'], asks(2, 2), '1 more of level senior or above, from another team than payments'],
  [['alice', 'bob'], asks(2, 2), '1 more of level senior or above, from another team than payments'],
  [['alice', 'carol'], asks(2, 2), null],
  [['carol', 'alice'], asks(2, 2), null],
  [['carol'], asks(2, 2), '1 more of level senior or above, from another team than core'],
  [['dave'], asks(1, 1), '1 more of level senior or above, from a team'],
  [['alice', 'carol', 'bob'], asks(3, 2), null],
  [['alice'], asks(3, 2), '2 more of level senior or above, some from another team than payments'],
  [['alice'], asks(3, 3), '2 more of level senior or above, from 2 other teams than payments'],
  [['nobody'], asks(1, 1), '1 more of level senior or above, from a team'],
])('signed by %j, where %o: %s', (signed, requirement, says) => {
  expect(missingOf(requirement, signed, PEOPLE)).toBe(says);
});

test('one person never stands for two teams, and nobody who signs makes more missing', () => {
  const teams = fc.subarray(['a', 'b', 'c']);
  fc.assert(
    fc.property(
      fc.array(teams, { minLength: 1, maxLength: 5 }),
      fc.nat(5),
      fc.nat(3),
      (all, persons, wanted) => {
        const people = roster(Object.fromEntries(all.map((of, i) => [`p${i}`, of])));
        const ids = people.persons.map(({ id }) => id);
        const requirement = asks(Math.max(persons, wanted), wanted);
        if (missingOf(requirement, ids, people) === null) expect(ids.length).toBeGreaterThanOrEqual(wanted);
        const [last, ...fewer] = ids;
        if (missingOf(requirement, fewer, people) === null)
          expect(missingOf(requirement, [...fewer, last ?? ''], people)).toBeNull();
      },
    ),
  );
});
