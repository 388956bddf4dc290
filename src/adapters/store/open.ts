import { resolve } from 'node:path';
import { CheckError } from '../../model/error.ts';
import { folderStore } from './folder.ts';
import type { Store } from './store.ts';

export interface StorePlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const DEFAULT_STORE = '.check-plan/sign-offs';

/** The store at a place: `s3://bucket/prefix`, `git:refs/…`, else a folder. What is not a folder is loaded only then. */
export async function openStore(place: string, at: StorePlace): Promise<Store> {
  if (place.startsWith('s3:')) {
    const { s3Store } = await import('../aws/s3-store.ts');
    return s3Store(place);
  }
  if (place.startsWith('git:')) {
    const { gitStore } = await import('./git.ts');
    return gitStore(place, at);
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(place)) {
    throw new CheckError(
      'usage',
      `there is no store of the kind ${JSON.stringify(place)}`,
      'name a folder, git:refs/check-plan/sign-offs, or s3://bucket/prefix',
    );
  }
  return folderStore(resolve(at.cwd, place), place);
}
