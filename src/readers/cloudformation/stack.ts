import type { StatedTag } from '../../model/change.ts';
import type { Location } from '../../model/environment.ts';
import { type JsonObject, text } from '../../model/json.ts';
import { optionalList } from './member.ts';
import type { Policies } from './policies.ts';
import type { Surroundings } from './surroundings.ts';

/** The stack that a change set is for, as its resources need it. */
export interface Stack {
  /** `shop-prod`, or `shop-prod/Network` for a nested one: where its resources stand. */
  readonly path: string;
  readonly location: Location;
  readonly tags: readonly StatedTag[];
  /** Of the template that is deployed, and of the one that would be; null where the document has none. */
  readonly deployed: Policies | null;
  readonly next: Policies | null;
}

/** The stack that a description speaks of. `path` is null for a root: its name says where it is. */
export function stackOf(head: JsonObject, path: string | null, { stacks, next }: Surroundings): Stack {
  const [id, changeSetId] = [text(head, 'StackId') ?? '', text(head, 'ChangeSetId') ?? ''];
  const known = stacks.get(id);
  return {
    path: path ?? stackNameOf(head) ?? '?',
    location: locationOfArn(ARN.test(id) ? id : changeSetId),
    deployed: known?.policies ?? null,
    next: next.get(changeSetId) ?? null,
    tags: [
      ...(known?.tags ?? []),
      ...optionalList(head, 'Tags', 'the change set').flatMap((tag) =>
        stated('stack tag', text(tag, 'Key'), text(tag, 'Value')),
      ),
      ...optionalList(head, 'Parameters', 'the change set').flatMap((parameter) =>
        stated(
          'stack parameter',
          text(parameter, 'ParameterKey'),
          text(parameter, 'ResolvedValue') ?? text(parameter, 'ParameterValue'),
        ),
      ),
    ],
  };
}

/** The account and region in the ARN of a stack or a change set. */
export function locationOfArn(arn: string): Location {
  const [, region = null, account = null] = ARN.exec(arn) ?? [];
  return { account, region };
}

/** The name of the stack, or null where the description does not have it. */
export const stackNameOf = (head: JsonObject): string | null =>
  text(head, 'StackName') || (STACK_ARN.exec(text(head, 'StackId') ?? '')?.[1] ?? null);

const ARN = /^arn:aws[a-z-]*:cloudformation:([a-z0-9-]+):([0-9]{12}):/;
const STACK_ARN = /^arn:[^:]*:cloudformation:[^:]*:[^:]*:stack\/([^/]+)\//;

const stated = (where: StatedTag['where'], key: string | null, value: string | null): StatedTag[] =>
  key === null || value === null ? [] : [{ where, key, value }];
