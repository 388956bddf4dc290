import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Input } from '../check.ts';
import { CheckError } from '../model/error.ts';
import { type Glob, globOf } from './glob.ts';
import { type InputContext, inputOf } from './input.ts';
import { joinedName } from './joined.ts';
import { pagesTogether } from './pages.ts';
import { type Found, filesUnder, holdsSavedPlan, isPlanName, withoutTwins } from './plan-files.ts';

/** An input, and what tells how much work it is and who can do it. */
export interface FoundInput extends Input {
  /** Bytes in the file; null for what is no file, which only this very thread can open. */
  readonly size: number | null;
}

export interface FoundInputs {
  readonly inputs: readonly FoundInput[];
  readonly notes: readonly string[];
}

/**
 * The inputs that the arguments stand for, in their order: a file, `-`, a folder (every plan in it, by its name) or a
 * pattern (every file that matches). What a folder or a pattern stands for is sorted, and a file that is reached twice
 * is one input. An argument that stands for nothing is an input that cannot be opened, and so never a pass.
 */
export async function findInputs(names: readonly string[], context: InputContext): Promise<FoundInputs> {
  const inputs: FoundInput[] = [];
  const left: string[] = [];
  const seen = new Set<string>();
  for (const argument of names) {
    const expanded = await expand(argument, context.cwd);
    left.push(...expanded.left);
    for (const found of expanded.found) {
      const { key, size } = identityOf(found.name, context.cwd);
      if (seen.has(key)) continue;
      seen.add(key);
      inputs.push('problem' in found ? failing(found) : { ...inputOf(found.name, context), size });
    }
  }
  return { inputs: await together(inputs, context), notes: left.length === 0 ? [] : [notJudged(left)] };
}

/** The same, with what is one change set in several files as one input. */
async function together(
  inputs: readonly FoundInput[],
  context: InputContext,
): Promise<readonly FoundInput[]> {
  const files = new Map(inputs.filter(({ size }) => size !== null).map((input) => [input.name, input]));
  if (files.size < 2) return inputs;
  const groups = await pagesTogether([...files.keys()], context.cwd);
  const joined = new Map(groups.filter(({ length }) => length > 1).map((names) => [names[0] ?? '', names]));
  const rest = new Set([...joined.values()].flatMap((names) => names.slice(1)));
  return inputs
    .filter(({ name }) => !rest.has(name))
    .map((input) => {
      const names = joined.get(input.name);
      return names === undefined ? input : { ...inputOf(joinedName(names), context), size: null };
    });
}

interface Expanded {
  readonly found: readonly Found[];
  /** JSON that was left to the saved plan beside it. */
  readonly left: readonly string[];
}

async function expand(argument: string, cwd: string): Promise<Expanded> {
  const kind = argument === '-' ? 'file' : kindOf(resolve(cwd, argument));
  if (kind === 'folder') return inFolder(argument, cwd);
  // A file whose name has a star in it is meant by that name.
  const glob = kind === 'missing' ? globOf(argument.replaceAll('\\', '/')) : null;
  if (glob === null) return { found: [{ name: argument }], left: [] };
  return { found: orNothing(argument, await matching(glob, cwd), MATCHING), left: [] };
}

async function inFolder(folder: string, cwd: string): Promise<Expanded> {
  const found = await filesUnder(resolve(cwd, folder), folder.replace(/(?<=[^/])\/+$/, ''));
  const wanted: Found[] = [];
  for (const one of found) {
    const isPlan =
      'problem' in one ||
      one.isAssembly === true ||
      isPlanName(one.name) ||
      (await holdsSavedPlan(resolve(cwd, one.name)));
    if (isPlan) wanted.push(one);
  }
  const { taken, left } = withoutTwins(wanted.map(({ name }) => name));
  const names = new Set(taken);
  return {
    found: orNothing(
      folder,
      wanted.filter(({ name }) => names.has(name)),
      IN_FOLDER,
    ),
    left,
  };
}

async function matching({ root, matches, enters }: Glob, cwd: string): Promise<readonly Found[]> {
  if (kindOf(resolve(cwd, root)) !== 'folder') return [];
  return (await filesUnder(resolve(cwd, root), root, enters)).filter(
    (one) => 'problem' in one || matches(one.name),
  );
}

const MATCHING = 'no file matches';
const IN_FOLDER = 'there is no plan in';

/** Nothing found is what a misspelt path looks like too. */
function orNothing(argument: string, found: readonly Found[], says: string): readonly Found[] {
  if (found.length > 0) return found;
  const mend =
    'plans are files named *.json, *.tfplan, tfplan or plan.out; a pattern knows `*`, `**` and `?`';
  return [{ name: argument, problem: new CheckError('input-unreadable', `${says} ${argument}`, mend) }];
}

const failing = ({ name, problem }: { readonly name: string; readonly problem: CheckError }): FoundInput => ({
  name,
  size: null,
  open: () => Promise.reject(problem),
});

/** What tells that two names are the same file. A file that is not there has its own name, and fails when it is opened. */
function identityOf(name: string, cwd: string): { key: string; size: number | null } {
  if (name === '-') return { key: '-', size: null };
  const path = resolve(cwd, name);
  try {
    const it = statSync(path);
    return { key: realpathSync(path), size: it.isFile() ? it.size : null };
  } catch {
    return { key: path, size: null };
  }
}

function kindOf(path: string): 'file' | 'folder' | 'missing' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'missing';
  }
}

const notJudged = (left: readonly string[]): string =>
  `${left.length === 1 ? `${left[0]} was` : `${left.length} JSON files, such as ${left[0]}, were`} not judged, since the saved plan beside it is what an apply takes; a pattern such as '**/*.json' has the JSON judged`;
