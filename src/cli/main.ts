import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline/promises';
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
    const [input, output] = [createReadStream('/dev/tty'), createWriteStream('/dev/tty')];
    const terminal = createInterface({ input, output });
    try {
      return await terminal.question(question);
    } finally {
      terminal.close();
      input.destroy();
      output.end();
    }
  },
};

// A reader that goes away (`| head`) must not turn a verdict into a crash with another exit code.
process.stdout.on('error', () => {});
// Set, not called: pending output is still written before the process ends.
process.exitCode = await run(process.argv.slice(2), io);
