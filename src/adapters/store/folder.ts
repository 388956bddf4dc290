import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { because, codeOf, isRealDirectory, readPiece } from './file.ts';
import { isName, PIECE_LIMIT, refuseName, type Store, storeFailed } from './store.ts';

/** A folder. `path` is absolute; `place` is what people call it. */
export const folderStore = (path: string, place: string): Store => ({
  place,
  list: async (prefix) => {
    try {
      const names = await namesUnder(path, '', prefix);
      return names.filter((name) => name.startsWith(prefix)).sort();
    } catch (thrown) {
      throw storeFailed(place, because(thrown), thrown);
    }
  },
  get: async (name) => {
    refuseName(name);
    try {
      return await readPiece(join(path, name));
    } catch (thrown) {
      if (codeOf(thrown) === 'ENOENT') return null;
      throw storeFailed(place, `of ${name}, ${because(thrown)}`, thrown);
    }
  },
  put: async (name, bytes) => {
    refuseName(name);
    const target = join(path, name);
    const draft = join(dirname(target), `.${randomBytes(8).toString('hex')}.tmp`);
    try {
      if (bytes.length > PIECE_LIMIT)
        throw new Error(`it has more than the ${PIECE_LIMIT} bytes that are allowed`);
      await mkdir(dirname(target), { recursive: true });
      for (const folder of new Set([path, dirname(target)])) isRealDirectory(folder);
      await writeNew(draft, bytes);
      // A link is made only where nothing has the name, and what it shows was whole before.
      await link(draft, target);
      return true;
    } catch (thrown) {
      if (codeOf(thrown) === 'EEXIST') return false;
      throw storeFailed(place, `${name} cannot be written: ${because(thrown)}`, thrown);
    } finally {
      await rm(draft, { force: true }).catch(() => undefined);
    }
  },
});

/** Names of the files in the folder and the folders in it; links are not followed, drafts have no name. */
async function namesUnder(path: string, inside: string, wanted: string): Promise<readonly string[]> {
  const folder = join(path, inside);
  if (!isRealDirectory(folder)) return [];
  const names: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (!isName(name)) continue;
    // A folder that is called like a piece is told as one, and cannot be read as one.
    if (!entry.isDirectory() || PIECE.test(name)) names.push(name);
    else if (`${name}/`.startsWith(wanted) || wanted.startsWith(`${name}/`))
      names.push(...(await namesUnder(path, name, wanted)));
  }
  return names;
}

const PIECE = /\.(?:json|txt)$/;

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(bytes);
    await file.chmod(0o644);
    await file.sync();
  } finally {
    await file.close();
  }
}
