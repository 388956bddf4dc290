import { EXIT } from '../model/decision.ts';
import type { Io } from './io.ts';
import { run } from './run.ts';

const DEFAULT_COLUMNS = 100;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

const io: Io = {
  stdout: (text) => void output().write(text),
  stderr: (text) => void process.stderr.write(text),
  // Asking for a stream opens it, and few runs need all three.
  get stdin() {
    return process.stdin;
  },
  isTerminal: {
    get stdin() {
      return process.stdin.isTTY === true;
    },
    get stdout() {
      return process.stdout.isTTY === true;
    },
    get stderr() {
      return process.stderr.isTTY === true;
    },
  },
  // A report that is piped into a pager is read on the terminal that the standard error is still tied to.
  get columns() {
    return process.stdout.columns ?? process.stderr.columns ?? DEFAULT_COLUMNS;
  },
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
  onSignal: (listen) => {
    for (const signal of SIGNALS) process.on(signal, listen);
    return () => {
      for (const signal of SIGNALS) process.off(signal, listen);
    };
  },
  terminal: async () => (await import('../adapters/terminal.ts')).terminalFacts(),
  ask: async (question) => {
    const [{ openSync }, { createInterface }, { ReadStream, WriteStream }] = await Promise.all([
      import('node:fs'),
      import('node:readline/promises'),
      import('node:tty'),
    ]);
    // A terminal's own streams, not those of a file: a read that nobody answers must not keep the process alive.
    const [input, output] = [
      new ReadStream(openSync('/dev/tty', 'r')),
      new WriteStream(openSync('/dev/tty', 'w')),
    ];
    const terminal = createInterface({ input, output });
    try {
      return await terminal.question(question);
    } finally {
      terminal.close();
      input.destroy();
      output.destroy();
    }
  },
};

let isCut = false;
let opened: NodeJS.WriteStream | null = null;

function output(): NodeJS.WriteStream {
  opened ??= process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that goes away (`| head`) must not turn a verdict into a crash with another exit code.
    if (error.code === 'EPIPE') return;
    isCut = true;
    process.exitCode = EXIT.cannotJudge;
  });
  return opened;
}

/** The whole command, from the words behind its name to its exit code. */
export function main(): void {
  // Until there is a verdict, however the process may end, it is no pass.
  process.exitCode = EXIT.cannotJudge;
  void run(process.argv.slice(2), io).then((exitCode) => {
    // Set, not called: pending output is still written before the process ends. A report that could not be written is no pass.
    process.exitCode = isCut ? EXIT.cannotJudge : exitCode;
  });
}
