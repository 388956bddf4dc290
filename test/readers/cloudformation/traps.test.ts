import { describe, expect, test } from 'vitest';
import {
  codesOf,
  description,
  detail,
  element,
  type Members,
  nestedDescription,
  nestedId,
  read,
  readElement,
} from './change-set.ts';
import { TEXT_FATES } from './text-fates.ts';

/** What is known to mislead a reader of change sets, part by part; each was seen in a tool or in an answer of AWS. */
const word = async (members: Members): Promise<string> => {
  const { effect, certainty, fate } = await readElement(members);
  return `${effect}${certainty === 'possible' ? '?' : ''} ${fate}`;
};

describe('B1, the members of a description', () => {
  test('every member may be absent or null, and without one that is needed nothing passes', async () => {
    const whole = description([]);
    // Of the two that name the stack one is enough.
    const unneeded = [
      'CreationTime',
      'StatusReason',
      'IncludeNestedStacks',
      'ChangeSetName',
      'StackId',
      'StackName',
    ];
    for (const key of Object.keys(whole)) {
      for (const without of [{ [key]: undefined }, { [key]: null }]) {
        const judged = read({ ...whole, ...without }).then(
          ({ facts }) => facts.problems.length === 0,
          () => false,
        );
        expect([key, await judged]).toEqual([key, unneeded.includes(key)]);
      }
    }
  });

  test('members that nobody knows yet are left alone', async () => {
    expect(codesOf(await read(description([element({ Tomorrow: {} })], { Tomorrow: [1] })))).toEqual([]);
  });

  test('there is no type of a change set: an update that removes everything looks like any other', async () => {
    expect(await word({ Action: 'Remove', Replacement: null, PolicyAction: 'Delete' })).toBe(
      'delete destroyed',
    );
  });
});

describe('B2, words that nobody has seen', () => {
  test.each([
    [{ Action: 'Vanish' }, 'unknown? unknown'],
    [{ Action: 'modify' }, 'unknown? unknown'],
    [{ Action: 'Modify', Replacement: 'true' }, 'unknown? unknown'],
    [{ Action: 'Modify', Replacement: 'Perhaps' }, 'unknown? unknown'],
    [{ Action: 'Remove', Replacement: null, PolicyAction: 'Archive' }, 'delete unknown'],
    [{ Action: 'Modify', Replacement: 'True', PolicyAction: 'ReplaceAndArchive' }, 'replace unknown'],
    [{ Details: [detail({ RequiresRecreation: 'Sometimes' })] }, 'replace? destroyed'],
  ])('%j', async (members, expected) => {
    expect(await word(members)).toBe(expected);
  });

  test.each([
    ['Replacement', true],
    ['Replacement', 1],
    ['PolicyAction', ['Delete']],
    ['Action', {}],
  ])('%s as %j is refused, not passed over', async (key, value) => {
    await expect(readElement({ [key]: value })).rejects.toMatchObject({ code: 'malformed-plan' });
  });

  test.each([
    [{ DeploymentMode: 'SOMETHING_NEW' }],
    [{ DeploymentConfig: { Mode: 'SOMETHING_NEW' } }],
    [{ OnStackFailure: 'SOMETHING_NEW' }],
  ])('%j is a way to carry it out that nobody can judge', async (members) => {
    expect(codesOf(await read(description([], members)))).toEqual(['unsupported-version']);
  });

  test('scopes and sources that nobody knows do not hide that something is replaced', async () => {
    const details = [detail({ Attribute: 'Tomorrow' }, { ChangeSource: 'Moonlight', Evaluation: 'Cloudy' })];
    expect(await word({ Scope: ['Tomorrow'], Details: details })).toBe('replace? destroyed');
  });
});

