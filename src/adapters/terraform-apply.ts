import { CheckError } from '../model/error.ts';
import type { SavedPlan } from './saved-plan.ts';

/** How the program ended: with a code, or by a signal. */
export interface ApplyEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface ApplyRun {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly args: readonly string[];
  /** Hears the signals that this process gets, until the function that it returns is called. */
  readonly onSignal: (listen: (signal: NodeJS.Signals) => void) => () => void;
  /** Whether a terminal sends its signals to the program as well. */
  readonly hasTerminal: boolean;
}

/**
 * Applies exactly the copy that was judged, with the program that showed it. Its streams are those of this process, and
 * a signal that asks this process to end asks the program; this one waits for it. Throws before anything has run.
 */
export async function applySavedPlan({ copy, program }: SavedPlan, run: ApplyRun): Promise<ApplyEnd> {
  const { spawn } = await import('node:child_process');
  if (!(await program.isSame()))
    throw new CheckError(
      'apply-refused',
      `${program.path} has been exchanged since it showed the plan`,
      'find out by whom before you try again',
    );
  await copy.verify();
  return new Promise((resolve, reject) => {
    const args = ['apply', '-input=false', ...run.args, copy.path];
    const child = spawn(program.path, args, {
      cwd: run.cwd,
      argv0: program.name,
      env: run.env,
      stdio: 'inherit',
    });
    const stop = run.onSignal((signal) => {
      // Ctrl-C at a terminal reaches the program by itself, and a second one would make it give up half-way.
      if (!(run.hasTerminal && FROM_KEYS.has(signal))) child.kill(signal);
    });
    child.on('error', (error) => {
      stop();
      reject(
        new CheckError(
          'apply-refused',
          `${program.path} cannot be started: ${error.message}`,
          'nothing was applied',
          error,
        ),
      );
    });
    child.on('close', (code, signal) => {
      stop();
      resolve({ code, signal });
    });
  });
}

const FROM_KEYS: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT']);
