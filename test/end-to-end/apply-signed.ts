import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ran, runIn } from '../cli/memory-io.ts';
import { TERRAFORM_ENV } from './terraform-scenario.ts';

const KEYS = mkdtempSync(join(tmpdir(), 'check-plan-keys-'));

/** A key of that person, made once. */
export function keyOf(person: string): string {
  const path = join(KEYS, person);
  try {
    readFileSync(path);
  } catch {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', person, '-f', path]);
  }
  return path;
}

const publicLine = (person: string): string => {
  const [type, key] = readFileSync(`${keyOf(person)}.pub`, 'utf8').split(' ');
  return `${type} ${key}`;
};

/** Whatever is lost needs a senior; alice and dora are seniors, bob is none. `more` goes into `signOff`. */
const signedPolicy = (more = ''): string => `version: 1
roster:
  persons:
${['alice senior', 'dora senior', 'bob mid']
  .map((each) => each.split(' '))
  .map(
    ([id = '', level]) =>
      `    - id: ${id}\n      level: ${level}\n      emails: [${id}@example.dev]\n      keys: ["${publicLine(id)}"]\n`,
  )
  .join('')}signOff:
${more}  required:
    medium: { ai: { persons: 1, level: senior }, unknown: { persons: 1, level: senior } }
    low: { ai: { persons: 1, level: senior }, unknown: { persons: 1, level: senior } }
`;

export const writePolicy = (folder: string, more = ''): void =>
  writeFileSync(join(folder, 'check-plan.yaml'), signedPolicy(more));

/** A person at a terminal, who signs what is planned in the folder. */
export const signIn = (folder: string, person: string, ...more: readonly string[]): Promise<Ran> =>
  atTerminal(folder, ['sign', 'tfplan', '--key', keyOf(person), ...more]);

export const atTerminal = (
  folder: string,
  args: readonly string[],
  outside: { readonly now?: () => number } = {},
): Promise<Ran> =>
  runIn(args, {
    cwd: folder,
    env: TERRAFORM_ENV,
    isTerminal: { stdin: true, stdout: true, stderr: true },
    ask: async () => '1',
    now: Date.now,
    ...outside,
  });
