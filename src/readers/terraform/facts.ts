import type { ChangeSetFacts } from '../../model/changeset.ts';
import type { Problem } from '../../model/error.ts';
import { at, isArray, type Json } from '../../model/json.ts';
import { planKind } from '../detect.ts';
import type { Collected } from './collect.ts';
import { malformed, requiredObject } from './member.ts';
import { checkFormatVersion } from './version.ts';

/**
 * What a whole scan comes to. What a document is comes before its version, and that before its parts, so that the
 * message is about the cause. Throws CheckError `not-a-plan`, `unsupported-version`, `malformed-plan`, and what was
 * wrong in a part.
 */
export function factsOf(plan: Collected): ChangeSetFacts {
  const kind = planKind(plan);
  if (kind === 'whole') checkFormatVersion(plan.small.get('format_version'));
  if (plan.broken !== null) throw plan.broken;
  if (plan.elements === 0 && !isWhole(plan))
    throw malformed(
      'the plan',
      `has no ${plan.keys.has('resource_changes') ? 'element in ' : ''}resource_changes, and not the parts that a plan without changes has`,
    );
  return {
    kind: 'terraform',
    tool: toolOf(plan),
    complete: flag(plan, 'complete'),
    plannedAt: textOf(plan, 'timestamp'),
    hadState: hadState(plan),
    invocations: plan.invocations,
    deferred: plan.deferred,
    vanished: plan.vanished,
    moduleCalls: plan.moduleCalls,
    unchanged: plan.unchanged,
    outputsChanged: outputsChanged(plan.small.get('output_changes')),
    problems: [...versionProblems(kind), ...errorProblems(plan), ...repetitionProblems(plan.repeated)],
  };
}

/** A plan that changes nothing has all the rest; what was filtered or cut down to nothing proves nothing. */
const isWhole = ({ keys, kinds }: Collected): boolean =>
  keys.has('format_version') &&
  kinds.get('planned_values') === 'object' &&
  kinds.get('configuration') === 'object';

function toolOf(plan: Collected): string {
  const name = plan.openTofu ? 'opentofu' : 'terraform';
  const version = textOf(plan, 'terraform_version');
  return version === null ? name : `${name} ${version}`;
}

function textOf({ small }: Collected, key: string): string | null {
  const value = small.get(key);
  if (value !== undefined && typeof value !== 'string') throw malformed(key, 'is not a text');
  return value === undefined || value === '' ? null : value;
}

/** Absent is not false: older versions and OpenTofu do not have every flag. */
function flag({ small }: Collected, key: string): boolean | null {
  const value = small.get(key);
  if (value !== undefined && typeof value !== 'boolean') throw malformed(key, 'is neither true nor false');
  return value ?? null;
}

/** A document without the planned values was cut down by hand: that it has no state either says nothing. */
function hadState(plan: Collected): boolean | null {
  if (plan.existed) return true;
  return plan.keys.has('planned_values') ? false : null;
}

function outputsChanged(outputs: Json | undefined): number {
  if (outputs === undefined) return 0;
  let changed = 0;
  for (const [name, output] of requiredObject(outputs, 'output_changes')) {
    // The documentation has the actions one level deeper than every version writes them.
    const actions = at(output, ['actions']) ?? at(output, ['change', 'actions']);
    if (!isArray(actions)) throw malformed(`output_changes (${name})`, 'has no actions');
    if (actions.some((word) => word !== 'no-op')) changed++;
  }
  return changed;
}

function versionProblems(kind: 'whole' | 'reduced'): Problem[] {
  if (kind === 'whole') return [];
  return [
    {
      code: 'unsupported-version',
      message: 'the document has resource_changes but no format_version, so it is not as Terraform wrote it',
      mend: 'check the whole output of `terraform show -json PLANFILE`',
      source: null,
    },
  ];
}

function errorProblems(plan: Collected): Problem[] {
  if (flag(plan, 'errored') !== true) return [];
  return [
    {
      code: 'errored-plan',
      message: 'the plan failed while it was made (errored is true), so its list of changes is partial',
      mend: 'mend the error that the plan command printed, and plan again',
      source: null,
    },
  ];
}

function repetitionProblems(repeated: readonly string[]): Problem[] {
  const [first] = repeated;
  if (first === undefined) return [];
  const more = repeated.length > 1 ? `, and ${repeated.length - 1} more` : '';
  return [
    {
      code: 'malformed-plan',
      message: `resource_changes has the same object more than once: ${first}${more}`,
      mend: 'no Terraform writes such a plan: find out who changed the file, and write it again',
      source: null,
    },
  ];
}
