import { EXIT } from '../model/decision.ts';
import { problemOf } from '../model/error.ts';
import { harmless } from '../reporters/log-command.ts';
import type { Io } from './io.ts';
import { plainCheck } from './plain.ts';

/** Arguments and the outside in, exit code out. Whatever goes wrong ends in one place, and never in a pass. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    const plain = plainCheck(argv);
    if (plain === null) return await (await import('./program.ts')).runProgram(argv, io);
    return await (await import('./check-command.ts')).checkCommand(plain.inputs, plain.options, io);
  } catch (thrown) {
    const { code, message, mend } = problemOf(thrown, null);
    io.stderr(`check-plan: ${harmless(message)} [${code}]\n${mend === null ? '' : `  ${harmless(mend)}\n`}`);
    return code === 'usage' ? EXIT.usage : EXIT.cannotJudge;
  }
}
