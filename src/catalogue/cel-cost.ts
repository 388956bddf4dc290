/** A node of a parsed expression, as far as it is looked at: `["filter", receiver, [arguments]]` of a `rcall`. */
interface Node {
  readonly op: string;
  readonly args: unknown;
}

/**
 * Lets an expression over a whole change set pass only where its time grows with the number of changes, and no faster:
 * `changes`, and what `filter` and `map` make of it, may be walked, counted, indexed and asked with `in`, but not inside of
 * another walk, and not be put where nobody sees any more that it is long. Throws an Error otherwise.
 */
export function refuseSteepCost(ast: Node): void {
  look(ast, false);
}

const WALKS = new Set(['filter', 'map', 'all', 'exists', 'exists_one']);
/** What makes another long list. */
const LISTS = new Set(['filter', 'map']);
const OTHERS = new Set(['size', 'join']);

function look(node: Node, isInside: boolean): void {
  if (isLong(node)) throw steep('stands where it is neither walked nor counted');
  const { op, args } = node;
  if (op === 'rcall' && Array.isArray(args)) {
    const [name, receiver, given] = args as [string, unknown, unknown];
    const isWalk = WALKS.has(name);
    if (isWalk || OTHERS.has(name)) {
      for (const one of nodesIn(receiver))
        if (isLong(one)) lookAtLong(one, isInside);
        else look(one, isInside);
      // Also inside of a walk over a short list: many of them are as steep as a long one.
      for (const one of nodesIn(given)) look(one, isInside || isWalk);
      return;
    }
  }
  const [first, second] = nodesIn(args);
  const isSize = op === 'call' && Array.isArray(args) && args[0] === 'size';
  const long = op === 'in' ? second : op === '[]' || isSize ? first : undefined;
  for (const one of nodesIn(args))
    if (one === long && isLong(one)) lookAtLong(one, isInside);
    else look(one, isInside);
}

/** A long list where it may stand: the walks that made it are looked at in their turn. */
function lookAtLong(node: Node, isInside: boolean): void {
  if (isInside) throw steep('stands inside of another walk');
  if (node.op !== 'rcall') return;
  const [, receiver, given] = node.args as [string, Node, unknown];
  lookAtLong(receiver, isInside);
  for (const one of nodesIn(given)) look(one, true);
}

function isLong({ op, args }: Node): boolean {
  if (op === 'id') return args === 'changes';
  if (op !== 'rcall' || !Array.isArray(args)) return false;
  const [name, receiver] = args as [string, unknown];
  return LISTS.has(name) && isNode(receiver) && isLong(receiver);
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'op' in value;

/** The nodes right below, also those in lists of arguments and of pairs. */
const nodesIn = (value: unknown): readonly Node[] =>
  isNode(value) ? [value] : Array.isArray(value) ? value.flatMap(nodesIn) : [];

const steep = (where: string): Error =>
  new Error(
    `changes ${where}: its time would grow faster than the plan. Use changes.filter, map, all, exists or size side by side`,
  );
