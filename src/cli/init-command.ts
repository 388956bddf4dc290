import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lookAround } from '../adapters/found.ts';
import { POLICY_FILE } from '../adapters/policy-file.ts';
import { repositoryOf } from '../adapters/repository.ts';
import { EXIT } from '../model/decision.ts';
import { CheckError } from '../model/error.ts';
import { firstPolicy } from '../policy/init.ts';
import type { Io } from './io.ts';

/** `check-plan init`: a first policy at the top of the repository. */
export async function initCommand(io: Io): Promise<number> {
  const repository = await repositoryOf({ cwd: io.cwd, env: io.env });
  const folder = repository.is === 'work-tree' ? repository.top : io.cwd;
  const path = join(folder, POLICY_FILE);
  const found = await lookAround(folder, io.env);
  try {
    await writeFile(path, firstPolicy(found), { flag: 'wx' });
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
    throw new CheckError('usage', `${path} exists already`, 'edit it, or move it away first');
  }
  io.stdout(
    [
      `${path} written`,
      `  accounts seen, taken for production: ${listed(found.accounts)}`,
      `  signing keys seen: ${listed(found.signers.flatMap(({ id, key }) => (key === null ? [] : [id])))}`,
      '',
      'Next: read it, put the seniors who may sign into its roster, and merge it into the protected branch.',
      '',
    ].join('\n'),
  );
  return EXIT.allowed;
}

const listed = (words: readonly string[]): string => (words.length === 0 ? 'none' : words.join(', '));