describe('B3, the table of verdicts', () => {
  test.each([
    ['Add', null, null, 'create kept'],
    ['Add', 'True', null, 'create kept'],
    ['Modify', 'False', null, 'update kept'],
    ['Modify', 'True', 'ReplaceAndDelete', 'replace destroyed'],
    ['Modify', 'True', 'ReplaceAndRetain', 'replace orphaned'],
    ['Modify', 'True', 'ReplaceAndSnapshot', 'replace snapshotted'],
    ['Modify', 'True', null, 'replace destroyed'],
    ['Modify', 'Conditional', null, 'replace? destroyed'],
    ['Modify', 'Conditional', 'ReplaceAndDelete', 'replace? destroyed'],
    ['Modify', null, null, 'replace? destroyed'],
    ['Remove', null, 'Delete', 'delete destroyed'],
    ['Remove', null, 'Retain', 'delete orphaned'],
    ['Remove', null, 'Snapshot', 'delete snapshotted'],
    ['Remove', null, null, 'delete destroyed'],
    ['Import', null, null, 'import kept'],
    ['Dynamic', null, null, 'unknown? unknown'],
  ])('%s %s %s', async (Action, Replacement, PolicyAction, expected) => {
    expect(await word({ Action, Replacement, PolicyAction })).toBe(expected);
  });

  test('SyncWithActual changes nothing, and is counted', async () => {
    const { changes, facts } = await read(
      description([element({ Action: 'SyncWithActual', Replacement: null, Details: [] })]),
    );
    expect([changes, facts.unchanged]).toEqual([[], 1]);
  });

  test('the new object comes first, the old one goes in the clean-up; one that is retained never goes', async () => {
    const order = async (PolicyAction: string) =>
      (await readElement({ Replacement: 'True', PolicyAction })).order;
    expect([await order('ReplaceAndDelete'), await order('ReplaceAndRetain')]).toEqual([
      'create-first',
      null,
    ]);
  });
});

describe('B4, the arithmetic of replacement', () => {
  const twice = [
    detail({}, { ChangeSource: 'ParameterReference', CausingEntity: 'Name' }),
    detail({}, { Evaluation: 'Dynamic' }),
  ];
  test.each([[twice], [twice.toReversed()]])('the last detail does not win', async (Details) => {
    expect(await word({ Replacement: 'True', PolicyAction: 'ReplaceAndDelete', Details })).toBe(
      'replace destroyed',
    );
  });

  test('a value that is known only while applying may end as it was', async () => {
    const Details = [detail({ AfterValue: '{{changeSet:KNOWN_AFTER_APPLY}}', BeforeValue: 'a' })];
    expect(await word({ Replacement: 'True', PolicyAction: 'ReplaceAndDelete', Details })).toBe(
      'replace? destroyed',
    );
  });

  test('that AWS says False does not outweigh a detail that says Always', async () => {
    expect(await word({ Replacement: 'False', Details: [detail()] })).toBe('replace? destroyed');
  });
});

describe('B5, values of properties', () => {
  test.each(['{"Properties": {"TableName"', 'null', '[]', '7', '', '{"a":1,"a":2}'])(
    'a context that is %j is as good as none, and keeps nobody from judging',
    async (context) => {
      const members = { Action: 'Remove', Replacement: null, PolicyAction: 'Delete' };
      expect(await word({ ...members, BeforeContext: context, AfterContext: context })).toBe(
        'delete destroyed',
      );
    },
  );

  test('AWS says in one place alone that it left changes out', async () => {
    const StatusReason =
      '[WARN] --include-property-values option can return incomplete ChangeSet data because: Logical Id: X, failed property validation';
    expect(codesOf(await read(description([], { StatusReason })))).toEqual(['incomplete-change-set']);
  });

  test('a failure without a reason is no empty change set', async () => {
    const failed = description([], {
      Status: 'FAILED',
      ExecutionStatus: 'UNAVAILABLE',
      StatusReason: undefined,
    });
    expect(codesOf(await read(failed))).toEqual(['errored-plan']);
  });

  test('a masked value is never told', async () => {
    const Details = [detail({ BeforeValue: '****', AfterValue: '****' })];
    const { causes } = await readElement({ Replacement: 'True', Details });
    expect(causes).toMatchObject([
      { before: { visibility: 'sensitive' }, after: { visibility: 'sensitive' } },
    ]);
  });
});

