import type { CloudFormationClient, StackEvent } from '@aws-sdk/client-cloudformation';
import { CheckError } from '../../model/error.ts';
import { awsFailure } from './failure.ts';
import { type AwsOptions, clientConfig } from './options.ts';

/** What this program asks CloudFormation for. Every call throws CheckError `aws-failed`. */
export interface CloudFormation {
  /** Every page of a change set, in their order. `values`: with the values of properties, where AWS may leave things out. */
  changeSet(name: ChangeSetName, options: { readonly values: boolean }): Promise<readonly Members[]>;
  /** The template of a stack, or the one that a change set would deploy; null for a stack that has none yet. */
  template(of: TemplateOf, stage: 'Original' | 'Processed'): Promise<string | null>;
  /** What DescribeStacks says of one stack, by its name or ARN; null where there is none. */
  stack(name: string): Promise<Members | null>;
  /** Every resource that the stack has or had. */
  resources(stack: string): Promise<readonly Members[]>;
  execute(changeSetId: string, token: string): Promise<void>;
  deleteStack(stackId: string, token: string): Promise<void>;
  /** The events of a stack, newest first, up to the first that `isKnown`. */
  events(stackId: string, isKnown: (event: StackEvent) => boolean): Promise<readonly StackEvent[]>;
  close(): void;
}

/** An answer of AWS as the SDK gives it. */
export type Members = Readonly<Record<string, unknown>>;

export interface ChangeSetName {
  /** A name, or an ARN, which needs no stack. */
  readonly changeSet: string;
  readonly stack: string | null;
}

export interface TemplateOf {
  readonly stack: string | null;
  /** The ARN of a change set. */
  readonly changeSet: string | null;
}

/**
 * The real thing, through the AWS SDK. `patience` is how long it waits for one answer, in milliseconds. Throws CheckError
 * `aws-failed` where the SDK is not installed.
 */
export async function cloudFormation(options: AwsOptions, patience = 60_000): Promise<CloudFormation> {
  const sdk = await loadSdk();
  const client: CloudFormationClient = new sdk.CloudFormationClient({
    ...clientConfig('CLOUDFORMATION', options),
    requestHandler: { connectionTimeout: 10_000, requestTimeout: patience, throwOnRequestTimeout: true },
  });
  const asked = async <T>(doing: string, answer: () => Promise<T>): Promise<T> => {
    try {
      return await answer();
    } catch (thrown) {
      throw awsFailure(thrown, doing);
    }
  };
  return {
    changeSet: ({ changeSet, stack }, { values }) =>
      asked(`the change set ${changeSet}`, () =>
        everyPage(async (NextToken) =>
          client.send(
            new sdk.DescribeChangeSetCommand({
              ChangeSetName: changeSet,
              ...(stack === null ? {} : { StackName: stack }),
              ...(values ? { IncludePropertyValues: true } : {}),
              NextToken,
            }),
          ),
        ),
      ),
    template: ({ stack, changeSet }, TemplateStage) =>
      asked(`the template of ${changeSet ?? stack}`, async () => {
        const found = await client
          .send(
            new sdk.GetTemplateCommand({
              ...(stack === null ? {} : { StackName: stack }),
              ...(changeSet === null ? {} : { ChangeSetName: changeSet }),
              TemplateStage,
            }),
          )
          .catch((thrown: unknown) => {
            if (isUnderReview(thrown)) return null;
            throw thrown;
          });
        return found?.TemplateBody ?? null;
      }),
    stack: (name) =>
      asked(`the stack ${name}`, async () => {
        const answer = await client
          .send(new sdk.DescribeStacksCommand({ StackName: name }))
          .catch((thrown: unknown) => {
            if (isNoStack(thrown)) return null;
            throw thrown;
          });
        if (answer === null) return null;
        const { Stacks } = answer;
        const [stack, other] = Stacks ?? [];
        if (stack === undefined || other !== undefined)
          throw new Error(`DescribeStacks lists ${Stacks?.length ?? 0} stacks for one name`);
        return stack as unknown as Members;
      }),
    resources: (stack) =>
      asked(`the resources of ${stack}`, async () => {
        const pages = await everyPage((NextToken) =>
          client.send(new sdk.ListStackResourcesCommand({ StackName: stack, NextToken })),
        );
        return pages.flatMap(({ StackResourceSummaries: some }) => {
          if (some === undefined) throw new Error('ListStackResources answers without a list');
          return some as unknown as Members[];
        });
      }),
    execute: (changeSetId, token) =>
      asked(`the execution of ${changeSetId}`, async () => {
        await client.send(
          new sdk.ExecuteChangeSetCommand({ ChangeSetName: changeSetId, ClientRequestToken: token }),
        );
      }),
    deleteStack: (stackId, token) =>
      asked(`the deletion of ${stackId}`, async () => {
        await client.send(new sdk.DeleteStackCommand({ StackName: stackId, ClientRequestToken: token }));
      }),
    events: (stackId, isKnown) =>
      asked(`the events of ${stackId}`, async () => {
        const events: StackEvent[] = [];
        let NextToken: string | undefined;
        for (let page = 0; page < MOST_PAGES; page += 1) {
          const answer = await client.send(
            new sdk.DescribeStackEventsCommand({ StackName: stackId, NextToken }),
          );
          for (const event of answer.StackEvents ?? []) {
            if (isKnown(event)) return events;
            events.push(event);
          }
          NextToken = answer.NextToken;
          if (NextToken === undefined) return events;
        }
        return events;
      }),
    close: () => client.destroy(),
  };
}

/** More than any change set or stack has: AWS takes 500 resources, and a megabyte a page. */
const MOST_PAGES = 1_000;

async function everyPage<Page extends { NextToken?: string | undefined }>(
  page: (token: string | undefined) => Promise<Page>,
): Promise<readonly (Page & Members)[]> {
  const pages: (Page & Members)[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const answer = await page(token);
    pages.push(answer as Page & Members);
    token = answer.NextToken || undefined;
    if (token === undefined) return pages;
    if (seen.has(token)) throw new Error('AWS gives the same NextToken twice');
    seen.add(token);
  } while (pages.length < MOST_PAGES);
  throw new Error(`more than ${MOST_PAGES} pages`);
}

/** A stack that only ever had change sets has no template; AWS says it with an error. */
const isUnderReview = (thrown: unknown): boolean =>
  isInvalid(thrown) && /\bREVIEW_IN_PROGRESS\b/.test(thrown.message);

const isNoStack = (thrown: unknown): boolean =>
  isInvalid(thrown) && /^Stack with id .* does not exist$/.test(thrown.message);

const isInvalid = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && thrown.name === 'ValidationError';

/** The SDK is loaded here alone, and only by who asks AWS: most users never do, so they need not install it. */
async function loadSdk(): Promise<typeof import('@aws-sdk/client-cloudformation')> {
  try {
    return await import('@aws-sdk/client-cloudformation');
  } catch (thrown) {
    throw new CheckError(
      'aws-failed',
      'AWS is asked through @aws-sdk/client-cloudformation, and that cannot be loaded',
      'install it beside check-plan: npm install --save-dev @aws-sdk/client-cloudformation',
      thrown,
    );
  }
}
