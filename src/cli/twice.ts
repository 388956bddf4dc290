import type { Spool } from '../adapters/spool.ts';
import type { Input } from '../check.ts';
import type { BlastRadius, Untold } from '../model/blast-radius.ts';
import type { Report } from '../model/report.ts';
import type { Io } from './io.ts';

/** What hangs on what each change set takes away, in their order; read from the inputs when it is asked for. */
export type Radii = () => Promise<readonly (BlastRadius | Untold)[]>;

/** For who does not read the inputs again. */
export const noRadii: Radii = async () => [];

/** What a run needs that may read its inputs twice. */
export interface Twice {
  /** The same outside, with a standard input that can be read again. */
  readonly io: Io;
  radiiOf(inputs: readonly Input[], report: Report): Radii;
  /** Takes away what was copied. */
  end(): Promise<void>;
}

/** The standard input comes only once, so it is copied while it is read; files are opened again. */
export async function readingTwice(names: readonly string[], io: Io): Promise<Twice> {
  const spool: Spool | null = names.includes('-')
    ? (await import('../adapters/spool.ts')).spooled(io.stdin)
    : null;
  return {
    io: spool === null ? io : { ...io, stdin: spool.bytes },
    radiiOf: (inputs, report) => async () => {
      const { lookAgainAtAll } = await import('../adapters/second-look.ts');
      return lookAgainAtAll(inputs, report.changeSets);
    },
    end: async () => spool?.remove(),
  };
}

/** For a run that reads everything once. */
export const readingOnce = (io: Io): Twice => ({ io, radiiOf: () => noRadii, end: async () => {} });
