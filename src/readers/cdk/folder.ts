import { CheckError } from '../../model/error.ts';

/** A folder as an adapter hands it over. Paths are relative to it, with `/` between the steps. */
export interface Folder {
  /** How messages call it: `cdk.out`. */
  readonly name: string;
  /** The bytes of a file, or null where there is none. */
  read(path: string): Uint8Array | null;
  /** The names of the files that lie directly in it. */
  names(): readonly string[];
}

/**
 * The path that a document names, seen from the folder that holds all of it. Throws CheckError `malformed-plan` where it
 * leads out of that folder: the document is hostile input, and what lies elsewhere was not handed over to be judged.
 */
export function pathInside(directory: string, named: string, where: string): string {
  const steps: string[] = [];
  for (const step of [...directory.split('/'), ...named.split('/')]) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.pop() === undefined) throw outside(named, where);
    if (step !== '..') steps.push(step);
  }
  if (ABSOLUTE.test(named) || named.includes('\\') || named.includes('\0') || steps.length === 0)
    throw outside(named, where);
  return steps.join('/');
}

const ABSOLUTE = /^(?:\/|[A-Za-z]:)/;

const outside = (named: string, where: string): CheckError =>
  new CheckError(
    'malformed-plan',
    `${where} names the file ${JSON.stringify(named)}, which is not inside of the folder`,
    'synthesise the app again with `cdk synth`, and change nothing in cdk.out',
  );
