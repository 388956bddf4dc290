import { visible } from '../reporters/visible.ts';
import type { Io } from './io.ts';

/** One line on a terminal that says how far a long run is. */
export interface Progress {
  read(name: string, bytes: number, total: number | null): void;
  judged(done: number, of: number): void;
  /** Takes the line away. */
  end(): void;
}

/** Silent where the standard error is no terminal or `isQuiet`, and for runs that end before anybody wonders. */
export function createProgress(io: Io, isQuiet: boolean): Progress {
  if (isQuiet || !io.isTerminal.stderr) return SILENT;
  let next = io.now() + FIRST_AFTER;
  let isShown = false;
  const show = (text: () => string): void => {
    const now = io.now();
    if (now < next) return;
    next = now + EVERY;
    isShown = true;
    io.stderr(`${CLEAR}${text().slice(0, Math.min(io.columns, NARROW) - 1)}`);
  };
  return {
    read: (name, bytes, total) => show(() => `reading ${visible(name)} ${readSoFar(bytes, total)}`),
    judged: (done, of) => show(() => `judged ${done} of ${of} plans`),
    end: () => {
      if (isShown) io.stderr(CLEAR);
      isShown = false;
    },
  };
}

const SILENT: Progress = { read: () => {}, judged: () => {}, end: () => {} };
const FIRST_AFTER = 500;
const EVERY = 100;
const CLEAR = '\r\u001b[2K';
/** A line that wraps could not be taken away, and the width of the standard error is not known. */
const NARROW = 80;
const MB = 1_000_000;

const readSoFar = (bytes: number, total: number | null): string =>
  total === null || total === 0
    ? `${Math.floor(bytes / MB)} MB`
    : `${Math.floor(bytes / MB)} MB of ${Math.ceil(total / MB)} MB (${Math.min(Math.floor((bytes / total) * 100), 100)} %)`;
