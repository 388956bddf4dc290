import { CheckError } from '../model/error.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The arguments that may go to `terraform apply` beside the plan: those that change how it works and what it prints,
 * and not what it does. A list of what is allowed, so that a flag of a later version is refused until it has been read.
 */
const ALLOWED: readonly RegExp[] = [
  // A saved plan is never asked about, so this says nothing; scripts have it all the same.
  /^-auto-approve(=true)?$/,
  /^-compact-warnings(=true)?$/,
  /^-concise$/, // tofu
  /^-consolidate-(warnings|errors)=(true|false)$/, // tofu
  /^-input=(true|false)$/,
  /^-json$/,
  /^-lock=true$/,
  /^-lock-timeout=[0-9a-z.]+$/,
  /^-no-color$/,
  /^-parallelism=[0-9]+$/,
];

/** Why an argument is not on the list, for those that people try. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/^-var(-file)?(=|$)/, 'the values of the variables are in the plan'],
  [/^-(target|replace|exclude|target-file|exclude-file)(=|$)/, 'what is applied is in the plan'],
  [/^-(destroy|refresh|refresh-only)(=|$)/, 'what is applied is in the plan'],
  [/^-(state|state-out|backup)(=|$)/, 'the state that the plan was made for is in the plan'],
  [/^-lock(=|$)/, 'without the lock another run could change what was judged'],
  [/^-chdir(=|$)/, 'run check-plan in the folder where `init` ran'],
  [/^[^-]/, 'it would be another plan than the one that was judged'],
];

/** Variables that hold further arguments of `terraform apply`. */
const ARGUMENT_VARIABLES = ['TF_CLI_ARGS', 'TF_CLI_ARGS_apply'] as const;

/**
 * Everything that goes to `terraform apply` besides the plan, from the command line and from the variables that
 * Terraform takes arguments from. Throws `usage` for what could change what is applied.
 */
export function applyArguments(given: readonly string[], env: Env): readonly string[] {
  for (const argument of given) refuseUnlessAllowed(argument, 'after `--`');
  const fromEnv = ARGUMENT_VARIABLES.flatMap((name) => {
    const words = (env[name] ?? '').split(/\s+/).filter((word) => word !== '');
    for (const word of words) refuseUnlessAllowed(word, `in ${name}`);
    return words;
  });
  return [...fromEnv, ...given];
}

/** The environment of `terraform apply`. Throws `usage` for a variable that puts something else in the plan's place. */
export function applyEnvironment(env: Env): Env {
  const reattached = env['TF_REATTACH_PROVIDERS'] ?? '';
  if (reattached !== '') {
    throw new CheckError(
      'usage',
      'TF_REATTACH_PROVIDERS is set, so another program would stand in for the providers that made the plan',
      'unset it',
    );
  }
  const { TF_CLI_ARGS: _all, TF_CLI_ARGS_apply: _apply, ...rest } = env;
  return { ...rest, TF_IN_AUTOMATION: '1', TF_INPUT: '0' };
}

function refuseUnlessAllowed(argument: string, where: string): void {
  // Go's flag package takes two dashes for one.
  const plain = argument.replace(/^--(?=[^-])/, '-');
  if (ALLOWED.some((allowed) => allowed.test(plain))) return;
  const why = REFUSED.find(([pattern]) => pattern.test(plain))?.[1] ?? 'it is not known to be harmless';
  throw new CheckError(
    'usage',
    `${JSON.stringify(argument)} ${where} cannot go to the apply: ${why}`,
    'the arguments that may are -parallelism=N, -lock-timeout=T, -json, -no-color, -compact-warnings, -input=false',
  );
}
