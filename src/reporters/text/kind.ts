import type { Kind } from '../../model/changeset.ts';

/** What people call what is judged. */
export const WORD: Readonly<Record<Kind, string>> = {
  terraform: 'plan',
  cloudformation: 'change set',
  cdk: 'deployment',
};

/** One word for all of them; of several kinds `plan`, which fits each in plain English. */
export function wordFor(kinds: readonly Kind[]): string {
  const [word = WORD.terraform, other] = new Set(kinds.map((kind) => WORD[kind]));
  return other === undefined ? word : WORD.terraform;
}

/** The name of a file to save it in. */
export const FILE: Readonly<Record<Kind, string>> = {
  terraform: 'plan.json',
  cloudformation: 'change-set.json',
  cdk: 'cdk.out',
};
