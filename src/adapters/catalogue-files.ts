import { fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadTable } from '../catalogue/table.ts';
import { CheckError } from '../model/error.ts';

/** `rules/`, at the same depth from `src/adapters`, `dist/adapters` and `dist/command`. */
const RULES = join(import.meta.dirname, '../../rules');
/** The whole of `rules/` as one file, which the build puts beside the bundled command: one is read sooner than thirty. */
const PACK = join(import.meta.dirname, 'rules.pack');

/** A file of the catalogue by its name relative to `rules/`. A missing one is a broken installation, never an empty table. */
export const readCatalogueFile: ReadTable = Object.assign((name: string) => bytesOf(name).toString('utf8'), {
  bytes: bytesOf,
});

function bytesOf(name: string): Buffer {
  pack ??= readPack();
  try {
    return pack.get(name) ?? readFileSync(join(RULES, name));
  } catch (thrown) {
    throw broken(`rules/${name}`, thrown);
  }
}

interface PackedFiles {
  get(name: string): Buffer | undefined;
}

let pack: PackedFiles | null = null;

/** Empty where nothing was packed: then each file is read where it lies. */
function readPack(): PackedFiles {
  try {
    const file = openSync(PACK, 'r');
    return unpackFiles(fstatSync(file).size, (at, length) => {
      const bytes = Buffer.allocUnsafeSlow(length);
      if (readSync(file, bytes, 0, length, at) < length) throw new RangeError('it has become shorter');
      return bytes;
    });
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')
      return { get: () => undefined };
    throw broken('rules.pack', thrown);
  }
}

/** Files in one: a first line that says how many bytes each has, and the files one after the other. */
export function packFiles(files: ReadonlyMap<string, string>): string {
  const lengths = [...files].map(([name, text]) => [name, Buffer.byteLength(text)]);
  return `${JSON.stringify(lengths)}\n${[...files.values()].join('')}`;
}

/**
 * The files by their names, read when they are asked for out of a pack of so many bytes: few of them are needed. The first
 * ones, the rules, are read together. Throws for bytes that are not a whole pack.
 */
export function unpackFiles(size: number, read: (at: number, length: number) => Buffer): PackedFiles {
  const start = read(0, Math.min(START, size));
  let at = start.indexOf('\n') + 1;
  const lengths: readonly (readonly [string, number])[] = JSON.parse(start.toString('utf8', 0, at));
  const places = new Map<string, readonly [number, number]>();
  for (const [name, length] of lengths) {
    places.set(name, [at, at + length]);
    at += length;
  }
  if (at !== size) throw new RangeError(`it has ${size} bytes, not ${at}`);
  return {
    get(name) {
      const place = places.get(name);
      if (place === undefined) return undefined;
      const [from, to] = place;
      return to <= start.length ? start.subarray(from, to) : read(from, to - from);
    },
  };
}

/** About what the list of the files and the rules have. */
const START = 1 << 16;

const broken = (file: string, cause: unknown): CheckError =>
  new CheckError(
    'catalogue-invalid',
    `the catalogue file ${file} cannot be read`,
    'install check-plan again',
    cause,
  );
