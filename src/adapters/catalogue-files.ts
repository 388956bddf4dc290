import { readFileSync } from 'node:fs';
import { CheckError } from '../model/error.ts';

/** `rules/`, at the same depth from `src/adapters`, `dist/adapters` and `dist/command`. */
const RULES = new URL('../../rules/', import.meta.url);
/** The whole of `rules/` as one file, which the build puts beside the bundled command: one is read sooner than thirty. */
const PACK = new URL('./rules.pack', import.meta.url);

/** A file of the catalogue by its name relative to `rules/`. A missing one is a broken installation, never an empty table. */
export function readCatalogueFile(name: string): string {
  pack ??= readPack();
  return pack.get(name) ?? readRulesFile(name);
}

interface PackedFiles {
  get(name: string): string | undefined;
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

/** The files by their names, each decoded when it is asked for. Throws for bytes that are not a whole pack. */
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
      return place === undefined ? undefined : packed.toString('utf8', ...place);
    },
  };
}

function readRulesFile(name: string): string {
  try {
    return readFileSync(new URL(name, RULES), 'utf8');
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
