import { readFileSync } from 'node:fs';
import { CheckError } from '../model/error.ts';

/** `rules/`, at the same depth from `src/adapters` and from `dist/adapters`. */
const RULES = new URL('../../rules/', import.meta.url);

/** A file of the catalogue by its name relative to `rules/`. A missing one is a broken installation, never an empty table. */
export function readCatalogueFile(name: string): string {
  try {
    return readFileSync(new URL(name, RULES), 'utf8');
  } catch (thrown) {
    throw new CheckError(
      'catalogue-invalid',
      `the catalogue file rules/${name} cannot be read`,
      'install check-plan again',
      thrown,
    );
  }
}
