import { spawnSync } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProtectOptions } from './options.ts';

/** The part of a JSON report that is told in a synth. */
export interface AppReport {
  readonly exitCode: number;
  readonly decision: string;
  readonly changeSets: readonly {
    readonly signOffDigest: string | null;
    readonly changes: readonly AppChange[];
    readonly hazards: readonly AppHazard[];
    readonly findings: readonly AppFinding[];
  }[];
  readonly errors: readonly {
    readonly code: string;
    readonly message: string;
    readonly mend: string | null;
  }[];
}
export interface AppChange {
  readonly address: string;
  readonly type: string;
  readonly construct: Place | null;
  readonly causes: readonly { readonly says?: string; readonly path?: readonly (string | number)[] }[];
  readonly findings: readonly AppFinding[];
  readonly needsSignOff: boolean;
}
export interface AppHazard {
  readonly id: string;
  readonly address: string;
  readonly construct: Place | null;
  readonly says: string;
  readonly instead: string;
}
interface AppFinding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly instead: readonly string[];
}
interface Place {
  readonly path: string;
  readonly source: string | null;
}

/** At the same depth from `dist/cdk` and from `src/cdk`. */
const COMMAND = fileURLToPath(new URL('../../bin/check-plan.js', import.meta.url));

/**
 * Has the command judge what was synthesised, in a process of its own: a synth cannot wait for git or for a signature to be
 * verified, and so it is the very same judgement as outside of it. Throws where there is no report.
 */
export function reportOf(directory: string, options: ProtectOptions): AppReport {
  const given: Readonly<Record<string, string | undefined>> = {
    '--baseline': options.baseline,
    '--policy': options.policy,
    '--environment': options.environment,
    '--author': options.author,
    '--commits': options.commits,
    '--store': options.signOffs,
  };
  const named = Object.entries(given).flatMap(([option, value]) =>
    value === undefined ? [] : [`${option}=${value}`],
  );
  const { stdout, stderr, error } = spawnSync(
    process.execPath,
    // A folder may be called like a command.
    [COMMAND, isAbsolute(directory) ? directory : `./${directory}`, '--format', 'json', ...named],
    { encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 },
  );
  if (error !== undefined) throw new Error(`check-plan cannot be run: ${error.message}`);
  try {
    const report: AppReport = JSON.parse(stdout);
    if (Array.isArray(report.changeSets) && Array.isArray(report.errors)) return report;
  } catch {
    // What it says instead is told below.
  }
  throw new Error(`check-plan gives no report: ${stderr.trim() || stdout.slice(0, 200)}`);
}
