import type { Change } from '../../../src/model/change.ts';
import type { ChangeSetFacts } from '../../../src/model/changeset.ts';
import { readChangeSet } from '../../../src/readers/read.ts';
import { streamOf, utf8 } from '../bytes.ts';

export type Members = Readonly<Record<string, unknown>>;

const ARN = 'arn:aws:cloudformation:eu-west-1:111122223333';

/** A description that can be judged, with the given members on top; undefined takes a member out. */
export const description = (changes: readonly unknown[], members: Members = {}): Members => ({
  Changes: changes,
  ChangeSetName: 'cs',
  ChangeSetId: `${ARN}:changeSet/cs/1`,
  StackId: `${ARN}:stack/shop/2`,
  StackName: 'shop',
  CreationTime: '2026-11-22T09:14:05.789Z',
  ExecutionStatus: 'AVAILABLE',
  Status: 'CREATE_COMPLETE',
  StatusReason: null,
  IncludeNestedStacks: false,
  ...members,
});

/** The description of a nested stack's change set, as its root's changes name it. */
export const nestedDescription = (
  name: string,
  changes: readonly unknown[],
  members: Members = {},
): Members =>
  description(changes, {
    ChangeSetId: nestedId(name),
    StackId: `${ARN}:stack/shop-${name}/3`,
    StackName: `shop-${name}`,
    ParentChangeSetId: `${ARN}:changeSet/cs/1`,
    RootChangeSetId: `${ARN}:changeSet/cs/1`,
    ...members,
  });

export const nestedId = (name: string): string => `${ARN}:changeSet/cs-${name}/4`;

/** An element of `Changes`: a table that is modified in place, with the given members on top. */
export const element = (members: Members = {}): Members => ({
  Type: 'Resource',
  ResourceChange: {
    Action: 'Modify',
    LogicalResourceId: 'Orders',
    PhysicalResourceId: 'shop-orders',
    ResourceType: 'AWS::DynamoDB::Table',
    Replacement: 'False',
    Scope: [],
    Details: [],
    ...members,
  },
});

export const detail = (target: Members = {}, members: Members = {}): Members => ({
  Target: { Attribute: 'Properties', Name: 'TableName', RequiresRecreation: 'Always', ...target },
  Evaluation: 'Static',
  ChangeSource: 'DirectModification',
  ...members,
});

export interface Read {
  readonly changes: readonly Change[];
  readonly facts: ChangeSetFacts;
}

export async function read(document: unknown): Promise<Read> {
  const changes: Change[] = [];
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const facts = await readChangeSet(streamOf(utf8(text)), (change) => changes.push(change));
  return { changes, facts };
}

/** The one change of a change set with this element. */
export async function readElement(members: Members): Promise<Change> {
  const { changes } = await read(description([element(members)]));
  const [change] = changes;
  if (change === undefined || changes.length > 1) throw new Error('not exactly one change');
  return change;
}

export const codesOf = ({ facts }: Read): readonly string[] => facts.problems.map(({ code }) => code);
