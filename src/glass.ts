import type { Policy } from './model/policy.ts';
import type { JudgedChangeSet } from './model/report.ts';
import type { SignOff } from './model/signoff.ts';

interface Broken {
  /** Who broke it, by their id, sorted. */
  readonly persons: readonly string[];
  /** Why, in their words. */
  readonly reasons: readonly string[];
}

/** Who broke the glass for this change set, where the policy lets that many do it; else null. */
export function brokenGlass(signOffs: readonly SignOff[], { signOff }: Policy): Broken | null {
  const valid = signOffs.filter(
    ({ kind, accepted, person }) => kind === 'break-glass' && accepted && person !== null,
  );
  const persons = [...new Set(valid.map(({ person }) => person ?? ''))].sort();
  if (signOff.breakGlass === null || persons.length < signOff.breakGlass.persons) return null;
  return { persons, reasons: valid.map(({ comment }) => comment ?? '') };
}

/** Said in every format, whatever else the report says. */
export function brokenGlassNotes(
  cases: readonly { readonly changeSet: JudgedChangeSet; readonly signOffs: readonly SignOff[] }[],
  policy: Policy,
): readonly string[] {
  return cases.flatMap(({ changeSet, signOffs }) => {
    const broken = brokenGlass(signOffs, policy);
    if (broken === null) return [];
    const why = broken.reasons.map((reason) => JSON.stringify(reason)).join(', ');
    return [
      `THE GLASS WAS BROKEN for ${changeSet.source} by ${broken.persons.join(', ')}: ${why}. It must be reviewed within ${policy.signOff.breakGlass?.reviewHours} hours of the apply: check-plan audit`,
    ];
  });
}
