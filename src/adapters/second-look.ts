import type { Input } from '../check.ts';
import type { Source } from '../judge.ts';
import type { BlastRadius, Untold } from '../model/blast-radius.ts';
import { takesAway } from '../model/change.ts';
import type { Dependencies } from '../model/dependency.ts';
import { problemOf } from '../model/error.ts';
import type { JudgedChangeSet } from '../model/report.ts';
import { blastRadiusOf } from '../reach/blast-radius.ts';
import { readDependencies } from '../readers/dependencies.ts';

/**
 * Reads an input that was judged once more, for what hangs on what it takes away. It decides nothing, so whatever goes
 * wrong is only told; and what is told is of the very bytes that were judged, or nothing is.
 */
export async function lookAgain(input: Input, set: JudgedChangeSet): Promise<BlastRadius | Untold> {
  if (!set.changes.some(({ effect }) => takesAway(effect)))
    return { resources: [], links: [], more: 0, untold: [] };
  try {
    const source = await input.open();
    const dependencies = 'bytes' in source ? await dependenciesIn(source, set) : await source.dependencies();
    if (source.digest() !== set.inputDigest)
      return { why: 'the input was another one when it was read again' };
    return blastRadiusOf(set, dependencies);
  } catch (thrown) {
    return { why: problemOf(thrown, null).message };
  }
}

const dependenciesIn = ({ bytes }: Source, { kind }: JudgedChangeSet): Promise<Dependencies> =>
  readDependencies(bytes, kind === 'terraform' ? 'terraform' : 'cloudformation');

/** The same for every change set of a run. */
export async function lookAgainAtAll(
  inputs: readonly Input[],
  sets: readonly JudgedChangeSet[],
): Promise<readonly (BlastRadius | Untold)[]> {
  const found: (BlastRadius | Untold)[] = [];
  for (const set of sets) {
    // What is asked of AWS by a name is called by its ARN once it is opened; the digest tells whether it is the same.
    const input =
      inputs.find(({ name }) => name === set.source) ?? (inputs.length === 1 ? inputs[0] : undefined);
    found.push(input === undefined ? { why: 'its input cannot be read again' } : await lookAgain(input, set));
  }
  return found;
}
