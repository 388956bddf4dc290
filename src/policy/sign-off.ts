import type { AuthorshipIs } from '../model/authorship.ts';
import { SEVERITIES, type Severity } from '../model/finding.ts';
import type { Path } from '../model/json.ts';
import type { BreakGlass, EnvironmentRule, Required, Requirement, SignOffPolicy } from '../model/policy.ts';
import { DEFAULT_POLICY } from './defaults.ts';
import { PolicyFault } from './fault.ts';
import { knownLevel } from './roster.ts';
import type { PolicyFile } from './schema.ts';

type SignOffFile = NonNullable<PolicyFile['signOff']>;
type RequiredFile = NonNullable<SignOffFile['required']>;
type RequirementFile = NonNullable<NonNullable<RequiredFile[Severity]>['ai']>;
type EnvironmentFile = NonNullable<SignOffFile['environments']>[number];

/** What a sign-off must be; what the file does not say is as in the defaults. Throws PolicyFault. */
export function signOffOf(file: SignOffFile | undefined, levels: readonly string[]): SignOffPolicy {
  const defaults = DEFAULT_POLICY.signOff;
  const required = requiredOf(file?.required, levels, ['signOff', 'required'], (severity, is, path) =>
    standing(defaults.required[severity][is], levels, path),
  );
  return {
    maxHours: file?.maxHours ?? defaults.maxHours,
    presence: file?.presence ?? defaults.presence,
    hardware: file?.hardware ?? defaults.hardware,
    selfSignOffHours: file?.selfSignOff?.waitHours ?? defaults.selfSignOffHours,
    binding: file?.binding ?? defaults.binding,
    store: file?.store ?? defaults.store,
    singleUse: file?.singleUse ?? defaults.singleUse,
    breakGlass: breakGlassOf(file?.breakGlass, levels),
    required,
    environments: (file?.environments ?? []).map((one, index) =>
      environmentOf(one, levels, required, ['signOff', 'environments', index]),
    ),
  };
}

const breakGlassOf = (file: SignOffFile['breakGlass'], levels: readonly string[]): BreakGlass | null =>
  file === undefined
    ? null
    : {
        persons: file.persons,
        level: knownLevel(file.level, levels, ['signOff', 'breakGlass', 'level']),
        maxHours: file.maxHours ?? 4,
        reviewHours: file.reviewHours ?? 72,
      };

function environmentOf(
  { when, required }: EnvironmentFile,
  levels: readonly string[],
  base: Required,
  path: Path,
): EnvironmentRule {
  if (Object.keys(when).length === 0)
    throw new PolicyFault(
      [...path, 'when'],
      'asks nothing, so it would hold everywhere',
      'name accounts, workspaces, names or is; what holds everywhere stands in signOff.required',
    );
  return {
    is: when.is ?? [],
    accounts: when.accounts ?? [],
    workspaces: when.workspaces ?? [],
    names: when.names ?? [],
    required: requiredOf(required, levels, [...path, 'required'], (severity, is) => base[severity][is]),
  };
}

/** A table of requirements, with `otherwise` for what it does not say. */
function requiredOf(
  file: RequiredFile | undefined,
  levels: readonly string[],
  path: Path,
  otherwise: (severity: Severity, is: AuthorshipIs, path: Path) => Requirement,
): Required {
  const of = (severity: Severity): Required[Severity] => {
    const one = (is: AuthorshipIs): Requirement => {
      const here: Path = [...path, severity, FILE_KEYS[is]];
      const written = file?.[severity]?.[FILE_KEYS[is]];
      return written === undefined ? otherwise(severity, is, here) : requirementOf(written, levels, here);
    };
    return { ai: one('ai'), unknown: one('unknown'), 'declared-human': one('declared-human') };
  };
  const [critical, high, medium, low] = SEVERITIES;
  return { critical: of(critical), high: of(high), medium: of(medium), low: of(low) };
}

const FILE_KEYS = {
  ai: 'ai',
  unknown: 'unknown',
  'declared-human': 'declaredHuman',
} as const satisfies Record<AuthorshipIs, string>;

function requirementOf(file: RequirementFile, levels: readonly string[], path: Path): Requirement {
  if (typeof file === 'string') return { kind: file };
  const { persons, teams = 0, presence = 'none' } = file;
  if (teams > persons)
    throw new PolicyFault(
      [...path, 'teams'],
      `is ${teams}, and ${persons} persons cannot be from more teams than that`,
      'ask for as many persons, for each counts for one team',
    );
  return {
    kind: 'sign-off',
    persons,
    level: knownLevel(file.level, levels, [...path, 'level']),
    teams,
    presence,
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
