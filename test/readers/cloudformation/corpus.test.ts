import { describe, expect, test } from 'vitest';
import { corpusBytes, corpusFiles } from '../corpus.ts';
import { type Read, read } from './change-set.ts';

interface Recorded {
  readonly Status?: string;
  readonly ExecutionStatus?: string;
  readonly StatusReason?: string | null;
  readonly NextToken?: string | null;
  readonly ChangeSetId?: string;
  readonly StackName?: string;
  readonly Changes: readonly { readonly ResourceChange: Resource }[];
}
interface Resource {
  readonly Action: string;
  readonly LogicalResourceId: string;
  readonly ResourceType?: string;
  readonly Replacement?: string | null;
  readonly PolicyAction?: string;
  readonly PhysicalResourceId?: string;
}

/** Effect and fate by another way than the reader's: one line for each combination that was ever recorded. */
const ORACLE: Readonly<Record<string, string>> = {
  'Add//': 'create kept',
  'Add/True/': 'create kept',
  'Import//': 'import kept',
  'Modify/False/': 'update kept',
  'Modify/True/': 'replace destroyed',
  'Modify/True/ReplaceAndDelete': 'replace destroyed',
  'Modify/True/ReplaceAndRetain': 'replace orphaned',
  'Modify/True/ReplaceAndSnapshot': 'replace snapshotted',
  'Modify/Conditional/': 'replace? destroyed',
  'Modify/Conditional/ReplaceAndDelete': 'replace? destroyed',
  'Remove//': 'delete destroyed',
  'Remove//Delete': 'delete destroyed',
  'Remove//Retain': 'delete orphaned',
  'Remove//Snapshot': 'delete snapshotted',
};

function expectedOf({ Action, Replacement, PolicyAction, ResourceType }: Resource): string | undefined {
  const words = ORACLE[`${Action}/${Replacement ?? ''}/${PolicyAction ?? ''}`];
  const wholeStack = Action === 'Remove' && ResourceType === 'AWS::CloudFormation::Stack';
  return wholeStack ? words?.replace('destroyed', 'unknown') : words;
}

const NOTHING = "The submitted information didn't contain changes";

function problemsOf(recorded: Recorded): readonly string[] {
  const { Status, ExecutionStatus } = recorded;
  if (Status === 'FAILED' && recorded.StatusReason?.startsWith(NOTHING)) return [];
  const stacks = recorded.Changes.map(({ ResourceChange }) => ResourceChange).filter(
    ({ ResourceType, Action }) => ResourceType === 'AWS::CloudFormation::Stack' && Action === 'Modify',
  );
  const over = ['EXECUTE_COMPLETE', 'OBSOLETE'].includes(ExecutionStatus ?? '');
  return [
    ...(Status === 'FAILED' ? ['errored-plan'] : []),
    ...(Status === undefined || Status === 'CREATE_IN_PROGRESS' ? ['incomplete-change-set'] : []),
    ...(over ? ['stale-change-set'] : []),
    ...(ExecutionStatus === undefined ? ['incomplete-change-set'] : []),
    ...(recorded.NextToken ? ['incomplete-change-set'] : []),
    ...(recorded.ChangeSetId === undefined ? ['incomplete-change-set'] : []),
    ...stacks.map(() => 'incomplete-change-set'),
  ].sort();
}

const told = ({ changes }: Read): readonly (readonly string[])[] =>
  changes.map((change) => [
    change.address,
    change.type,
    `${change.effect}${change.certainty === 'possible' ? '?' : ''} ${change.fate}`,
    change.physicalId ?? '',
  ]);

const files = corpusFiles('cfn-changeset').filter((file) => file.endsWith('.json'));
const twinOf = (file: string): string => file.replace('derived-restringified/', '');
const parsed = (file: string): unknown => JSON.parse(new TextDecoder().decode(corpusBytes(file)));

describe.runIf(files.length > 0)('the change sets of the corpus', () => {
  test('are many', () => {
    expect(files.length).toBeGreaterThan(100);
  });

  test.each(files)('%s', async (file) => {
    const document = parsed(file);
    const text = new TextDecoder().decode(corpusBytes(file));
    if (Array.isArray(document)) {
      await expect(read(text)).rejects.toMatchObject({
        code: 'not-a-plan',
        message: expect.stringContaining('console'),
      });
      return;
    }
    const recorded = document as Recorded;
    const resources = recorded.Changes.map(({ ResourceChange }) => ResourceChange);
    if (resources.some(({ ResourceType }) => ResourceType === undefined)) {
      await expect(read(text)).rejects.toMatchObject({ code: 'malformed-plan' });
      return;
    }
    const result = await read(text);
    const changing = resources.filter(({ Action }) => Action !== 'SyncWithActual');
    expect(told(result)).toEqual(
      changing.map((one) => [
        `${recorded.StackName ?? '?'}/${one.LogicalResourceId}`,
        one.ResourceType,
        expectedOf(one),
        one.PhysicalResourceId ?? '',
      ]),
    );
    expect(result.facts.unchanged).toBe(resources.length - changing.length);
    expect(result.facts.problems.map(({ code }) => code).sort()).toEqual(problemsOf(recorded));
  });

  test.each(files.filter((file) => files.includes(twinOf(file)) && twinOf(file) !== file))(
    '%s says the same whether its contexts are texts or objects',
    async (file) => {
      const plain = (result: Read) =>
        result.changes.map(({ effect, fate, causes }) => ({ effect, fate, causes }));
      expect(plain(await read(parsed(file)))).toEqual(plain(await read(parsed(twinOf(file)))));
    },
  );

  test('a change set that is cut off is never one', async () => {
    const [file = ''] = files.filter((name) => name.endsWith('serialised__cli-v1-paginated.json'));
    const text = new TextDecoder().decode(corpusBytes(file));
    const end = text.lastIndexOf('}');
    expect(end).toBeGreaterThan(1000);
    for (let length = 0; length <= end; length += length < 100 || length > end - 100 ? 1 : 41) {
      await expect(read(text.slice(0, length))).rejects.toMatchObject({ name: 'CheckError' });
    }
  });
});
