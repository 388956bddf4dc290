import { readCatalogueFile } from '../adapters/catalogue-files.ts';
import { createCatalogue } from '../catalogue/catalogue.ts';
import { explainRule, listRules } from '../catalogue/document.ts';
import { EXIT } from '../model/decision.ts';
import { CheckError } from '../model/error.ts';
import type { Io } from './io.ts';

/** `check-plan rules [ID]`: the catalogue, from the program that applies it. */
export async function rulesCommand(id: string | null, io: Io): Promise<number> {
  const { rules } = createCatalogue(readCatalogueFile);
  const rule = rules.find((one) => one.id.toLowerCase() === id?.toLowerCase());
  if (id !== null && rule === undefined) {
    throw new CheckError(
      'usage',
      `there is no rule ${id}`,
      `the rules are ${rules.map((one) => one.id).join(', ')}`,
    );
  }
  io.stdout(rule === undefined ? listRules(rules) : explainRule(rule));
  return EXIT.allowed;
}
