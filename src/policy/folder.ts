import { createHash } from 'node:crypto';
import type { Policy } from '../model/policy.ts';

/**
 * The policy with the files of the folder that it names, so that its digest stands for them too: it is the sha256 of
 * what `sha256sum POLICY FOLDER/*` prints in the folder of the policy. `file` is the name of the policy there.
 */
export function withFolder(policy: Policy, file: string, files: ReadonlyMap<string, string>): Policy {
  const { own, digest } = policy;
  if (own?.folder === undefined) return policy;
  const { name } = own.folder;
  const lines = [...files].map(([one, text]) => `${sha256(text)}  ${name}/${one}\n`);
  return {
    ...policy,
    digest: sha256([`${digest}  ${file}\n`, ...lines].join('')),
    own: { ...own, folder: { name, files } },
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
