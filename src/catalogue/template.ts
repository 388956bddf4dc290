import type { Effect } from '../model/change.ts';
import type { Scope, Subjects } from './subject.ts';
import { invalid } from './table.ts';
import { tollOf } from './toll.ts';

/**
 * A text of the catalogue with `{words}` in it, ready to be filled from a subject. Throws `catalogue-invalid` for a
 * word that the scope does not have.
 */
export function parseTemplate<S extends Scope>(
  scope: S,
  text: string,
  where: string,
): (subject: Subjects[S]) => string {
  const words = WORDS[scope];
  const known = (word: string): Word<Subjects[S]> => {
    const say = Object.hasOwn(words, word) ? words[word] : undefined;
    if (say === undefined) throw invalid(where, `{${word}} is none of {${Object.keys(words).join('}, {')}}`);
    return say;
  };
  for (const [, word = ''] of text.matchAll(WORD)) known(word);
  return (subject) => text.replaceAll(WORD, (_, word: string) => known(word)(subject));
}

/** `{address}`; braces of Terraform code have a blank after them and are left alone. */
const WORD = /\{([A-Za-z]+)\}/g;

type Word<Subject> = (subject: Subject) => string;

const WORDS: { readonly [S in Scope]: Readonly<Record<string, Word<Subjects[S]>>> } = {
  change: {
    address: ({ change }) => change.address,
    type: ({ change }) => change.type,
    done: ({ change }) => DONE[change.effect],
    loses: ({ assessment }) => assessment.loses,
    fateBecause: ({ assessment }) => assessment.fateBecause,
    disarmed: ({ assessment }) => assessment.disarmed.map(({ says }) => says).join('; '),
    deposed: ({ change }) => change.deposed ?? '',
    production: ({ environment }) => environment.because,
  },
  set: {
    destroyed: (subject) => String(tollOf(subject).destroyed.length),
    share: (subject) => String(tollOf(subject).share),
    existing: (subject) => String(tollOf(subject).existing),
    created: (subject) => String(tollOf(subject).created.length),
    emptied: (subject) => listed(tollOf(subject).emptied.map(({ address }) => address)),
  },
  invocation: {
    address: ({ address }) => address,
    type: ({ type }) => type,
    trigger: ({ trigger }) => trigger,
  },
};

const DONE: Readonly<Record<Effect, string>> = {
  none: 'left alone',
  read: 'read',
  create: 'created',
  import: 'imported',
  move: 'moved',
  update: 'changed in place',
  forget: 'let go',
  replace: 'replaced',
  delete: 'destroyed',
  unknown: 'changed in a way that is not known',
};

const FIRST = 5;
const listed = (addresses: readonly string[]): string =>
  addresses.length <= FIRST
    ? addresses.join(', ')
    : `${addresses.slice(0, FIRST).join(', ')} and ${addresses.length - FIRST} more`;
