import type { Hand, Signal } from '../model/authorship.ts';
import type { AuthorshipInput } from './input.ts';
import { agentOfAccount, agentOfBranch } from './recognise.ts';
import { rowsBy } from './signals.ts';
import { ofRow } from './text-signals.ts';

const VARIABLES = rowsBy('variable');
const PREFIXES = rowsBy('variable-prefix');

/** What says that an agent runs this very process: its variables. On a CI runner there are normally none. */
export function signalsOfEnvironment(env: AuthorshipInput['env']): Signal[] {
  const named = VARIABLES.flatMap((row) => {
    const value = env[row.match.name];
    const counts = isSet(value) && (row.match.value === null || row.match.value.test(value));
    return counts ? [ofRow(row, 'environment', row.match.name, value)] : [];
  });
  const prefixed = Object.entries(env).flatMap(([name, value]) => {
    const row = PREFIXES.find(({ match }) => name.startsWith(match.prefix));
    // What else has such a name may hold a secret: that it is set is all that is told.
    return row && isSet(value) ? [ofRow(row, 'environment', name, 'set')] : [];
  });
  return [...named, ...prefixed];
}

export function signalsOfBranches(branches: readonly (string | null | undefined)[]): Signal[] {
  return [...new Set(branches)].flatMap((branch) => {
    const row = branch ? agentOfBranch(branch) : null;
    return row && branch ? [ofRow(row, 'branch', 'branch', branch)] : [];
  });
}

/** An agent's account that started the run. Weak: reviewing agents start runs on what people wrote. */
export function signalsOfActors(actors: readonly Hand[]): Signal[] {
  return actors.flatMap(({ identity }): Signal[] => {
    const [, scheme, name = ''] = /^(github|github-id):(.*)$/.exec(identity.toLowerCase()) ?? [];
    if (scheme === undefined) return [];
    const row = agentOfAccount(scheme === 'github' ? { login: name, id: null } : { login: '', id: name });
    return row ? [{ ...ofRow(row, 'pull-request', 'who started this run', identity), strength: 'weak' }] : [];
  });
}

/** `AI_AGENT=false` is how a person switches the detection of agents off. */
function isSet(value: string | undefined): value is string {
  return value !== undefined && !['', '0', 'false'].includes(value.trim().toLowerCase());
}
