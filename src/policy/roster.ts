import type { Path } from '../model/json.ts';
import type { Hardware, Person, Roster, RosterKey } from '../model/policy.ts';
import { DEFAULT_POLICY } from './defaults.ts';
import { PolicyFault } from './fault.ts';
import { momentOf } from './moment.ts';
import { publicKeyOf } from './public-key.ts';
import type { PolicyFile } from './schema.ts';

type RosterFile = NonNullable<PolicyFile['roster']>;
type PersonFile = NonNullable<RosterFile['persons']>[number];
type KeyFile = NonNullable<PersonFile['keys']>[number];
type HardwareFile = NonNullable<Exclude<KeyFile, string>['hardware']>;

/** The roster, where every id, key, mail address and account belongs to one person. Throws PolicyFault. */
export function rosterOf(file: RosterFile | undefined): Roster {
  const levels = file?.levels ?? DEFAULT_POLICY.roster.levels;
  const people = (file?.persons ?? []).map((person, index) => ({
    person,
    path: ['roster', 'persons', index],
  }));
  const persons = people.map(({ person, path }) => personOf(person, levels, path));
  const every = (list: 'keys' | 'emails' | 'accounts', same: (item: KeyFile) => string): Placed[] =>
    people.flatMap(({ person, path }) =>
      (person[list] ?? []).map((item, index): Placed => [same(item), [...path, list, index]]),
    );
  unique(
    'level',
    levels.map((level, index) => [level, ['roster', 'levels', index]]),
  );
  unique(
    'id',
    people.map(({ person, path }) => [person.id, [...path, 'id']]),
  );
  unique('key', every('keys', bodyOf));
  unique('mail address', every('emails', lowerCase));
  unique('account', every('accounts', lowerCase));
  return { levels, persons };
}

/** The level, if it is one of the roster's. Throws PolicyFault. */
export function knownLevel(level: string, levels: readonly string[], path: Path): string {
  if (levels.includes(level)) return level;
  throw new PolicyFault(path, `is ${JSON.stringify(level)}, which is no level of the roster`, among(levels));
}

const among = (levels: readonly string[]): string => `the levels are ${levels.join(', ')}`;

/** A date or time as milliseconds since 1970. Throws PolicyFault where there is no such day. */
export function knownMoment(text: string, path: Path): number {
  const moment = momentOf(text);
  if (moment === null) throw new PolicyFault(path, `is ${JSON.stringify(text)}, a time that does not exist`);
  return moment;
}

function personOf(file: PersonFile, levels: readonly string[], path: Path): Person {
  return {
    id: file.id,
    level: knownLevel(file.level, levels, [...path, 'level']),
    keys: (file.keys ?? []).map((key, index) => keyOf(key, [...path, 'keys', index])),
    identities: [
      ...(file.emails ?? []).map((mail) => `mail:${mail.toLowerCase()}`),
      ...(file.accounts ?? []).map((account) => account.toLowerCase()),
    ],
    teams: [...new Set(file.teams ?? [])],
  };
}

function keyOf(file: KeyFile, path: Path): RosterKey {
  if (typeof file === 'string')
    return {
      publicKey: publicKey(file, path),
      validAfter: null,
      validBefore: null,
      revoked: false,
      hardware: null,
    };
  const { key, validAfter, validBefore, revoked, hardware } = file;
  const limits = {
    validAfter: validAfter === undefined ? null : knownMoment(validAfter, [...path, 'validAfter']),
    validBefore: validBefore === undefined ? null : knownMoment(validBefore, [...path, 'validBefore']),
  };
  if (limits.validAfter !== null && limits.validBefore !== null && limits.validAfter >= limits.validBefore)
    throw new PolicyFault([...path, 'validBefore'], `is ${validBefore}, not after validAfter ${validAfter}`);
  return {
    publicKey: publicKey(key, [...path, 'key']),
    ...limits,
    revoked: revoked ?? false,
    hardware: hardware === undefined ? null : hardwareOf(hardware, key, [...path, 'hardware']),
  };
}

/** Only a key that lives in a security key can have been attested. */
function hardwareOf(file: HardwareFile, key: string, path: Path): Hardware {
  if (!key.startsWith('sk-'))
    throw new PolicyFault(
      path,
      'stands beside a key that is on no security key',
      'only sk- keys have hardware',
    );
  return {
    aaguid: file.aaguid.toLowerCase(),
    checked: knownMoment(file.checked, [...path, 'checked']),
  };
}

function publicKey(written: string, path: Path): string {
  const key = publicKeyOf(written);
  if ('wrong' in key) throw new PolicyFault(path, key.wrong, key.mend);
  return key.text;
}

const bodyOf = (key: KeyFile): string => (typeof key === 'string' ? key : key.key).split(/[ \t]+/)[1] ?? '';

const lowerCase = (item: KeyFile): string => String(item).toLowerCase();

/** What must differ everywhere, with its place. */
type Placed = readonly [string, Path];

function unique(what: 'level' | 'id' | 'key' | 'mail address' | 'account', placed: readonly Placed[]): void {
  const seen = new Set<string>();
  for (const [value, path] of placed) {
    const shown = what === 'key' ? 'a key' : JSON.stringify(value);
    if (seen.has(value))
      throw new PolicyFault(path, `is ${shown} that stands in the roster already`, `write each ${what} once`);
    seen.add(value);
  }
}
