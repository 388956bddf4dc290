import type { AuthorshipIs } from '../model/authorship.ts';
import { SEVERITIES, type Severity } from '../model/finding.ts';
import type { Path } from '../model/json.ts';
import type { Requirement, SignOffPolicy } from '../model/policy.ts';
import { DEFAULT_POLICY } from './defaults.ts';
import { PolicyFault } from './fault.ts';
import { knownLevel } from './roster.ts';
import type { PolicyFile } from './schema.ts';

type SignOffFile = NonNullable<PolicyFile['signOff']>;
type RequiredFile = NonNullable<NonNullable<SignOffFile['required']>[Severity]>;
type RequirementFile = NonNullable<RequiredFile['ai']>;

/** What a sign-off must be; what the file does not say is as in the defaults. Throws PolicyFault. */
export function signOffOf(file: SignOffFile | undefined, levels: readonly string[]): SignOffPolicy {
  const defaults = DEFAULT_POLICY.signOff;
  const of = (severity: Severity): Readonly<Record<AuthorshipIs, Requirement>> => {
    const asked = file?.required?.[severity];
    const one = (is: AuthorshipIs): Requirement => {
      const path: Path = ['signOff', 'required', severity, FILE_KEYS[is]];
      const written = asked?.[FILE_KEYS[is]];
      return written === undefined
        ? standing(defaults.required[severity][is], levels, path)
        : requirementOf(written, levels, path);
    };
    return { ai: one('ai'), unknown: one('unknown'), 'declared-human': one('declared-human') };
  };
  const [critical, high, medium, low] = SEVERITIES;
  return {
    maxHours: file?.maxHours ?? defaults.maxHours,
    presence: file?.presence ?? defaults.presence,
    binding: file?.binding ?? defaults.binding,
    required: { critical: of(critical), high: of(high), medium: of(medium), low: of(low) },
  };
}

const FILE_KEYS = {
  ai: 'ai',
  unknown: 'unknown',
  'declared-human': 'declaredHuman',
} as const satisfies Record<AuthorshipIs, string>;

function requirementOf(file: RequirementFile, levels: readonly string[], path: Path): Requirement {
  if (typeof file === 'string') return { kind: file };
  return {
    kind: 'sign-off',
    persons: file.persons,
    level: knownLevel(file.level, levels, [...path, 'level']),
  };
}

/** A default may ask for a level that a roster with levels of its own does not have. */
function standing(requirement: Requirement, levels: readonly string[], path: Path): Requirement {
  if (requirement.kind !== 'sign-off' || levels.includes(requirement.level)) return requirement;
  throw new PolicyFault(
    path,
    `is not written, and its default asks for the level ${requirement.level}, which is no level of the roster`,
    `write it with one of the levels ${levels.join(', ')}`,
  );
}
