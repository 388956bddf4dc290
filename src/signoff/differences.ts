import { type Block, blocksOf, type Line, plain, summaryOf } from './permit.ts';

/** Every field in which what is here differs from what was signed, old and new. Both are sign-off texts as lines. */
export function differences(here: readonly string[], signed: readonly string[]): readonly string[] {
  const [now, then] = [byKey(blocksOf(here)), byKey(blocksOf(signed))];
  const kept = [...now].flatMap(([key, block]) => {
    const before = then.get(key);
    return before === undefined ? [] : inBlock(block, before);
  });
  return [
    ...kept,
    ...[...now].filter(([key]) => !then.has(key)).map(([, block]) => `not signed: ${told(block)}`),
    ...[...then].filter(([key]) => !now.has(key)).map(([, block]) => `signed, and not here: ${told(block)}`),
  ];
}

/** The differences of two blocks of one key. */
function inBlock(here: Block, signed: Block): readonly string[] {
  const [now, then] = [fieldsOf(here), fieldsOf(signed)];
  return [...new Set([...now.keys(), ...then.keys()])].flatMap((field) => {
    const [is, was] = [now.get(field), then.get(field)];
    if (is === was) return [];
    if (here.head.label === 'hidden') return ['a value that is not shown is another one than was signed'];
    const name = isOne(here) ? field : `${named(here.head)}: ${field}`;
    return [`${name} was ${was ?? 'not there'} when it was signed, and is ${is ?? 'not there'}`];
  });
}

/** Whether the block is one line: a part of the target. */
const isOne = (block: Block): boolean => !MANY.has(block.head.label);
const MANY: ReadonlySet<string> = new Set(['change', 'invocation', 'finding']);

/** Blocks of which there may be several are told apart by all that their first line says. */
function byKey(blocks: readonly Block[]): ReadonlyMap<string, Block> {
  const map = new Map<string, Block>();
  for (const block of blocks) {
    const key = isOne(block) ? block.head.label : [block.head.label, ...block.head.values].join(' ');
    let free = key;
    for (let again = 2; map.has(free); again++) free = `${key} (${again})`;
    map.set(free, block);
  }
  return map;
}

/** Label → values of each line. Lines of which there may be several are told apart by what they are about. */
function fieldsOf(block: Block): ReadonlyMap<string, string> {
  const entries = (isOne(block) ? [block.head, ...block.lines] : block.lines).map((line) => {
    const about = ABOUT.get(line.label) ?? 0;
    const field = [line.label, ...line.values.slice(0, about).map(plain)].join(' ');
    return [field, valuesOf(line, about)] as const;
  });
  return new Map(entries);
}

const ABOUT: ReadonlyMap<string, number> = new Map([
  ['because', 1],
  ['because of', 1],
  ['disarms', 2],
]);

const valuesOf = ({ values }: Line, from: number): string =>
  values.length === from ? 'there' : values.slice(from).join(' ');

const told = (block: Block): string => summaryOf(block) ?? named(block.head);
const named = ({ label, values }: Line): string =>
  [label, ...values.filter((value) => value !== 'null').map(plain)].join(' ');
