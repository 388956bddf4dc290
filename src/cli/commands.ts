import type { CliCommand } from './command.ts';
import { apply } from './commands/apply.ts';
import { audit } from './commands/audit.ts';
import { baseline } from './commands/baseline.ts';
import { completion } from './commands/completion.ts';
import { deleteStack } from './commands/delete-stack.ts';
import { enrol } from './commands/enrol.ts';
import { explain } from './commands/explain.ts';
import { init } from './commands/init.ts';
import { rules } from './commands/rules.ts';
import { sign } from './commands/sign.ts';
import { verify } from './commands/verify.ts';

/** The commands that have a name, in the order in which help lists them. */
export const COMMANDS: readonly CliCommand[] = [
  sign,
  verify,
  apply,
  audit,
  deleteStack,
  explain,
  baseline,
  rules,
  init,
  enrol,
  completion,
];
