import { CheckError } from '../model/error.ts';
import type { Person, Roster, RosterKey } from '../model/policy.ts';
import { type PublicKey, parsePublicKey } from './public-key.ts';

/** A key of the roster with the person that it stands for. */
export interface KeyHolder {
  readonly person: Person;
  readonly terms: RosterKey;
  readonly key: PublicKey;
}

/** Every key of the roster. Throws `policy-invalid` for one that cannot sign, or that stands there twice. */
export function keyHolders(roster: Roster): readonly KeyHolder[] {
  const holders = roster.persons.flatMap((person) =>
    person.keys.map((terms) => ({ person, terms, key: rosterKey(person, terms) })),
  );
  const owners = new Map<string, string>();
  for (const { person, key } of holders) {
    const blob = key.blob.toString('base64');
    const owner = owners.get(blob);
    if (owner !== undefined)
      throw new CheckError(
        'policy-invalid',
        owner === person.id
          ? `${owner} has the same key twice in the roster`
          : `${owner} and ${person.id} have the same key in the roster`,
        'list each key once: it stands for one person, on one set of terms',
      );
    owners.set(blob, person.id);
  }
  return holders;
}

/** The holder of exactly this key; key ids and comments count for nothing. */
export const holderOf = (holders: readonly KeyHolder[], key: Pick<PublicKey, 'blob'>): KeyHolder | null =>
  holders.find((holder) => holder.key.blob.equals(key.blob)) ?? null;

function rosterKey(person: Person, terms: RosterKey): PublicKey {
  try {
    return parsePublicKey(terms.publicKey);
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    throw new CheckError(
      'policy-invalid',
      `a key of ${person.id} in the roster cannot be used: ${error.message}`,
      'put the line of the public key file (`id_ed25519.pub`) there',
      error,
    );
  }
}
