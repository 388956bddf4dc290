import { createHash } from 'node:crypto';
import type { Source } from '../../judge.ts';
import { CheckError } from '../../model/error.ts';
import { type CloudFormation, cloudFormation } from './cloudformation.ts';
import { type Gathered, gatherChangeSet, gatherStack } from './gather.ts';
import { DELETE_STACK, type LiveName } from './live-name.ts';
import type { AwsOptions } from './options.ts';

/** A client for the region in which the thing lives: an ARN says which. */
export function connected({ region }: LiveName, options: AwsOptions): Promise<CloudFormation> {
  if (region !== null && options.region !== null && options.region !== region)
    throw new CheckError(
      'usage',
      `--region ${options.region} is another one than that of the ARN, ${region}`,
      'leave --region out',
    );
  return cloudFormation({ ...options, region: region ?? options.region });
}

export const gather = (aws: CloudFormation, name: LiveName): Promise<Gathered> =>
  name.is === 'deletion' ? gatherStack(aws, name.stack) : gatherChangeSet(aws, name);

/** What was gathered, as an input that is opened: it has the ARN for a name, which means the same tomorrow. */
export function sourceOf(name: LiveName, { id, bytes }: Gathered): Source {
  const digest = createHash('sha256').update(bytes).digest('hex');
  async function* once(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  return { name: name.is === 'deletion' ? `${DELETE_STACK}${id}` : id, bytes: once(), digest: () => digest };
}
