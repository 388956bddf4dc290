import type { Dependencies, KnownFrom } from '../model/dependency.ts';
import { KNOWN_FROM } from '../model/dependency.ts';

/** Takes in who leans on whom, up to a bound that no plan of people reaches. */
export interface GraphBuilder {
  lean(from: string, to: string, known: KnownFrom): void;
  /** Says that a name is no resource: it only hands a value on. */
  passage(name: string): void;
  /** Something that the document leaves out; said once. */
  leaveOut(says: string): void;
  built(): Dependencies;
}

export function createGraph(): GraphBuilder {
  const leansOn = new Map<string, Map<string, KnownFrom>>();
  const passages = new Set<string>();
  const untold = new Set<string>();
  let edges = 0;
  return {
    lean(from, to, known) {
      if (from === to) return;
      const all = leansOn.get(from) ?? new Map<string, KnownFrom>();
      const before = all.get(to);
      if (before === undefined && edges === MOST_EDGES) {
        untold.add(TOO_MANY);
        return;
      }
      if (before === undefined) edges++;
      if (before === undefined || KNOWN_FROM.indexOf(known) < KNOWN_FROM.indexOf(before)) all.set(to, known);
      leansOn.set(from, all);
    },
    passage: (name) => passages.add(name),
    leaveOut: (says) => untold.add(says),
    built: () => ({ leansOn, passages, untold: [...untold] }),
  };
}

const MOST_EDGES = 500_000;
const TOO_MANY = `more than ${MOST_EDGES} dependencies are written down: only the first were looked at`;
