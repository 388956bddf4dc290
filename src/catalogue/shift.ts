import type { JudgedChange } from '../model/report.ts';
import { plainAddress } from './plain-address.ts';
import type { Rename } from './rename.ts';
import type { SetSubject } from './subject.ts';

/** Objects of one `count` that move up a place, so that all behind the one taken out are replaced. */
export interface Shift {
  /** `aws_instance.web` */
  readonly of: string;
  /** In the order of their numbers: the replaced ones, then the deleted ones at the end. */
  readonly hit: readonly string[];
}

/**
 * The last numbers of a `count` are deleted and others before them are replaced: what an element taken out of the
 * middle of a list looks like. Where a cause tells its values, each must become what its neighbour was.
 */
export function shiftsIn({ changes }: SetSubject): readonly Shift[] {
  const groups = new Map<string, Numbered[]>();
  for (const change of changes) {
    const numbered = numberedOf(change);
    if (numbered === null) continue;
    const group = groups.get(numbered.of);
    if (group === undefined) groups.set(numbered.of, [numbered]);
    else group.push(numbered);
  }
  return [...groups].flatMap(([of, members]) => {
    const sorted = members.sort((a, b) => a.number - b.number);
    const gone = sorted.filter(({ change }) => change.effect === 'delete');
    const moved = sorted.filter(({ change }) => change.effect === 'replace' && isByValue(change));
    const first = gone[0];
    if (first === undefined || moved.length === 0 || moved.some(({ number }) => number > first.number))
      return [];
    if (!isChain([...moved, ...gone])) return [];
    return [{ of, hit: [...moved, ...gone].map(({ change }) => change.address) }];
  });
}

/**
 * What takes the objects of a count along to a `for_each`: each that is to stay from its number to a key of its own, which
 * is its old number until somebody writes a better one. The first that is hit is the one that was taken out: it is not
 * moved, and so goes. A block within the same count would name an object that is still in the code, which Terraform refuses.
 */
export const movesToKeys = ({ of, hit }: Shift): readonly Rename[] => {
  const numbers = hit.map((address) => Number(/\[(\d+)\]$/.exec(address)?.[1]));
  const [gone] = numbers;
  const last = numbers.at(-1);
  if (plainAddress(`${of}[0]`) === null || gone === undefined || last === undefined) return [];
  return Array.from({ length: last + 1 }, (_, number) => number)
    .filter((number) => number !== gone)
    .map((number) => ({ from: `${of}[${number}]`, to: `${of}["${number}"]` }));
};

interface Numbered {
  readonly of: string;
  readonly number: number;
  readonly change: JudgedChange;
}

function numberedOf(change: JudgedChange): Numbered | null {
  if (change.deposed !== null || change.mode !== 'managed' || !change.environment.treatedAsProduction)
    return null;
  const match = /^(.*)\[(\d{1,6})\]$/.exec(change.address);
  return match === null ? null : { of: match[1] ?? '', number: Number(match[2]), change };
}

const isByValue = ({ causes }: JudgedChange): boolean => causes.some(({ kind }) => kind === 'attribute');

/** Whether no cause that can be compared says otherwise: what one becomes is what the next was. */
function isChain(members: readonly Numbered[]): boolean {
  const pairs = members.slice(1).map((next, index) => [members[index], next] as const);
  const compared = pairs.flatMap(([one, next]) =>
    one === undefined || one.number + 1 !== next.number ? [] : likeness(one.change, next.change),
  );
  return compared.length === 0 || compared.some(Boolean);
}

const likeness = (one: JudgedChange, next: JudgedChange): readonly boolean[] =>
  one.causes.flatMap((cause) => {
    if (cause.kind !== 'attribute' || cause.after.visibility === 'unknown') return [];
    const same = next.causes.find(
      (other) => other.kind === 'attribute' && String(other.path) === String(cause.path),
    );
    return same?.kind === 'attribute' ? [same.before.exact === cause.after.exact] : [];
  });
