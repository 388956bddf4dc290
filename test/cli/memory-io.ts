import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/run.ts';

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Outside extends Partial<Omit<Io, 'stdout' | 'stderr' | 'stdin'>> {
  readonly stdin?: string | Uint8Array;
}

/** Runs the command with an outside of its own: nothing of the machine's environment, terminal or clock comes in. */
export async function runIn(argv: readonly string[], { stdin = '', ...outside }: Outside = {}): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  async function* pipe(): AsyncGenerator<Uint8Array> {
    if (stdin.length > 0) yield typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin;
  }
  const io: Io = {
    stdin: pipe(),
    isTerminal: { stdin: false, stdout: false, stderr: false },
    columns: 80,
    env: { PATH: process.env['PATH'] },
    cwd: import.meta.dirname,
    now: () => Date.parse('2026-11-22T12:00:00Z'),
    onSignal: () => () => {},
    terminal: async () => null,
    ask: async () => '',
    ...outside,
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
  };
  const exitCode = await run(argv, io);
  return { exitCode, stdout, stderr };
}
