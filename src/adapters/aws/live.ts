import type { Source } from '../../judge.ts';
import { connected, gather, sourceOf } from './ask.ts';
import type { LiveName } from './live-name.ts';
import type { AwsOptions } from './options.ts';

/** Asks AWS for what the name stands for. Throws what `gatherChangeSet` and `gatherStack` throw. */
export async function openLive(name: LiveName, options: AwsOptions): Promise<Source> {
  const aws = await connected(name, options);
  try {
    return sourceOf(name, await gather(aws, name));
  } finally {
    aws.close();
  }
}
