import { DEFAULT_STORE, openStore } from '../adapters/store/open.ts';
import type { Store } from '../adapters/store/store.ts';
import { CheckError } from '../model/error.ts';
import type { SignOffPolicy } from '../model/policy.ts';
import type { Io } from './io.ts';
import type { WorldOptions } from './options.ts';

/**
 * Where the records are. What the policy names cannot be named otherwise: in another store a sign-off that was used up
 * would look as if nobody had used it. Throws `usage`.
 */
export function storeOf(
  { store: given }: Pick<WorldOptions, 'store'>,
  { store: named }: Pick<SignOffPolicy, 'store'>,
  io: Io,
): Promise<Store> {
  if (given !== undefined && named !== null && given !== named) {
    throw new CheckError(
      'usage',
      `--store names ${given}, and the policy has the records in ${named}`,
      'leave --store out, or change the policy on its protected branch',
    );
  }
  return openStore(given ?? named ?? DEFAULT_STORE, { cwd: io.cwd, env: io.env });
}
