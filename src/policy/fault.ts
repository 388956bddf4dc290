import type { Path } from '../model/json.ts';

/** Something wrong in a policy, at a place in it. */
export interface Fault {
  readonly path: Path;
  /** Whether the key itself is wrong, not its value. */
  readonly atKey: boolean;
  /** What is wrong, to be read after the path: `is 5, not text`. */
  readonly says: string;
  readonly mend: string | null;
}

/** Carries a fault out of the depth of a check to the one place that knows lines and columns. */
export class PolicyFault extends Error {
  readonly fault: Fault;

  constructor(path: Path, says: string, mend: string | null = null) {
    super(says);
    this.fault = { path, atKey: false, says, mend };
  }
}

/** `roster.persons[0].keys[1]`; keys that are no plain words in quotes. */
export const pathText = (path: Path): string =>
  path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[A-Za-z_][\w-]*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
