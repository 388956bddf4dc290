import type { Effect } from '../model/change.ts';
import type { Path } from '../model/json.ts';
import type { JudgedChange } from '../model/report.ts';
import { emptiedModules } from './modules.ts';
import { written } from './path.ts';
import { movedBlock, type Rename, renamesIn } from './rename.ts';
import { movesToKeys, shiftsIn } from './shift.ts';
import type { ChangeSubject, Scope, SetSubject, Subjects } from './subject.ts';
import { invalid } from './table.ts';
import { takenText } from './taken.ts';
import { copiesLost, disarmedAndDestroyed } from './together.ts';
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
    disarmed: ({ assessment }) => takenText(assessment.disarmed, 'object'),
    weakened: ({ assessment }) => takenText(assessment.disarmed, 'surroundings'),
    removed: ({ assessment }) => takenText(assessment.disarmed, 'content'),
    bare: ({ assessment }) =>
      assessment.bare.length === 0
        ? ''
        : `; its protection was taken off before (${assessment.bare.join(', ')})`,
    disrupted: ({ assessment }) => assessment.disruptions.map(({ says }) => says).join('; '),
    deposed: ({ change }) => change.deposed ?? '',
    production: ({ environment }) => environment.because,
    causes: causesText,
  },
  set: {
    destroyed: (subject) => String(tollOf(subject).destroyed.length),
    share: (subject) => String(tollOf(subject).share),
    existing: (subject) => String(tollOf(subject).existing),
    created: (subject) => String(tollOf(subject).created.length),
    emptied: (subject) => listed(tollOf(subject).emptied.map(({ address }) => address)),
    renamed: (subject) => listed(renamesIn(subject).map(({ from, to }) => `${from} → ${to}`)),
    moved: (subject) => blocksText(renamesIn(subject)),
    keyed: (subject) => blocksText(shiftsIn(subject).flatMap(movesToKeys)),
    copied: copiedText,
    exposed: exposedText,
    shifted: (subject) =>
      shiftsIn(subject)
        .map(({ of, hit }) => `${hit.length} of ${of} (${listed(hit)})`)
        .join('; '),
    modules: (subject) =>
      listed(emptiedModules(subject).map(({ module, destroyed }) => `${module} (${destroyed} objects)`)),
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

const addressesOf = (changes: readonly JudgedChange[]): readonly string[] =>
  changes.map(({ address }) => address);

function copiedText(subject: SetSubject): string {
  const { copies, originals, isKnown } = copiesLost(subject);
  const [lost, of] = [listed(addressesOf(copies)), listed(addressesOf(originals))];
  return isKnown
    ? `the copies go in the same change as what they are copies of: ${lost} together with ${of}`
    : `the same change destroys data, and what keeps copies: ${of} together with ${lost}; of what it keeps copies is not told`;
}

function exposedText(subject: SetSubject): string {
  const { disarming, destroyed, isKnown } = disarmedAndDestroyed(subject);
  const [off, lost] = [listed(addressesOf(disarming)), listed(addressesOf(destroyed))];
  return isKnown
    ? `the same change takes protection off (${off}) and destroys what belongs to it (${lost})`
    : `the same change takes protection off (${off}) and destroys something else (${lost})`;
}

const FIRST = 5;
const listed = (addresses: readonly string[]): string =>
  addresses.length <= FIRST
    ? addresses.join(', ')
    : `${addresses.slice(0, FIRST).join(', ')} and ${addresses.length - FIRST} more`;

/** The attributes that force a replacement: `engine`, `name and subnet_ids`. */
function causesText({ change }: ChangeSubject): string {
  const paths = change.causes.flatMap((cause) =>
    cause.kind === 'attribute' ? [plainStart(cause.path)] : [],
  );
  const names = [...new Set(paths)];
  const told = names.length <= FIRST ? names : [...names.slice(0, FIRST), `${names.length - FIRST} more`];
  return told.length < 2 ? told.join('') : `${told.slice(0, -1).join(', ')} and ${told.at(-1)}`;
}

/** Advice is to be followed, so it says no keys that only look like words of ours: of `tags["x\ny"]` it says `tags`. */
function plainStart(path: Path): string {
  const odd = path.findIndex((step) => typeof step === 'string' && !/^[\w-]+$/.test(step));
  return written(odd === -1 ? path : path.slice(0, odd)) || 'what forces it';
}

/** The blocks to paste, a line break between them. */
function blocksText(renames: readonly Rename[]): string {
  const more = renames.length - BLOCKS;
  return [
    ...renames.slice(0, BLOCKS).map(movedBlock),
    ...(more > 0 ? [`# and ${more} more of this kind`] : []),
  ].join('\n');
}

const BLOCKS = 100;
