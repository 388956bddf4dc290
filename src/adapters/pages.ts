import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { CheckError } from '../model/error.ts';
import { rootIdIn } from '../readers/cloudformation/kin.ts';
import { HEAD } from '../readers/detect.ts';
import { asUtf8 } from '../readers/encoding.ts';
import { parseJson } from '../readers/json/parse.ts';
import { beginsAsCloudFormation } from '../readers/read.ts';
import { chunksOf } from './chunks.ts';
import { wholePart } from './joined.ts';

/**
 * Which of the files belong together: the pages of one change set, and the change sets of its nested stacks. Each group in
 * the place of its first file; a file alone is a group of one. What cannot be read belongs to nothing, and is told when it
 * is opened.
 */
export async function pagesTogether(
  names: readonly string[],
  cwd: string,
): Promise<readonly (readonly string[])[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const id = await rootIdOf(name, cwd);
    const key = id === null ? `file ${name}` : `change set ${id}`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()];
}

async function rootIdOf(name: string, cwd: string): Promise<string | null> {
  const path = resolve(cwd, name);
  try {
    if (!(await beginsAsCloudFormation(headOf(path)))) return null;
    return rootIdIn(parseJson(await wholePart(name, asUtf8(chunksOf(path))), name));
  } catch (thrown) {
    // Whoever opens it next meets the same fault, and tells it.
    if (thrown instanceof CheckError || (thrown instanceof Error && 'code' in thrown)) return null;
    throw thrown;
  }
}

/** Of a regular file, here and now: of a thousand plans, each is looked at before the first is judged. */
function headOf(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.allocUnsafe(HEAD);
    return head.subarray(0, readSync(file, head, 0, HEAD, 0));
  } finally {
    closeSync(file);
  }
}
