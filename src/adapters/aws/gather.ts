import { CheckError } from '../../model/error.ts';
import type { ChangeSetName, CloudFormation, Members } from './cloudformation.ts';
import { changesIn, withValues } from './values.ts';

/** What AWS says of a change set or of a stack, as one document for the reader: the same bytes as long as nothing changed. */
export interface Gathered {
  /** The ARN of the change set, or of the stack. */
  readonly id: string;
  readonly stackId: string;
  readonly bytes: Uint8Array;
  /** A change set that failed, and so cannot be executed: where it is allowed all the same, there was nothing to change. */
  readonly isFailed: boolean;
}

/** More than one operation of CloudFormation takes in, nested ones counted. */
const MOST_STACKS = 500;

/**
 * A change set with the change sets of its nested stacks; of every stack that it touches how it is deployed; and of every
 * nested stack that it takes away all that is in it.
 *
 * Throws CheckError `aws-failed`, `incomplete-change-set`.
 */
export async function gatherChangeSet(aws: CloudFormation, name: ChangeSetName): Promise<Gathered> {
  const elements: Members[] = [];
  const around: Members[] = [];
  const stacks = new Set<string>();
  const sets = [name];
  let root: Omit<Gathered, 'bytes'> | null = null;
  for (let next = sets.shift(); next !== undefined; next = sets.shift()) {
    const pages = await described(aws, next);
    const { id, stackId } = namesIn(pages, next.changeSet);
    root ??= { id, stackId, isFailed: pages.some(({ Status }) => Status === 'FAILED') };
    elements.push(...pages);
    if (!pages.every(isReady)) continue;
    around.push(...(await templateOf(aws, id)), ...(await aroundStack(aws, stackId, stacks, false)));
    for (const change of pages.flatMap(changesIn).filter(isStack)) {
      const nested = textIn(change, 'ChangeSetId');
      if (nested !== null) sets.push({ changeSet: nested, stack: null });
      const gone = mayGo(change) ? textIn(change, 'PhysicalResourceId') : null;
      if (gone !== null) around.push(...(await aroundStack(aws, gone, stacks, true)));
    }
    if (stacks.size > MOST_STACKS || sets.length > MOST_STACKS) throw tooMany(name.changeSet);
  }
  if (root === null) throw new Error('a change set without a description');
  return { ...root, bytes: bytesOf([...elements, ...around]) };
}

/** A stack that would be deleted, with all that is in it, nested stacks too. */
export async function gatherStack(aws: CloudFormation, name: string): Promise<Gathered> {
  const stack = await aws.stack(name);
  const id = stack === null ? null : textIn(stack, 'StackId');
  if (id === null)
    throw new CheckError(
      'input-unreadable',
      `there is no stack ${name}`,
      'look at its name, the region (--region) and the account (--profile)',
    );
  const around = await aroundStack(aws, id, new Set(), true);
  return {
    id,
    stackId: id,
    isFailed: false,
    bytes: bytesOf([{ StackDeletion: { StackId: id } }, ...around]),
  };
}

/**
 * The pages as AWS gives them without the values of properties, since with them it may leave changes out; the values are
 * added where it does not. `NextToken` differs from one time to the next, so only its place is kept.
 */
async function described(aws: CloudFormation, name: ChangeSetName): Promise<readonly Members[]> {
  const pages = await aws.changeSet(name, { values: false });
  const valued = pages.every(isReady) ? await aws.changeSet(name, { values: true }) : [];
  return pages.map((page, at) => ({
    ...withValues(page, valued.flatMap(changesIn)),
    $metadata: undefined,
    NextToken: textIn(page, 'NextToken') === null ? undefined : `page ${at + 2}`,
  }));
}

const isReady = (page: Members): boolean =>
  page['Status'] === 'CREATE_COMPLETE' && page['ExecutionStatus'] === 'AVAILABLE';

function namesIn([page]: readonly Members[], asked: string): { id: string; stackId: string } {
  const [id, stackId] = [textIn(page ?? {}, 'ChangeSetId'), textIn(page ?? {}, 'StackId')];
  if (id !== null && stackId !== null) return { id, stackId };
  throw new CheckError('incomplete-change-set', `AWS does not say which change set ${asked} is`, null);
}

/** What the change set would deploy, its transforms carried out. */
async function templateOf(aws: CloudFormation, changeSet: string): Promise<readonly Members[]> {
  const body = await aws.template({ stack: null, changeSet }, 'Processed');
  return body === null ? [] : [{ NewTemplate: { ChangeSetId: changeSet, Body: body } }];
}

/** A stack as it is deployed; with `resources` what is in it, and in the stacks nested in it. */
async function aroundStack(
  aws: CloudFormation,
  id: string,
  seen: Set<string>,
  resources: boolean,
): Promise<readonly Members[]> {
  if (seen.has(id)) return [];
  seen.add(id);
  if (seen.size > MOST_STACKS) throw tooMany(id);
  const stack = await aws.stack(id);
  if (stack === null) return [];
  const isDeployed = stack['StackStatus'] !== 'REVIEW_IN_PROGRESS';
  const template = isDeployed ? await aws.template({ stack: id, changeSet: null }, 'Processed') : null;
  const listed = resources ? (await aws.resources(id)).map((one) => only(one, RESOURCE)) : null;
  const nested = (listed ?? [])
    .filter((one) => one['ResourceType'] === STACK && one['ResourceStatus'] !== 'DELETE_COMPLETE')
    .flatMap((one) => textIn(one, 'PhysicalResourceId') ?? []);
  const inside: Members[] = [];
  for (const one of nested) inside.push(...(await aroundStack(aws, one, seen, true)));
  return [{ Stack: only(stack, STACK_HEAD), Template: template, Resources: listed }, ...inside];
}

/** What does not change by itself: no times, and nothing that a drift detection finds. */
const STACK_HEAD = [
  'StackId',
  'StackName',
  'StackStatus',
  'Tags',
  'Parameters',
  'EnableTerminationProtection',
  'ParentId',
  'RootId',
];
const RESOURCE = ['LogicalResourceId', 'PhysicalResourceId', 'ResourceType', 'ResourceStatus'];

const only = (all: Members, keys: readonly string[]): Members =>
  Object.fromEntries(keys.map((key) => [key, all[key]]));

const STACK = 'AWS::CloudFormation::Stack';
const isStack = (change: Members): boolean => change['ResourceType'] === STACK;

/** Whether the one line of a nested stack may mean that all of it goes. */
const mayGo = ({ Action, Replacement }: Members): boolean =>
  Action === 'Remove' || (Action !== 'Add' && Action !== 'Import' && Replacement !== 'False');

const textIn = (all: Members, key: string): string | null => {
  const value = all[key];
  return typeof value === 'string' && value !== '' ? value : null;
};

const bytesOf = (elements: readonly Members[]): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(elements));

const tooMany = (what: string): CheckError =>
  new CheckError(
    'incomplete-change-set',
    `${what} has more than ${MOST_STACKS} stacks nested in it`,
    'CloudFormation has a lower limit: please report it',
  );
