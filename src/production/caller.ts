import { CheckError } from '../model/error.ts';
import type { PlanContext } from '../model/plan-context.ts';
import type { CallerEnvironment } from './environment.ts';

/**
 * What the caller says, completed with what the saved plan says. Terraform applies a saved plan in the workspace that is
 * selected, and not in the one that it was made in: so a caller who names another one is an error, not a preference.
 * Throws `workspace-differs`.
 */
export function callerFor(
  context: PlanContext | null,
  caller: CallerEnvironment,
  source: string,
): CallerEnvironment {
  if (context === null) return caller;
  if (context.workspace !== null && caller.workspace !== null && context.workspace !== caller.workspace) {
    throw new CheckError(
      'workspace-differs',
      `${source} was made in the workspace "${context.workspace}", and --workspace or TF_WORKSPACE names "${caller.workspace}"`,
      'name the workspace of the plan, or none: a saved plan says it by itself',
    );
  }
  return {
    ...caller,
    workspace: context.workspace ?? caller.workspace,
    backend: context.backend?.address ?? null,
  };
}
