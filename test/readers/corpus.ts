import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CORPUS = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));

/** The names of the files of one corpus folder, the folders in it included; none where the corpus is not at hand. */
export const corpusFiles = (folder: string): string[] =>
  existsSync(CORPUS + folder)
    ? readdirSync(CORPUS + folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => `${entry.parentPath}/${entry.name}`.slice(CORPUS.length))
    : [];

export const corpusBytes = (file: string): Uint8Array => readFileSync(CORPUS + file);
