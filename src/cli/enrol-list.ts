import { CheckError } from '../model/error.ts';
import type { Person } from '../model/policy.ts';
import type { Enrolment, NewKey } from '../policy/enrol.ts';
import type { KeyList, ListedKey } from '../policy/key-lists.ts';

/** What the caller says of the person. */
export interface Named {
  readonly id?: string;
  readonly level?: string;
  readonly email?: readonly string[];
  readonly account?: readonly string[];
  readonly team?: readonly string[];
}

export interface ToEnrol {
  readonly enrolments: readonly Enrolment[];
  /** What whoever enrols should know. */
  readonly notes: readonly string[];
}

/** What a list of keys adds to the persons that there are. Keys that the roster has already are left as they are. */
export function enrolmentsOf(list: KeyList, persons: readonly Person[], named: Named): ToEnrol {
  const known = new Set(persons.flatMap(({ keys }) => keys.map(({ publicKey }) => publicKey)));
  const byMail = new Map(
    persons.flatMap(({ id, identities }) => identities.map((identity) => [identity, id] as const)),
  );
  const whose = ({ id, email }: ListedKey): string => {
    const person = named.id ?? byMail.get(`mail:${email}`) ?? id;
    if (person === null)
      throw new CheckError(
        'usage',
        'the list does not say whose keys these are',
        'name the person with --id',
      );
    return person;
  };
  const fresh = list.keys.filter(({ key }) => !known.has(key));
  const enrolments = [...new Set(fresh.map(whose))].map((id): Enrolment => {
    const theirs = fresh.filter((listed) => whose(listed) === id);
    const keys = theirs.map(({ key, validAfter, validBefore }) => ({
      key,
      validAfter,
      validBefore,
      hardware: null,
    }));
    const mails = theirs.flatMap(({ email }) =>
      email === null || byMail.has(`mail:${email}`) ? [] : [email],
    );
    const enrolment = enrolmentOf(id, named, keys);
    const isKnown = persons.some((person) => person.id === id);
    return {
      ...enrolment,
      // A level that is given with a list is for those who are new.
      level: isKnown ? null : enrolment.level,
      emails: [...new Set([...enrolment.emails, ...mails])],
    };
  });
  const already = list.keys.length - fresh.length;
  return {
    enrolments,
    notes: [
      ...list.notes,
      ...(already > 0 ? [`${already} of the listed keys are in the roster already`] : []),
      'a list of keys says nothing of hardware, and a key that opens servers signs here too: take out those that should not',
    ],
  };
}

export const enrolmentOf = (
  id: string,
  { level, email = [], account = [], team = [] }: Named,
  keys: readonly NewKey[],
): Enrolment => ({ id, level: level ?? null, keys, emails: email, accounts: account, teams: team });
