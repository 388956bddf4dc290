import { openSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { ReadStream, WriteStream } from 'node:tty';
import type { Io } from './io.ts';
import { run } from './run.ts';

const DEFAULT_COLUMNS = 100;

const io: Io = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  stdin: process.stdin,
  isTerminal: {
    stdin: process.stdin.isTTY === true,
    stdout: process.stdout.isTTY === true,
    stderr: process.stderr.isTTY === true,
  },
  columns: process.stdout.columns ?? DEFAULT_COLUMNS,
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
  ask: async (question) => {
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

// A reader that goes away (`| head`) must not turn a verdict into a crash with another exit code.
process.stdout.on('error', () => {});
// Set, not called: pending output is still written before the process ends.
process.exitCode = await run(process.argv.slice(2), io);
