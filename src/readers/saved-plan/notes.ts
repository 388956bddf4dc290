import type { PlanContext, PlanMode } from '../../model/plan-context.ts';

/** What people should know of how the plan was asked for. */
export function contextNotes(context: PlanContext): readonly string[] {
  const { mode, targets, forceReplaced, applyTimeVariables } = context;
  return [
    ...(MODE[mode] === null ? [] : [MODE[mode]]),
    ...(targets.length === 0 ? [] : [`the plan was made with -target: ${few(targets)}`]),
    ...(forceReplaced.length === 0 ? [] : [`the plan was made with -replace: ${few(forceReplaced)}`]),
    ...(applyTimeVariables.length === 0
      ? []
      : [
          `the values of ${few(applyTimeVariables)} come with the apply: they are in no plan, and no sign-off covers them`,
        ]),
  ];
}

const MODE: Readonly<Record<PlanMode, string | null>> = {
  normal: null,
  destroy: 'the plan was made with -destroy',
  'refresh-only': 'the plan was made with -refresh-only',
  unknown: 'the saved plan was made in a mode that is not known',
};

const few = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
