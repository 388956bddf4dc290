import { at, isObject, type Json, text } from '../../model/json.ts';
import { type Placed, referencesIn } from '../cloudformation/references.ts';
import { type Doubts, declaredDoubts, doubtIn, doubtOf, type Exports } from './doubt.ts';
import { STACK } from './nested.ts';
import { type Effective, mayVanish, type Outlook, outlookOf, stateOf, withChanges } from './outlook.ts';
import type { Pair } from './pair.ts';
import { consequenceOf, type Replacements } from './replacement.ts';
import { sameText } from './value.ts';

/**
 * What becomes of every resource: what the templates say, and what follows from it. A resource that is replaced gets
 * another id, so what refers to it changes too, and may be replaced in turn: through references, nested stacks and
 * exports, until nothing new follows. What follows is `possible`: the new value may be the old one.
 */
export function outlooksOf(pairs: readonly Pair[], replacements: Replacements): readonly Outlook[] {
  const exports: Exports = new Map();
  const stacks = pairs.map((pair): Stack => {
    const ids = new Set([...pair.before.resources.keys(), ...pair.after.resources.keys()]);
    const outlooks = new Map([...ids].map((id) => [id, outlookOf(pair, id, replacements)]));
    const references = new Map(
      [...pair.after.resources].map(([id, { properties }]) => [id, referencesIn(properties)]),
    );
    return { pair, outlooks, references, doubts: declaredDoubts(pair), followed: new Set() };
  });
  const byPair = new Map(stacks.map((stack) => [stack.pair, stack]));
  for (let hasNews = true; hasNews; ) {
    hasNews = false;
    for (const stack of stacks) {
      const parent = stack.pair.parent === null ? null : (byPair.get(stack.pair.parent.pair) ?? null);
      if (followIn(stack, parent, exports, replacements)) hasNews = true;
    }
  }
  return stacks.flatMap(({ outlooks }) => [...outlooks.values()]);
}

interface Stack {
  readonly pair: Pair;
  readonly outlooks: Map<string, Outlook>;
  readonly references: ReadonlyMap<string, readonly Placed[]>;
  readonly doubts: Doubts;
  /** Places that were followed already: `id path`. */
  readonly followed: Set<string>;
}

/** One round in one stack; true where something new came out. Doubts only ever grow, so the rounds end. */
function followIn(stack: Stack, parent: Stack | null, exports: Exports, replacements: Replacements): boolean {
  const { pair, outlooks, doubts } = stack;
  const before = sizeOf(doubts, exports);
  passParameters(stack, parent, exports);
  for (const [name, condition] of pair.after.conditions)
    doubt(doubts.conditions, name, doubtIn(condition, doubts, exports));
  let hasNews = false;
  for (const [id, outlook] of outlooks) {
    const next = followed(outlook, stack, exports, replacements);
    if (stateOf(next) !== stateOf(outlook)) hasNews = true;
    outlooks.set(id, next);
    noteDoubts(next, doubts);
  }
  noteOutputs(stack, parent, exports);
  return hasNews || sizeOf(doubts, exports) > before;
}

/** What the parent passes to a nested stack. */
function passParameters({ pair, doubts }: Stack, parent: Stack | null, exports: Exports): void {
  if (pair.parent === null || parent === null) return;
  const side = (template: Pair['before']): Json | undefined =>
    template.resources.get(pair.parent?.id ?? '')?.properties.get('Parameters');
  const [was, will] = [side(parent.pair.before), side(parent.pair.after)];
  for (const name of pair.after.parameters.keys()) {
    const [a, b] = [at(was, [name]), at(will, [name])];
    const changed = sameText(a) === sameText(b) ? null : `the parent passes another ${name}`;
    doubt(doubts.parameters, name, changed ?? doubtIn(b, parent.doubts, exports));
  }
}

function followed(
  outlook: Outlook,
  { pair, references, doubts, followed: done }: Stack,
  exports: Exports,
  replacements: Replacements,
): Outlook {
  const { id, before, after } = outlook;
  if (before === null || after === null || before.type !== after.type) return outlook;
  const type = replacements(after.type);
  const isTouched = outlook.effect !== 'none';
  const more: Found[] = [];
  for (const { path, reference } of references.get(id) ?? []) {
    const key = JSON.stringify([id, path]);
    if (
      done.has(key) ||
      outlook.changes.some((one) => JSON.stringify(one.leaf.path) === JSON.stringify(path))
    )
      continue;
    const because =
      reference.kind === 'resolve'
        ? isTouched
          ? `${reference.name} is read again while deploying`
          : null
        : doubtOf(reference, doubts, exports);
    if (because === null) continue;
    const leaf = { path, before: at(before.properties, path), after: at(after.properties, path) };
    const consequence = after.type === STACK ? 'keeps' : consequenceOf(leaf, type);
    done.add(key);
    const isAnother = after.type !== STACK && doubts.replaced.get(reference.name) === because;
    more.push({ leaf, consequence, because, isAnother });
  }
  // That something may be updated is news only where the object that it refers to may be another.
  const isNews = ({ consequence, isAnother }: Found): boolean => consequence !== 'keeps' || isAnother;
  const telling = isTouched ? more : more.filter(isNews);
  const next = withChanges(outlook, telling);
  const why = after.condition === null ? null : (doubts.conditions.get(after.condition) ?? null);
  return after.condition === null || why === null || pair.before.resources.get(id) === undefined
    ? next
    : mayVanish(next, after.condition, 'is no longer surely what it was');
}

type Found = Effective & { readonly isAnother: boolean };

/** What others may see changed of a resource. */
function noteDoubts({ id, effect, before, after }: Outlook, { replaced, attributes }: Doubts): void {
  if (before === null || after === null) return;
  if (effect === 'replace' || effect === 'delete') doubt(replaced, id, `${id} may become another object`);
  else if (effect === 'update' && CUSTOM.test(after.type))
    doubt(attributes, id, `${id} may answer otherwise after its update`);
}

/** What a custom resource answers is up to its own code. */
const CUSTOM = /^(?:Custom::|AWS::CloudFormation::CustomResource$)/;

/** The outputs that come out otherwise: for the parent as attributes, for other stacks as exports. */
function noteOutputs({ pair, doubts }: Stack, parent: Stack | null, exports: Exports): void {
  for (const [name, output] of pair.after.outputs) {
    const was = pair.before.outputs.get(name);
    const [a, b] = [at(was, ['Value']), at(output, ['Value'])];
    const changed = was !== undefined && sameText(a) !== sameText(b);
    const why = changed ? `the output ${name} of ${pair.path} is another` : doubtIn(b, doubts, exports);
    if (pair.parent !== null && parent !== null)
      doubt(parent.doubts.attributes, `${pair.parent.id}.Outputs.${name}`, why);
    const exported = isObject(output) ? text(output.get('Export'), 'Name') : null;
    if (exported !== null) doubt(exports, exported, why);
  }
}

const doubt = (doubts: Map<string, string>, name: string, why: string | null): void => {
  if (why !== null && !doubts.has(name)) doubts.set(name, why);
};

const sizeOf = (doubts: Doubts, exports: Exports): number =>
  Object.values(doubts).reduce(
    (sum: number, one: ReadonlyMap<string, string>) => sum + one.size,
    exports.size,
  );