describe('B6, pages, completeness, freshness', () => {
  test('a page that is not the last one', async () => {
    expect(codesOf(await read(description([], { NextToken: 'more' })))).toEqual(['incomplete-change-set']);
    expect(codesOf(await read(description([], { NextToken: '' })))).toEqual([]);
  });

  test.each(['ResourceReference', 'ResourceAttribute'])(
    'a page that is missing in front shows where a %s names what it lists',
    async (ChangeSource) => {
      const Details = [detail({ RequiresRecreation: 'Never' }, { ChangeSource, CausingEntity: 'Users.Arn' })];
      const orders = element({ Details });
      const users = element({ LogicalResourceId: 'Users', PhysicalResourceId: 'u' });
      expect(codesOf(await read(description([orders])))).toEqual(['incomplete-change-set']);
      expect(codesOf(await read(description([users, orders])))).toEqual([]);
    },
  );

  test.each(['2026-11-22T09:14:05.789Z', '2026-11-22T09:14:05.789000+00:00', 1795338845.789, null])(
    'a time as %j',
    async (CreationTime) => {
      const { facts } = await read(description([], { CreationTime }));
      expect([facts.problems, facts.plannedAt === null]).toEqual([[], CreationTime === null]);
    },
  );

  test.each([
    "The submitted information didn't contain changes. Submit different information to create a change set.",
    'No updates are to be performed.',
  ])('nothing to change: %s', async (StatusReason) => {
    const empty = description([], { Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE', StatusReason });
    expect(codesOf(await read(empty))).toEqual([]);
    // Nobody fails for want of changes and has some.
    const both = { ...empty, Changes: [element()] };
    expect(codesOf(await read(both))).toEqual(['malformed-plan']);
  });

  test('the answer of the SDK says the same as that of the command line', async () => {
    const sdk = {
      ...description([element()]),
      $metadata: { httpStatusCode: 200 },
      CreationTime: new Date(0),
    };
    expect((await read(sdk)).changes).toEqual((await read(description([element()]))).changes);
  });
});

describe('B7, nested stacks', () => {
  const nested = (members: Members): Members =>
    element({ ResourceType: 'AWS::CloudFormation::Stack', LogicalResourceId: 'Network', ...members });
  const automatic = [
    detail({ RequiresRecreation: 'Never' }, { Evaluation: 'Dynamic', ChangeSource: 'Automatic' }),
  ];

  test('one that was not opened looks harmless, and is not judged', async () => {
    const root = description([nested({ Replacement: 'False', Details: automatic })]);
    const { facts } = await read(root);
    expect(facts.problems).toMatchObject([
      { code: 'incomplete-change-set', mend: expect.stringContaining('--include-nested-stacks') },
    ]);
  });

  test('the same logical id in two stacks is two resources', async () => {
    const { changes, facts } = await read([
      description([element(), nested({ ChangeSetId: nestedId('network') })]),
      nestedDescription('network', [element()]),
    ]);
    expect(changes.map(({ address }) => address)).toEqual([
      'shop/Orders',
      'shop/Network',
      'shop/Network/Orders',
    ]);
    expect(facts.problems).toEqual([]);
  });

  test('the line that removes one does not say what goes with it', async () => {
    const members = {
      Action: 'Remove',
      Replacement: null,
      PolicyAction: 'Delete',
      ResourceType: 'AWS::CloudFormation::Stack',
    };
    expect(await word(members)).toBe('delete unknown');
    expect(await word({ ...members, PolicyAction: 'Retain' })).toBe('delete orphaned');
    expect(
      await word({ ...members, Action: 'Modify', Replacement: 'True', PolicyAction: 'ReplaceAndDelete' }),
    ).toBe('replace unknown');
  });
});

describe('B8, DeletionPolicy and UpdateReplacePolicy', () => {
  test.each(TEXT_FATES)('%s of %s, %j then %j: %s', async (Action, ResourceType, before, after, expected) => {
    const context = (policies: Members) => JSON.stringify({ Properties: {}, ...policies });
    expect(
      await word({
        Action,
        ResourceType,
        Replacement: Action === 'Modify' ? 'True' : null,
        BeforeContext: context(before),
        AfterContext: context(after),
      }),
    ).toBe(expected);
  });

  test('a document that says Retain, and whose policy says Delete, is not believed', async () => {
    const members = { Action: 'Remove', Replacement: null, PolicyAction: 'Retain' };
    const BeforeContext = JSON.stringify({ Properties: {}, DeletionPolicy: 'Delete' });
    expect(await word({ ...members, BeforeContext })).toBe('delete destroyed');
    expect(await word(members)).toBe('delete orphaned');
  });
});
