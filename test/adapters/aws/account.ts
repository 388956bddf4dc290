import type { Answer, Asked } from './stand-in.ts';

export type Members = Readonly<Record<string, unknown>>;

/** What there is in an account, as CloudFormation would tell it. */
export interface Account {
  /** By ARN; the pages of each. With values where they differ from those without. */
  readonly changeSets: Readonly<
    Record<string, { readonly pages: readonly Members[]; readonly valued?: readonly Members[] }>
  >;
  readonly newTemplates?: Readonly<Record<string, string>>;
  /** By ARN. */
  readonly stacks: Readonly<Record<string, Stack>>;
}
export interface Stack {
  readonly head: Members;
  readonly template?: string;
  readonly resources?: readonly Members[];
}

const ARN = 'arn:aws:cloudformation:eu-west-1:111122223333';
export const changeSetArn = (name: string): string => `${ARN}:changeSet/${name}/1`;
export const stackArn = (name: string): string => `${ARN}:stack/${name}/2`;

/** The description of a change set that can be executed. */
export const changeSet = (stack: string, changes: readonly Members[], members: Members = {}): Members => ({
  ChangeSetName: `cs-${stack}`,
  ChangeSetId: changeSetArn(`cs-${stack}`),
  StackId: stackArn(stack),
  StackName: stack,
  CreationTime: '2026-11-22T09:14:05.789Z',
  ExecutionStatus: 'AVAILABLE',
  Status: 'CREATE_COMPLETE',
  Changes: changes,
  ...members,
});

export const resource = (id: string, members: Members = {}): Members => ({
  Type: 'Resource',
  ResourceChange: {
    Action: 'Modify',
    LogicalResourceId: id,
    PhysicalResourceId: `shop-${id.toLowerCase()}`,
    ResourceType: 'AWS::DynamoDB::Table',
    Replacement: 'False',
    Scope: ['Properties'],
    Details: [],
    ...members,
  },
});

export const stack = (name: string, rest: Omit<Stack, 'head'> = {}, members: Members = {}): Stack => ({
  head: {
    StackId: stackArn(name),
    StackName: name,
    CreationTime: '2026-01-01T00:00:00Z',
    StackStatus: 'UPDATE_COMPLETE',
    ...members,
  },
  ...rest,
});

export const inStack = (
  id: string,
  type: string,
  physicalId: string = `shop-${id.toLowerCase()}`,
): Members => ({
  LogicalResourceId: id,
  PhysicalResourceId: physicalId,
  ResourceType: type,
  ResourceStatus: 'CREATE_COMPLETE',
  LastUpdatedTimestamp: '2026-01-01T00:00:00Z',
});

/** Answers as CloudFormation would. */
export function answersOf({ changeSets, newTemplates = {}, stacks }: Account): (asked: Asked) => Answer {
  const stackBy = (name: string | undefined): Stack | undefined =>
    stacks[name ?? ''] ?? Object.values(stacks).find(({ head }) => head['StackName'] === name);
  const noStack = (name: string | undefined): Answer => ({
    error: 'ValidationError',
    message: `Stack with id ${name} does not exist`,
  });
  return ({ action, params }) => {
    const { StackName, ChangeSetName, NextToken, IncludePropertyValues } = params;
    if (action === 'DescribeChangeSet') {
      const found =
        changeSets[ChangeSetName ?? ''] ??
        Object.values(changeSets).find(
          ({ pages: [page] }) =>
            page?.['ChangeSetName'] === ChangeSetName && page?.['StackName'] === StackName,
        );
      if (found === undefined)
        return { error: 'ChangeSetNotFound', message: `ChangeSet [${ChangeSetName}] does not exist` };
      const pages = IncludePropertyValues === 'true' ? (found.valued ?? found.pages) : found.pages;
      const at = NextToken === undefined ? 0 : Number(NextToken.split('-')[1]);
      // A token of AWS is another one each time.
      const next = at + 1 < pages.length ? `${Math.random()}-${at + 1}` : undefined;
      return { ...pages[at], NextToken: pages[at]?.['NextToken'] ?? next };
    }
    if (action === 'GetTemplate') {
      const body = ChangeSetName === undefined ? stackBy(StackName)?.template : newTemplates[ChangeSetName];
      return { TemplateBody: body, StagesAvailable: ['Original', 'Processed'] };
    }
    const one = stackBy(StackName);
    if (one === undefined) return noStack(StackName);
    if (action === 'DescribeStacks') return { Stacks: [one.head] };
    if (action === 'ListStackResources') return { StackResourceSummaries: one.resources ?? [] };
    return { error: 'InvalidAction', message: `Could not find operation ${action}` };
  };
}
