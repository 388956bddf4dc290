import { readCatalogueFile } from '../adapters/catalogue-files.ts';
import { createCatalogue } from '../catalogue/catalogue.ts';
import { EXIT } from '../model/decision.ts';
import { CheckError } from '../model/error.ts';
import { checkPlan } from './commands/check.ts';
import { COMMANDS } from './commands.ts';
import { bashCompletion } from './completion/bash.ts';
import { fishCompletion } from './completion/fish.ts';
import { SHELLS, type Shell, type Words, wordsOf } from './completion/words.ts';
import { zshCompletion } from './completion/zsh.ts';
import type { Io } from './io.ts';

/** `check-plan completion SHELL`: a script that completes commands, options and their values. */
export async function completionCommand(name: string, io: Io): Promise<number> {
  const shell = SHELLS.find((known) => known === name);
  if (shell === undefined) {
    throw new CheckError(
      'usage',
      `there is no completion for ${name}`,
      `the shells are ${SHELLS.join(', ')}`,
    );
  }
  const rules = createCatalogue(readCatalogueFile).rules.map(({ id }) => id);
  io.stdout(SCRIPT[shell](wordsOf(checkPlan, COMMANDS, rules)));
  return EXIT.allowed;
}

const SCRIPT: Readonly<Record<Shell, (words: Words) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};
