import { readCatalogueFile } from '../adapters/catalogue-files.ts';
import { createCatalogue } from '../catalogue/catalogue.ts';
import type { RuleHelp } from '../reporters/sarif.ts';

/** What the catalogue says of its rules, for formats that carry it. */
export const ruleHelp = (): readonly RuleHelp[] =>
  createCatalogue(readCatalogueFile).rules.map(({ id, name, title, means, matters }) => ({
    id,
    name,
    title,
    means,
    matters,
  }));
