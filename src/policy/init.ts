import { plainId } from './plain-id.ts';
import { publicKeyOf } from './public-key.ts';

/** What was found about a repository that a first policy may name. */
export interface Found {
  readonly accounts: readonly string[];
  readonly workspaces: readonly string[];
  readonly environments: readonly string[];
  readonly signers: readonly Signer[];
}

interface Signer {
  readonly id: string;
  readonly email: string | null;
  /** The line of an OpenSSH `.pub` file, where one was found. */
  readonly key: string | null;
}

/**
 * The text of a first `check-plan.yaml`. Nothing found can make it looser than the defaults: accounts found count as
 * production, and people found stand below the level that may sign until somebody raises them.
 */
export function firstPolicy(found: Found): string {
  return `# What check-plan must know of this repository. Keep it on a protected branch: a change cannot loosen its own check.
version: 1

# Production is found by tags, names and addresses (prod, live, staging, dev ...). Lists are surer, for nobody changes
# an account in passing. What nothing tells about is treated as production.
production:
${accounts(found.accounts)}
${examples('workspaces', 'workspaces found', found.workspaces, '["default"]')}
  # addresses: ["module.shop.*"]
${examples('tags', 'environments found', found.environments, '{ environment: ["prod", "live"] }')}

# nonProduction:
#   # Move here the accounts that hold nothing to lose.
#   accounts: ["012345678901"]

roster:
  levels: [junior, mid, senior, principal]
${persons(found.signers)}

signOff:
  maxHours: 24
  # none, touch or verified: what a security key must prove. Only keys that begin with sk- can.
  presence: none
  # destruction: a new plan with the same destruction keeps its sign-off. plan-file: it needs a new one.
  binding: destruction
  # By severity, then by who wrote the change: none, blocked, or how many persons of which level must sign.
  required:
    critical: &one-senior
      ai: { persons: 1, level: senior }
      unknown: { persons: 1, level: senior }
      declaredHuman: none
    high: *one-senior

# rules:
#   CP001:
#     severity: medium
#     reason: at least ten characters that say why
#     expires: 2030-01-31
`;
}

function accounts(found: readonly string[]): string {
  const ids = [...new Set(found.map((id) => id.trim()))].filter((id) => id !== '' && !/[\n\r]/.test(id));
  if (ids.length === 0) return '  accounts: [] # ["012345678901"]';
  return `  # All that were found. Move those that are not production to nonProduction.\n  accounts: [${ids.map(quoted).join(', ')}]`;
}

function examples(key: string, what: string, found: readonly string[], example: string): string {
  const seen = found.length === 0 ? '' : `  # ${what}: ${found.map(quoted).join(', ')}\n`;
  return `${seen}  # ${key}: ${example}`;
}

const NOBODY = `  # Nobody can sign until somebody stands here.
  # persons:
  #   - id: alice
  #     level: senior
  #     keys: ["ssh-ed25519 AAAA..."]
  #     emails: ["alice@example.com"]
  #     accounts: ["github:alice"]`;

function persons(signers: readonly Signer[]): string {
  const taken = new Set<string>();
  const free = (value: string): boolean => !taken.has(value) && taken.add(value) !== undefined;
  const entries = signers.flatMap(({ id, email, key }): string[] => {
    const read = key === null ? null : publicKeyOf(key.trim());
    const name = plainId(id);
    if (read === null || 'wrong' in read || !free(`key ${read.text.split(' ')[1]}`) || !free(`id ${name}`))
      return [];
    const mail = email?.toLowerCase() ?? '';
    const emails =
      /^[^\s@]+@[^\s@]+$/.test(mail) && free(`mail ${mail}`) ? [`      emails: [${quoted(mail)}]`] : [];
    return [
      [`    - id: ${quoted(name)}`, '      level: mid', `      keys: [${quoted(read.text)}]`, ...emails].join(
        '\n',
      ),
    ];
  });
  if (entries.length === 0) return NOBODY;
  return `  # Give senior to those who may sign. Add the accounts of each (github:alice), so that nobody approves their own change.\n  persons:\n${entries.join('\n')}`;
}

/** JSON text is YAML text, on one line; what YAML does not print raw is escaped. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
