import type { CheckOptions } from './check-command.ts';

export interface PlainCheck {
  readonly inputs: readonly string[];
  readonly options: CheckOptions;
}

/**
 * A check as it is mostly asked for, files and maybe `--quiet`: such a command line is understood here, since the parser
 * that all others need takes longer to load than a small plan to judge. Null for every other, the wrong ones too.
 */
export function plainCheck(argv: readonly string[]): PlainCheck | null {
  const inputs = argv.filter((word) => !SWITCHES.has(word));
  if (inputs.length === 0 || !inputs.every((word) => FILE.test(word))) return null;
  const quiet = argv.includes('--quiet') ? { quiet: true } : {};
  return { inputs, options: { color: !argv.includes('--no-color'), ...quiet } };
}

const SWITCHES: ReadonlySet<string> = new Set(['--quiet', '--no-color']);
/** What is no option, and has in it what no command has in its name. */
const FILE = /^(?!-)(?=.*[./])|^tfplan$/s;
