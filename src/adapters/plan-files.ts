import type { Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { CheckError } from '../model/error.ts';
import { isAssembly } from './assembly.ts';

/** A file, a CDK assembly, or why a place that may hold files could not be looked at. */
export type Found =
  | { readonly name: string; readonly isAssembly?: boolean }
  | { readonly name: string; readonly problem: CheckError };

/**
 * Every file under the folder, sorted by name, each named as it is reached from `name`. Links to folders are not
 * followed, nor those that `enters` refuses. A folder that cannot be read is told, not left out.
 */
export async function filesUnder(
  path: string,
  name: string,
  enters: (folder: string) => boolean = () => true,
): Promise<readonly Found[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((thrown: unknown) =>
    thrown instanceof Error ? thrown : new Error(String(thrown)),
  );
  if (entries instanceof Error) {
    const says = `the folder ${name === '' ? '.' : name} cannot be read: ${entries.message}`;
    return [{ name, problem: new CheckError('input-unreadable', says, 'check its permissions', entries) }];
  }
  // What lies in an assembly belongs to it.
  if (hasManifest(entries) && isAssembly(path)) return [{ name: name === '' ? '.' : name, isAssembly: true }];
  const found: Found[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const [inner, innerName] = [`${path}/${entry.name}`, joined(name, entry.name)];
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name) && enters(innerName))
        found.push(...(await filesUnder(inner, innerName, enters)));
    } else if (!(entry.isSymbolicLink() && (await isFolder(inner)))) found.push({ name: innerName });
  }
  return found;
}

/** Whether a file in a folder is there to be judged, by its name. What then is no plan is an error. */
export const isPlanName = (name: string): boolean => isSavedPlanName(name) || JSON_PLAN.test(name);

/** Names of saved plans: `tfplan`, `plan.out`, and `tfplan.tfplan`, which Terragrunt writes. */
export const isSavedPlanName = (name: string): boolean =>
  /(?:^|\/)(?:tfplan|plan\.out|[^/]*\.tfplan)$/.test(name);

/** Whether a file is a saved plan whatever its name: a zip whose first entry is called `tfplan`. */
export async function holdsSavedPlan(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return false;
  try {
    const head = Buffer.alloc(FIRST_ENTRY_NAME + 6);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return (
      bytesRead === head.length &&
      head.readUInt32LE(0) === ZIP_ENTRY &&
      head.toString('latin1', FIRST_ENTRY_NAME) === 'tfplan'
    );
  } finally {
    await file.close();
  }
}

/** A local file header begins with `PK\x03\x04`; the name in it begins after 30 bytes (APPNOTE.TXT 4.3.7). */
const ZIP_ENTRY = 0x04034b50;
const FIRST_ENTRY_NAME = 30;

/** Whether the bytes of the plan are packed in the file: by far fewer than the plan has. */
export const isPackedName = (name: string): boolean => isSavedPlanName(name) || /\.(?:gz|zst)$/.test(name);

const JSON_PLAN = /\.json(?:\.gz|\.zst)?$/;

/**
 * The JSON beside a saved plan of the same name, as Terragrunt writes both, is left to the saved plan: that is what an
 * apply takes, and the JSON may say anything.
 */
export function withoutTwins(names: readonly string[]): {
  taken: readonly string[];
  left: readonly string[];
} {
  const saved = new Set(names.filter(isSavedPlanName).map(stemOf));
  const left = names.filter((name) => JSON_PLAN.test(name) && saved.has(stemOf(name)));
  const leave = new Set(left);
  return { taken: names.filter((name) => !leave.has(name)), left };
}

const stemOf = (name: string): string => name.replace(JSON_PLAN, '').replace(/\.(?:tfplan|out)$/, '');

/** What holds no plans of its own: providers, history, packages, and the records of this program. */
const SKIPPED: ReadonlySet<string> = new Set(['.terraform', '.git', 'node_modules', '.check-plan']);

const hasManifest = (entries: readonly Dirent[]): boolean =>
  entries.some(({ name }) => name === 'manifest.json');

/** A link that leads nowhere is no folder: it is taken for a file, and is an error when it is opened. */
const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (it) => it.isDirectory(),
    () => false,
  );

const joined = (folder: string, name: string): string =>
  folder === '' ? name : folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
