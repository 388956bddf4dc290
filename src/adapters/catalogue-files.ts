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

let pack: ReadonlyMap<string, string> | null = null;

/** Empty where nothing was packed: then each file is read where it lies. */
function readPack(): ReadonlyMap<string, string> {
  try {
    return unpackFiles(readFileSync(PACK, 'utf8'));
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return new Map();
    throw broken('rules.pack', thrown);
  }
}

/** Files in one text: a first line that says how long each is, and the files one after the other. */
export function packFiles(files: ReadonlyMap<string, string>): string {
  const lengths = [...files].map(([name, text]) => [name, text.length]);
  return `${JSON.stringify(lengths)}\n${[...files.values()].join('')}`;
}

/** Throws for a text that is not whole. */
export function unpackFiles(packed: string): ReadonlyMap<string, string> {
  let at = packed.indexOf('\n') + 1;
  const lengths: readonly (readonly [string, number])[] = JSON.parse(packed.slice(0, at));
  const files = lengths.map(([name, length]): [string, string] => {
    const text = packed.slice(at, at + length);
    at += length;
    return [name, text];
  });
  if (at !== packed.length) throw new RangeError(`it has ${packed.length} characters, not ${at}`);
  return new Map(files);
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
