import type { JudgedChange } from '../model/report.ts';
import { type KindOfTool, kindOfType } from './kind.ts';
import { isOfNoCall, isOfNoInstance } from './modules.ts';
import { PLAIN_ADDRESS } from './plain-address.ts';
import type { SetSubject } from './subject.ts';

/** A destroyed and a created object that may be one, renamed: for Terraform, what a moved block would say. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/**
 * Pairs of a destroyed production object and a created one of the same type and provider, from the closest likeness to
 * the widest; of several that are alike none is guessed. Only addresses that stand in code as they stand here.
 */
export function renamesIn({ changes, facts }: Renaming): readonly Rename[] {
  const gone = new Set(changes.filter(mayBeRenamed));
  const made = new Set(changes.filter(({ effect, mode }) => effect === 'create' && mode === 'managed'));
  if (gone.size === 0 || made.size === 0) return [];
  const pairs = LIKENESSES.flatMap((likeness) => pairsBy(likeness, gone, made));
  const modules = modulesOf(pairs, facts?.moduleCalls ?? null);
  const renames = pairs.flatMap(([from, to]) => {
    const rename = modules.get(from) ?? { from: from.address, to: to.address };
    return isPlain(rename, from.type) ? [rename] : [];
  });
  const distinct = new Map(renames.map((rename) => [`${rename.from} ${rename.to}`, rename]));
  return [...distinct.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

interface Renaming extends Pick<SetSubject, 'changes'> {
  /** Without them it is only known of an instance of a module, not of its call, that it is gone. */
  readonly facts?: Pick<SetSubject['facts'], 'moduleCalls'>;
}

/** A `moved` block: an argument a line, as HCL wants it. */
export const movedBlock = ({ from, to }: Rename): string => `moved {\n  from = ${from}\n  to   = ${to}\n}`;

const mayBeRenamed = ({ effect, mode, deposed, causes, environment }: JudgedChange): boolean =>
  effect === 'delete' &&
  mode === 'managed' &&
  deposed === null &&
  environment.treatedAsProduction &&
  causes.every(({ kind }) => kind !== 'attribute');

type Likeness = (change: JudgedChange) => string;

const LIKENESSES: readonly Likeness[] = [
  // The object itself has a name, and the new one would have the same; what has none is like nothing else.
  (change) => (change.ownName ? `named ${change.ownName}` : `${change.effect} ${change.address}`),
  (change) => inModule(change),
  (change) => `${change.module} ${keyOf(change.address)}`,
  (change) => `${change.module} ${withoutKey(inModule(change))}`,
  (change) => `${change.module}`,
  () => '',
];

/** The address without the module that it stands in. */
const inModule = ({ module, address }: JudgedChange): string =>
  module === null ? address : address.slice(module.length + 1);
const keyOf = (address: string): string => KEY.exec(address)?.[0] ?? '';
const withoutKey = (address: string): string => address.replace(KEY, '');
const KEY = /\[[^[\]]*\]$/;

/** Takes out of both sets what is alike, where exactly one of each is. */
function pairsBy(
  likeness: Likeness,
  gone: Set<JudgedChange>,
  made: Set<JudgedChange>,
): (readonly [JudgedChange, JudgedChange])[] {
  const [lost, fresh] = [groupsOf(likeness, gone), groupsOf(likeness, made)];
  return [...lost].flatMap(([alike, [from, ...moreFrom]]) => {
    const [to, ...moreTo] = fresh.get(alike) ?? [];
    if (from === undefined || to === undefined || moreFrom.length > 0 || moreTo.length > 0) return [];
    gone.delete(from);
    made.delete(to);
    return [[from, to]];
  });
}

function groupsOf(likeness: Likeness, changes: Iterable<JudgedChange>): Map<string, JudgedChange[]> {
  const groups = new Map<string, JudgedChange[]>();
  for (const change of changes) {
    const key = JSON.stringify([change.type, change.provider, likeness(change)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [change]);
    else group.push(change);
  }
  return groups;
}

/** Of a module that is gone as a whole, and into one other, one block says it for all that is in it. */
function modulesOf(
  pairs: readonly (readonly [JudgedChange, JudgedChange])[],
  called: readonly string[] | null,
): ReadonlyMap<JudgedChange, Rename> {
  const renames = new Map<JudgedChange, Rename>();
  const targets = new Map<string, Set<string>>();
  for (const [from, to] of pairs) {
    if (from.module === null || to.module === null || inModule(from) !== inModule(to)) continue;
    if (!isOfNoInstance(from) && !isOfNoCall(from.module, called)) continue;
    const rename = withoutCommonEnd(from.module, to.module);
    renames.set(from, rename);
    const known = targets.get(rename.from) ?? new Set();
    targets.set(rename.from, known.add(rename.to));
  }
  return new Map([...renames].filter(([, { from }]) => targets.get(from)?.size === 1));
}

/** `module.old.module.db` and `module.new.module.db` as `module.old` and `module.new`. */
function withoutCommonEnd(from: string, to: string): Rename {
  const [a, b] = [from, to].map((module) => module.split(/\.(?=module\.)/)) as [string[], string[]];
  while (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-1)) {
    a.pop();
    b.pop();
  }
  return { from: a.join('.'), to: b.join('.') };
}

const isPlain = ({ from, to }: Rename, type: string): boolean => {
  const plain = PLAIN[kindOfType(type)];
  return plain.test(from) && plain.test(to);
};

/** For Terraform what stands in code as it stands in the plan; else stacks and a logical id. */
const PLAIN: Readonly<Record<KindOfTool, RegExp>> = {
  terraform: PLAIN_ADDRESS,
  cloudformation: /^[A-Za-z][\w-]*(?:\/[A-Za-z0-9]+)+$/,
};
