import type { Source } from '../judge.ts';
import type { ReadContext } from '../readers/saved-plan/read.ts';
import { type PrivateCopy, privateCopy } from './private-copy.ts';
import { findTerraform, type Program, type Terraform } from './program.ts';
import { showPlan } from './terraform.ts';

/** A saved plan as it is judged: a copy of its own, and the program that shows it and can apply it. */
export interface SavedPlan {
  readonly copy: PrivateCopy;
  readonly program: Program;
  /** The digest is that of the saved plan, since that is what an apply takes; the changes are what the program shows. */
  readonly source: Required<Source>;
}

/** A zip's first bytes: what `terraform plan -out` writes. */
const SAVED_PLAN = [0x50, 0x4b, 0x03, 0x04];
export const SAVED_PLAN_HEAD = SAVED_PLAN.length;
export const isSavedPlan = (head: Uint8Array): boolean =>
  SAVED_PLAN.every((byte, index) => head[index] === byte);

/** Copies a saved plan first: the same copy is hashed, shown and applied, and nobody can swap the file in between. */
export async function openSavedPlan(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  { cwd, terraform }: { readonly cwd: string; readonly terraform: Terraform },
): Promise<SavedPlan> {
  const copy = await privateCopy(bytes);
  try {
    const program = await findTerraform(terraform, cwd);
    const shown = showPlan(copy.path, name, cwd, program, terraform.env);
    const source = { name, bytes: shown, digest: () => copy.digest, context: () => contextOf(copy) };
    return { copy, program, source };
  } catch (thrown) {
    await copy.remove();
    throw thrown;
  }
}

/** The readers of its format are loaded only where there is a saved plan. */
async function contextOf(copy: PrivateCopy): Promise<ReadContext> {
  const bytes = await copy.read(LARGEST);
  if (bytes === null) return { absent: `more than ${LARGEST} bytes are not read` };
  const { readSavedPlan } = await import('../readers/saved-plan/read.ts');
  return readSavedPlan(bytes);
}

const LARGEST = 128 * 1024 * 1024;
