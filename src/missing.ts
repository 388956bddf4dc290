import type { Roster, SignOffRequirement } from './model/policy.ts';

/** `2 of level senior or above, from 2 teams`. */
export const whoMust = ({ persons, level, teams }: SignOffRequirement): string =>
  `${persons} of level ${level} or above${teams > 1 ? `, from ${teams} teams` : ''}`;

/**
 * Who is still missing after these persons have signed: `1 more of level senior or above, from another team than
 * payments`. Null where nobody is.
 */
export function missingOf(
  { persons, level, teams }: SignOffRequirement,
  signed: readonly string[],
  roster: Roster,
): string | null {
  const seated = teamsOf(signed, roster);
  const missing = Math.max(persons - signed.length, teams - seated.length);
  if (missing <= 0) return null;
  const more = `${missing} ${signed.length > 0 ? 'more ' : ''}of level ${level} or above`;
  if (seated.length >= teams) return more;
  if (seated.length === 0) return teams > 1 ? `${more}, from ${teams} teams` : `${more}, from a team`;
  const others = teams - seated.length;
  const from = others === 1 ? 'another team' : `${others} other teams`;
  return `${more}, ${others < missing ? 'some ' : ''}from ${from} than ${seated.join(' and ')}`;
}

/** The most teams that these persons can stand for, each for one team of their own. */
function teamsOf(signed: readonly string[], { persons }: Roster): readonly string[] {
  const teams = new Map(persons.map((person) => [person.id, person.teams]));
  const holder = new Map<string, string>();
  for (const person of signed) seat(person, teams, holder, new Set());
  return [...holder.keys()].sort();
}

/** Gives the person a team that is free, or that its holder can leave for another (Kuhn's matching). */
function seat(
  person: string,
  teams: ReadonlyMap<string, readonly string[]>,
  holder: Map<string, string>,
  tried: Set<string>,
): boolean {
  for (const team of teams.get(person) ?? []) {
    if (tried.has(team)) continue;
    tried.add(team);
    const before = holder.get(team);
    if (before === undefined || seat(before, teams, holder, tried)) {
      holder.set(team, person);
      return true;
    }
  }
  return false;
}
