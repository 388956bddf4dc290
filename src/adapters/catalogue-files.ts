import { readFileSync } from 'node:fs';
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
  return pack.get(name) ?? readRulesFile(name);
}

interface PackedFiles {
  get(name: string): Buffer | undefined;
}

let pack: PackedFiles | null = null;

/** Empty where nothing was packed: then each file is read where it lies. */
function readPack(): PackedFiles {
  try {
    return unpackFiles(readFileSync(PACK));
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

/** The files by their names. Throws for bytes that are not a whole pack. */
export function unpackFiles(packed: Buffer): PackedFiles {
  let at = packed.indexOf('\n') + 1;
  const lengths: readonly (readonly [string, number])[] = JSON.parse(packed.toString('utf8', 0, at));
  const places = new Map<string, readonly [number, number]>();
  for (const [name, length] of lengths) {
    places.set(name, [at, at + length]);
    at += length;
  }
  if (at !== packed.length) throw new RangeError(`it has ${packed.length} bytes, not ${at}`);
  return {
    get(name) {
      const place = places.get(name);
      return place === undefined ? undefined : packed.subarray(...place);
    },
  };
}

function readRulesFile(name: string): Buffer {
  try {
    return readFileSync(join(RULES, name));
  } catch (thrown) {
    throw broken(`rules/${name}`, thrown);
  }
}

const broken = (file: string, cause: unknown): CheckError =>
  new CheckError(
    'catalogue-invalid',
    `the catalogue file ${file} cannot be read`,
    'install check-plan again',
    cause,
  );
