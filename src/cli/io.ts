import type { TerminalFacts } from '../authorship/terminal.ts';

/** The outside as the commands see it; `main.ts` fills it from `process`, tests from memory. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly isTerminal: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  /** Width of the terminal, or what a log is read at. */
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Takes the signals that ask the process to end, until the function that it returns is called. */
  onSignal(listen: (signal: NodeJS.Signals) => void): () => void;
  /** What the system knows of the terminal, where it can be asked; null elsewhere. */
  terminal(): Promise<TerminalFacts | null>;
  /** Puts a question to the person at the terminal itself, whatever the standard streams are tied to. */
  ask(question: string): Promise<string>;
}
