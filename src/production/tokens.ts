import { ownText } from '../model/detached.ts';
import { type Meaning, NEGATORS, PHRASES, type Says, SHARED, WORDS } from './lexicon.ts';

/** What a value says of the environment, and the word in it that says so, lower case. */
export interface Words {
  readonly says: Says;
  readonly token: string;
  readonly strength: 'strong' | 'medium';
}

/**
 * What the words of a name, tag value or address say. Only whole words count: split at everything that is no letter or
 * digit and at case borders, with up to three digits after a word. A value that says both says production; one that
 * holds a template or letters beyond ASCII may say production, never non-production.
 */
export function wordsOf(value: string): Words | null {
  if (!maySpeak(value)) return null;
  const known = said.get(value);
  if (known !== undefined) return known;
  const words = wordsIn(value);
  if (said.size === MOST_SAID) said.clear();
  said.set(ownText(value), words);
  return words;
}

/**
 * Whether any word of the lexicon may stand in the value: nearly every name and id has none, and that is seen in one look.
 * Where letters are of both cases, or beyond ASCII, whoever takes it apart has to say.
 */
export const maySpeak = (value: string): boolean => SPEAKING.test(value);

const LEXICON = [...WORDS.keys(), ...[...PHRASES.keys()].flatMap((phrase) => phrase.split('-'))];
const SPEAKING = new RegExp(
  `[^\\x00-\\x40\\x5b-\\x7f]|(?<![a-z])(?:${[...new Set(LEXICON)].join('|')})(?![a-z])`,
);

/** What was asked lately: both sides of a change have mostly the same names, and many changes the same tags. */
const said = new Map<string, Words | null>();
const MOST_SAID = 1000;

function wordsIn(value: string): Words | null {
  const plain = value.replace(TEMPLATE, ' ');
  const groups = plain.split(JOINT).map(segmentsIn);
  const count = groups.flat().length;
  const all = groups.flatMap((words) => meaningsOf(words, count));
  const production = strongest(all.filter((word) => word.says === 'production'));
  if (production !== null) return production;
  if (plain !== value || !ASCII.test(value)) return null;
  return strongest(all);
}

/** As wordsOf, for a value that is meant to be an environment: `shared` or `network` then counts as production. */
export function environmentWordsOf(value: string): Words | null {
  const whole = value.toLowerCase().replace(/[^a-z]/g, '');
  const words = wordsOf(value);
  if (words?.says !== 'production' && SHARED.has(whole))
    return { says: 'production', token: whole, strength: 'medium' };
  return words;
}

const TEMPLATE = /[$%#]?\{[^{}]*\}|<[^<>]*>/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII itself
const ASCII = /^[\x00-\x7f]*$/;
/** Words on two sides of one of these are not one phrase: `module.pre.this["prod"]` is no `pre-prod`. */
const JOINT = /[/.:[\]"']/;
const LONGEST_PHRASE = 3;

/** As the one below for ASCII alone, and ready far sooner. */
const BETWEEN_ASCII_WORDS = /[^A-Za-z0-9]+/;
/** Made on use: to look up such properties takes longer than to start the rest. */
const betweenWords = (): RegExp => /[^\p{L}\p{N}\p{M}]+/u;

/** Letters beyond ASCII belong to their word, so that a look-alike in it makes it another word. */
function segmentsIn(value: string): string[] {
  return value
    .split(ASCII.test(value) ? BETWEEN_ASCII_WORDS : betweenWords())
    .filter((segment) => segment !== '')
    .flatMap((segment) => (known(segment) ? [segment] : camelParts(segment)))
    .map((word) => word.toLowerCase());
}

const known = (word: string): boolean => WORDS.has(bare(word.toLowerCase()));
const bare = (word: string): string => word.replace(/[0-9]{1,3}$/, '');

/**
 * A case border is no sure one: `aB3QaXyz` is a random id. So parts of two letters are kept from meaning anything by
 * themselves, and what is all upper case is not split.
 */
function camelParts(segment: string): string[] {
  const parts = segment.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  if (parts.length === 1 || !/[a-z]/.test(segment)) return [segment];
  return parts.map((part) => (known(part) && bare(part).length < 3 ? `${part}~` : part));
}

/** `count`: of the words in the whole value. */
function meaningsOf(words: readonly string[], count: number): Words[] {
  const found: Words[] = [];
  let index = 0;
  while (index < words.length) {
    const { length, meaning, token } = meaningAt(words, index, count);
    if (meaning !== null) found.push({ ...meaning, token });
    index += length;
  }
  return found;
}

interface Read {
  readonly length: number;
  readonly meaning: Meaning | null;
  readonly token: string;
}

function meaningAt(words: readonly string[], index: number, count: number): Read {
  for (let length = LONGEST_PHRASE; length > 1; length--) {
    const token = words.slice(index, index + length).join('-');
    const meaning = PHRASES.get(bare(token));
    if (meaning !== undefined) return { length, meaning, token };
  }
  const word = words[index] ?? '';
  const next = words[index + 1];
  if (next !== undefined && denies(word, count)) {
    const denied = WORDS.get(bare(next));
    if (denied !== undefined) return { length: 2, meaning: opposite(denied), token: `${word}-${next}` };
  }
  return { length: 1, meaning: WORDS.get(bare(word)) ?? null, token: word };
}

/** `no-prod` is a denial as a whole value; in `shop-no-prod` it may be Norway's production. */
const denies = (word: string, count: number): boolean => NEGATORS.has(word) || (word === 'no' && count === 2);

/** What is denied to be production is not; what is denied to be a test may be anything. */
const opposite = (denied: Meaning): Meaning | null =>
  denied.says === 'production' ? { says: 'non-production', strength: denied.strength } : null;

const strongest = (words: readonly Words[]): Words | null =>
  words.find((word) => word.strength === 'strong') ?? words[0] ?? null;
