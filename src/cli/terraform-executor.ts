import { basename } from 'node:path';
import { applyArguments, applyEnvironment } from '../adapters/apply-arguments.ts';
import { savedPlanBytes } from '../adapters/input.ts';
import { openSavedPlan } from '../adapters/saved-plan.ts';
import { type ApplyEnd, applySavedPlan } from '../adapters/terraform-apply.ts';
import type { Executor } from './executor.ts';
import type { Io } from './io.ts';
import type { WorldOptions } from './options.ts';
import { contextOf } from './world.ts';

/** A saved plan, to be applied by the program that shows it. */
export async function terraformExecutor(
  name: string,
  given: readonly string[],
  options: WorldOptions,
  io: Io,
): Promise<Executor> {
  const args = applyArguments(given, io.env);
  const settings = applyEnvironment(io.env);
  const context = contextOf(options, io);
  const plan = await openSavedPlan(name, await savedPlanBytes(name, context), context);
  const read = await plan.source.context();
  // Terraform would apply it in whatever workspace is selected just now.
  const workspace = 'context' in read ? read.context.workspace : null;
  const env = workspace === null ? settings : { ...settings, TF_WORKSPACE: workspace };
  return {
    input: { name, open: async () => plan.source },
    run: async () => {
      const { stdin, stdout, stderr } = io.isTerminal;
      const hasTerminal = stdin || stdout || stderr;
      const end = await applySavedPlan(plan, { cwd: io.cwd, env, args, onSignal: io.onSignal, hasTerminal });
      return { succeeded: end.code === 0, says: `${basename(plan.program.name)} apply ${howItEnded(end)}` };
    },
    close: () => plan.copy.remove(),
  };
}

const howItEnded = ({ code, signal }: ApplyEnd): string =>
  signal === null ? `ended with ${code}` : `was ended by ${signal}`;
