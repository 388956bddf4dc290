import { fstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { ProcessFacts, TerminalFacts } from '../authorship/terminal.ts';

const STANDARD_INPUT = 0;
const MOST_ANCESTORS = 64;

/** What /proc says of the terminal of this process; null where there is no such place (macOS, Windows). */
export function terminalFacts(): TerminalFacts | null {
  const self = statusOf('self');
  if (self === null) return null;
  return {
    isControlling: self.terminal !== 0 && self.terminal === deviceOf(STANDARD_INPUT),
    isForeground: self.group === self.foreground,
    ancestors: ancestorsOf(self.parent),
    holders: holdersOf(self.terminal),
  };
}

interface Status {
  readonly name: string;
  readonly parent: string;
  readonly group: string;
  /** As stat(2) numbers devices; 0 for none. */
  readonly terminal: number;
  readonly foreground: string;
}

/** proc(5), `/proc/PID/stat`. The name stands in brackets and may hold anything, brackets too. */
function statusOf(pid: string): Status | null {
  const text = read(`/proc/${pid}/stat`);
  const [begin, end] = [text.indexOf('('), text.lastIndexOf(')')];
  if (begin < 0 || end < begin) return null;
  const [, parent = '0', group = '', , terminal = '0', foreground = ''] = text.slice(end + 2).split(' ');
  return { name: text.slice(begin + 1, end), parent, group, terminal: Number(terminal), foreground };
}

const deviceOf = (descriptor: number): number => {
  try {
    return fstatSync(descriptor).rdev;
  } catch {
    return -1;
  }
};

function ancestorsOf(first: string): readonly ProcessFacts[] {
  const ancestors: ProcessFacts[] = [];
  let pid = first;
  while (pid !== '0' && ancestors.length < MOST_ANCESTORS) {
    const status = statusOf(pid);
    if (status === null) break;
    ancestors.push(factsOf(pid, status.name));
    pid = status.parent;
  }
  return ancestors;
}

const factsOf = (pid: string, name: string): ProcessFacts => ({
  name,
  command: read(`/proc/${pid}/cmdline`)
    .split('\0')
    .filter((word) => word !== ''),
  env: Object.fromEntries(
    read(`/proc/${pid}/environ`)
      .split('\0')
      .flatMap((pair) => {
        const at = pair.indexOf('=');
        return at > 0 ? [[pair.slice(0, at), pair.slice(at + 1)]] : [];
      }),
  ),
});

const PSEUDO_TERMINALS = { first: 136, last: 143, each: 256 };

/**
 * Whoever holds the other end of a pseudo-terminal, which is where its keystrokes come from, and who started them. Only
 * processes of the same user can be looked into: behind ssh, or on the machine's own console, nobody is found.
 */
function holdersOf(device: number): readonly ProcessFacts[] {
  const [major, minor] = [(device >> 8) & 0xfff, (device & 0xff) | ((device >> 12) & 0xfff00)];
  if (major < PSEUDO_TERMINALS.first || major > PSEUDO_TERMINALS.last) return [];
  const index = (major - PSEUDO_TERMINALS.first) * PSEUDO_TERMINALS.each + minor;
  return list('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => holds(pid, index))
    .flatMap(ancestorsOf);
}

const holds = (pid: string, index: number): boolean =>
  list(`/proc/${pid}/fd`).some((fd) => {
    const target = link(`/proc/${pid}/fd/${fd}`);
    if (target !== '/dev/ptmx' && target !== '/dev/pts/ptmx') return false;
    return new RegExp(`^tty-index:\\s*${index}$`, 'm').test(read(`/proc/${pid}/fdinfo/${fd}`));
  });

// Processes end while they are looked at, and those of others may not be: what cannot be read is empty.
const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};
const list = (path: string): readonly string[] => {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
};
const link = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
};
