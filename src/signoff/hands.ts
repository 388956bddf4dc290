import type { Hand } from '../model/authorship.ts';

/** The hand on the change that is this person's, or null: who wrote a change, or asked for it, cannot approve it. */
export function handOf(identities: readonly string[], hands: readonly Hand[]): Hand | null {
  const own = new Set(identities.flatMap(namesOf));
  return hands.find((hand) => namesOf(hand.identity).some((name) => own.has(name))) ?? null;
}

/** An identity in each of its forms. GitHub's private mail addresses (`1234+alice@users.noreply.github.com`) name the account. */
function namesOf(identity: string): readonly string[] {
  const name = identity.trim().toLowerCase();
  const [, id, login] = /^mail:(?:(\d+)\+)?([^@]+)@users\.noreply\.github\.com$/.exec(name) ?? [];
  return [
    name,
    ...(login === undefined ? [] : [`github:${login}`]),
    ...(id === undefined ? [] : [`github-id:${id}`]),
  ];
}
