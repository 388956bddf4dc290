import { describe, expect, test } from 'vitest';
import {
  codesOf,
  description,
  detail,
  element,
  nestedDescription,
  nestedId,
  read,
  readElement,
} from './change-set.ts';

const removed = element({ Action: 'Remove', PolicyAction: 'Delete', Replacement: null });

describe('the state of a change set', () => {
  test.each([
    ['CREATE_COMPLETE', 'AVAILABLE', []],
    ['CREATE_COMPLETE', 'UNAVAILABLE', ['incomplete-change-set']],
    ['CREATE_COMPLETE', 'OBSOLETE', ['stale-change-set']],
    ['CREATE_COMPLETE', 'EXECUTE_IN_PROGRESS', ['stale-change-set']],
    ['CREATE_COMPLETE', 'EXECUTE_COMPLETE', ['stale-change-set']],
    ['CREATE_COMPLETE', 'EXECUTE_FAILED', ['stale-change-set']],
    ['CREATE_COMPLETE', 'SOMETHING_NEW', ['incomplete-change-set']],
    ['CREATE_COMPLETE', null, ['incomplete-change-set']],
    ['CREATE_PENDING', 'UNAVAILABLE', ['incomplete-change-set']],
    ['CREATE_IN_PROGRESS', 'AVAILABLE', ['incomplete-change-set']],
    ['DELETE_PENDING', 'AVAILABLE', ['stale-change-set']],
    ['DELETE_IN_PROGRESS', 'AVAILABLE', ['stale-change-set']],
    ['DELETE_COMPLETE', 'AVAILABLE', ['stale-change-set']],
    ['DELETE_FAILED', 'AVAILABLE', ['stale-change-set']],
    ['FAILED', 'UNAVAILABLE', ['errored-plan']],
    ['SOMETHING_NEW', 'AVAILABLE', ['incomplete-change-set']],
    [null, null, ['incomplete-change-set', 'incomplete-change-set']],
  ])('%s and %s', async (Status, ExecutionStatus, codes) => {
    const result = await read(description([removed], { Status, ExecutionStatus }));
    expect(codesOf(result)).toEqual(codes);
    expect(result.facts.problems.every(({ mend }) => mend !== null)).toBe(true);
    expect(result.changes).toHaveLength(1);
  });

  test.each([
    "The submitted information didn't contain changes. Submit different information to create a change set.",
    'No updates are to be performed.',
    'Resource handler: No updates are to be performed. (Service: x)',
  ])('failed because of %j: nothing is to be done, and that is all', async (StatusReason) => {
    const state = { Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE', StatusReason };
    for (const changes of [[], undefined]) {
      const result = await read(description([], { ...state, Changes: changes }));
      expect(result.changes).toEqual([]);
      expect(result.facts).toMatchObject({ problems: [], complete: true, unchanged: 0 });
    }
    expect(codesOf(await read(description([removed], state)))).toEqual(['malformed-plan']);
  });

  test('another reason for a failure, or none, is no pass', async () => {
    for (const StatusReason of ['Requires capabilities : [CAPABILITY_IAM]', null, undefined]) {
      expect(codesOf(await read(description([], { Status: 'FAILED', StatusReason })))).toEqual([
        'errored-plan',
      ]);
    }
  });

  test('without changes a description is whole only if it has the list', async () => {
    expect(codesOf(await read(description([])))).toEqual([]);
    for (const Changes of [undefined, null, {}, 'none'])
      await expect(read(description([], { Changes }))).rejects.toMatchObject({ name: 'CheckError' });
  });
});

describe('pages', () => {
  const first = description([element({ LogicalResourceId: 'A' })], { NextToken: 'two' });
  const second = description([element({ LogicalResourceId: 'B' })], { NextToken: 'three' });
  const third = description([element({ LogicalResourceId: 'C' })]);

  test('a NextToken that is left over means that changes are missing', async () => {
    expect(codesOf(await read(first))).toEqual(['incomplete-change-set']);
    expect(codesOf(await read([first, second]))).toEqual(['incomplete-change-set']);
    expect(codesOf(await read(description([], { NextToken: '' })))).toEqual([]);
  });

  test('all pages of a list are one change set, in any order', async () => {
    for (const pages of [
      [first, second, third],
      [third, first, second],
    ]) {
      const { changes, facts } = await read(pages);
      expect(facts.problems).toEqual([]);
      expect(changes.map(({ address }) => address).sort()).toEqual(['shop/A', 'shop/B', 'shop/C']);
    }
  });

  test.each([
    ['a page twice', [first, first, third]],
    ['two last pages', [first, third, description([element({ LogicalResourceId: 'D' })])]],
  ])('%s is no whole', async (_name, pages) => {
    expect(codesOf(await read(pages))).toContain('incomplete-change-set');
  });

  test('pages that do not say the same of the change set are refused', async () => {
    await expect(read([first, description([], { ExecutionStatus: 'OBSOLETE' })])).rejects.toMatchObject({
      code: 'malformed-plan',
    });
  });

  test('property values that made AWS leave resources out are refused', async () => {
    const StatusReason =
      '[WARN] --include-property-values option can return incomplete ChangeSet data because: Logical Id: Db, failed property validation';
    const { facts } = await read(description([], { StatusReason }));
    expect(facts.problems).toMatchObject([
      { code: 'incomplete-change-set', mend: expect.stringContaining('without --include-property-values') },
    ]);
  });

  test('several change sets that do not belong together are refused', async () => {
    const other = description([], { ChangeSetId: 'other' });
    await expect(read([third, other])).rejects.toMatchObject({ code: 'malformed-plan' });
  });

  test('the same resource twice in one stack is refused', async () => {
    expect(codesOf(await read(description([element(), removed])))).toEqual(['malformed-plan']);
  });
});

describe('nested stacks', () => {
  const stack = (members = {}) =>
    element({ LogicalResourceId: 'Net', ResourceType: 'AWS::CloudFormation::Stack', ...members });
  const automatic = detail(
    { Name: undefined, RequiresRecreation: 'Never' },
    { Evaluation: 'Dynamic', ChangeSource: 'Automatic' },
  );

  test.each([
    ['Modify', 'False', 1],
    ['Modify', 'True', 1],
    ['Modify', null, 1],
    ['Dynamic', null, 1],
    ['Add', null, 0],
    ['Remove', null, 0],
    ['Import', null, 0],
  ])('%s with Replacement %s, not opened: %i problems', async (Action, Replacement, problems) => {
    const result = await read(description([stack({ Action, Replacement, Details: [automatic] })]));
    expect(codesOf(result)).toEqual(Array(problems).fill('incomplete-change-set'));
  });

  test('one whose change set is not there cannot be judged, whatever the root says of nested stacks', async () => {
    for (const ChangeSetId of [null, nestedId('Net')]) {
      const root = description([stack({ ChangeSetId })], { IncludeNestedStacks: true });
      const { facts } = await read(root);
      expect(facts.problems).toMatchObject([
        {
          code: 'incomplete-change-set',
          mend: expect.stringContaining(ChangeSetId ?? '--include-nested-stacks'),
        },
      ]);
    }
  });

  test('one whose change set is in the list is read with it, under its own address', async () => {
    const leaf = nestedDescription('Leaf', [element()]);
    const inner = nestedDescription('Net', [
      element(),
      stack({ LogicalResourceId: 'Leaf', ChangeSetId: nestedId('Leaf') }),
    ]);
    const root = description([element(), stack({ ChangeSetId: nestedId('Net') })]);
    const { changes, facts } = await read([leaf, root, inner]);
    expect(facts.problems).toEqual([]);
    expect(changes.map(({ address }) => address).sort()).toEqual([
      'shop/Net',
      'shop/Net/Leaf',
      'shop/Net/Leaf/Orders',
      'shop/Net/Orders',
      'shop/Orders',
    ]);
  });

  test('the state of each of them counts', async () => {
    const root = description([stack({ ChangeSetId: nestedId('Net') })]);
    const inner = nestedDescription('Net', [], { ExecutionStatus: 'OBSOLETE' });
    expect(codesOf(await read([root, inner]))).toEqual(['stale-change-set']);
  });

  test('the change set of a nested stack alone is not the whole story', async () => {
    expect(codesOf(await read(nestedDescription('Net', [removed])))).toEqual(['incomplete-change-set']);
    const itself = { RootChangeSetId: description([])['ChangeSetId'], ParentChangeSetId: null };
    expect(codesOf(await read(description([], itself)))).toEqual([]);
  });

  test('nested ones that lead in a circle are refused', async () => {
    const leadsTo = (name: string, next: string) =>
      nestedDescription(name, [stack({ ChangeSetId: nestedId(next) })]);
    await expect(read([leadsTo('A', 'B'), leadsTo('B', 'A')])).rejects.toMatchObject({
      code: 'malformed-plan',
    });
    await expect(read([description([]), leadsTo('A', 'B'), leadsTo('B', 'A')])).rejects.toMatchObject({
      code: 'malformed-plan',
    });
  });

  test('a change set is that of one nested stack only', async () => {
    const twice = description([
      stack({ ChangeSetId: nestedId('Net') }),
      stack({ LogicalResourceId: 'Other', ChangeSetId: nestedId('Net') }),
    ]);
    await expect(read([twice, nestedDescription('Net', [])])).rejects.toMatchObject({
      code: 'malformed-plan',
    });
  });

  test('one that is removed is a loss that nobody can name', async () => {
    const { changes } = await read(description([stack({ Action: 'Remove', PolicyAction: 'Delete' })]));
    expect(changes).toMatchObject([{ effect: 'delete', fate: 'unknown' }]);
  });
});

describe('how it is carried out', () => {
  test.each([
    ['DeploymentMode', { DeploymentMode: 'REVERT_DRIFT' }, 1],
    ['OnStackFailure', { OnStackFailure: 'DELETE' }, 1],
    ['EXPRESS', { DeploymentConfig: { Mode: 'EXPRESS', DisableRollback: true } }, 1],
    ['ImportExistingResources', { ImportExistingResources: true }, 1],
    ['the usual way', { OnStackFailure: 'ROLLBACK', DeploymentConfig: { Mode: 'STANDARD' } }, 0],
    ['nulls', { OnStackFailure: null, DeploymentConfig: null, ImportExistingResources: null }, 0],
  ])('%s', async (word, members, notes) => {
    const { facts } = await read(description([], members));
    expect(facts.problems).toEqual([]);
    expect(facts.notes).toHaveLength(notes);
    for (const note of facts.notes ?? []) expect(note).toContain(word);
  });

  test.each([
    { DeploymentMode: 'SOMETHING_NEW' },
    { DeploymentMode: 1 },
    { OnStackFailure: 'SOMETHING_NEW' },
    { DeploymentConfig: { Mode: 'SOMETHING_NEW' } },
  ])('a way that nobody has seen cannot be judged: %j', async (members) => {
    expect(codesOf(await read(description([], members)))).toEqual(['unsupported-version']);
  });

  test('what somebody deleted and is created again is told', async () => {
    const { facts } = await read(description([element({ Action: 'Add', ResourceDriftStatus: 'DELETED' })]));
    expect(facts.vanished).toEqual(['shop/Orders']);
    const changed = await read(description([element({ ResourceDriftStatus: 'DELETED' })]));
    expect(changed.facts.vanished).toEqual([]);
  });
});

describe('facts', () => {
  test('time, state and counts', async () => {
    const synced = element({ Action: 'SyncWithActual', LogicalResourceId: 'Q', Replacement: null });
    const { changes, facts } = await read(description([element(), synced]));
    expect(changes).toHaveLength(1);
    expect(facts).toMatchObject({
      kind: 'cloudformation',
      complete: true,
      plannedAt: '2026-11-22T09:14:05.789Z',
      hadState: true,
      unchanged: 1,
    });
  });

  test.each([
    ['2026-11-22T09:14:05.123000+00:00', '2026-11-22T09:14:05.123000+00:00'],
    [1763802845, '2025-11-22T09:14:05.000Z'],
    ['datetime', null],
    [null, null],
  ])('CreationTime %j', async (CreationTime, plannedAt) => {
    expect((await read(description([], { CreationTime }))).facts.plannedAt).toBe(plannedAt);
  });

  test('that everything is added does not say that nothing was there', async () => {
    const { facts } = await read(description([element({ Action: 'Add', Replacement: 'True' })]));
    expect(facts.hadState).toBeNull();
  });

  test('a description that does not say which it is cannot be judged', async () => {
    expect(codesOf(await read(description([], { ChangeSetId: null })))).toEqual(['incomplete-change-set']);
    expect(codesOf(await read(description([], { StackName: null, StackId: null })))).toEqual([
      'incomplete-change-set',
    ]);
    expect(codesOf(await read(description([], { StackName: null })))).toEqual([]);
  });
});

describe('what is wrong in a change names its place', () => {
  test.each([
    ['no ResourceChange', {}],
    ['no object', null],
    ['no LogicalResourceId', element({ LogicalResourceId: null })],
    ['no ResourceType', element({ ResourceType: '' })],
    ['no Action', element({ Action: undefined })],
    ['an Action of another kind', element({ Action: ['Add'] })],
    ['Details of another kind', element({ Details: {} })],
    ['a Scope of another kind', element({ Scope: [1] })],
    ['a detail of another kind', element({ Details: ['x'] })],
  ])('%s', async (_name, change) => {
    await expect(read(description([element({ LogicalResourceId: 'A' }), change]))).rejects.toMatchObject({
      code: 'malformed-plan',
      message: expect.stringContaining('Changes[1]'),
    });
  });
});

test('an Add with Replacement "True" is a creation', async () => {
  expect(await readElement({ Action: 'Add', Replacement: 'True' })).toMatchObject({
    effect: 'create',
    certainty: 'planned',
    fate: 'kept',
    physicalId: null,
  });
});
