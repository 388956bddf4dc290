import { fullDiff } from '@aws-cdk/cloudformation-diff';
import { describe, expect, test } from 'vitest';
import { corpusBytes, corpusFiles } from '../corpus.ts';
import { type Members, read } from './change-set.ts';

/**
 * Point by point beside cloudformation-diff, which `cdk diff` is made of, on the same change sets. It compares two
 * templates, and lets the change set correct what came out; so it gets the templates that the change set tells.
 */

/** What both mean, in the words of each. */
const ALIKE: readonly string[] = [
  'WILL_CREATE | create kept',
  'WILL_UPDATE | update kept',
  'WILL_REPLACE | replace destroyed',
  'MAY_REPLACE | replace? destroyed',
  'WILL_DESTROY | delete destroyed',
  'WILL_ORPHAN | delete orphaned',
  'WILL_IMPORT | import kept',
  'NO_CHANGE | none',
  'nothing | none',
];

/** Where the two differ, who is right, and why. Anything else that differs fails. */
const UNLIKE: Readonly<Record<string, string>> = {
  // Without property values both templates look the same to it, and what it cannot see it does not list. AWS says in the
  // change set that the resource is replaced, or may be: we are right.
  'nothing | replace destroyed': 'ours',
  'nothing | replace orphaned': 'ours',
  'nothing | replace snapshotted': 'ours',
  'nothing | replace? destroyed': 'ours',
  'nothing | update kept': 'ours',
  // The same property stands there twice, Static by a parameter and Dynamic by the template, and its last detail wins.
  // AWS says Replacement "True" and ReplaceAndDelete: we are right.
  'MAY_REPLACE | replace destroyed': 'ours',
  // It has no word for a last snapshot: destroyed is the end of the object in both cases, and we say what stays.
  'WILL_DESTROY | delete snapshotted': 'both, ours says more',
  // Without property values it does not see the policy; AWS says PolicyAction Retain: we are right.
  'WILL_DESTROY | delete orphaned': 'ours',
  // A nested stack: it is destroyed, and what is in it nobody says. Ours is the graver word on purpose.
  'WILL_DESTROY | delete unknown': 'both, ours says more',
  // It passes over UpdateReplacePolicy. AWS says ReplaceAndRetain: the old object stays, we are right.
  'WILL_REPLACE | replace orphaned': 'ours',
  'WILL_REPLACE | replace snapshotted': 'ours',
};

interface Resource extends Members {
  readonly Action: string;
  readonly LogicalResourceId: string;
  readonly ResourceType: string;
  readonly BeforeContext?: unknown;
  readonly AfterContext?: unknown;
}

/** The two templates that a change set tells, as far as it does. */
function templatesOf(resources: readonly Resource[]): [Members, Members] {
  const side = (without: readonly string[], key: 'BeforeContext' | 'AfterContext'): Members => ({
    Resources: Object.fromEntries(
      resources
        .filter(({ Action }) => !without.includes(Action))
        .map((one) => [one.LogicalResourceId, { Type: one.ResourceType, ...contextOf(one[key]) }]),
    ),
  });
  return [side(['Add', 'Import'], 'BeforeContext'), side(['Remove'], 'AfterContext')];
}

function contextOf(context: unknown): Members {
  if (typeof context === 'string') return JSON.parse(context);
  return typeof context === 'object' && context !== null ? (context as Members) : {};
}

async function pairsOf(text: string): Promise<readonly string[]> {
  const document: { readonly Changes: readonly { readonly ResourceChange: Resource }[] } = JSON.parse(text);
  const resources = document.Changes.map(({ ResourceChange }) => ResourceChange);
  const { changes } = await read(text);
  const theirs = new Map<string, string>();
  const [old, next] = templatesOf(resources);
  fullDiff(old as never, next as never, document as never).resources.forEachDifference((id, change) =>
    theirs.set(id, change.changeImpact),
  );
  return resources.map(({ LogicalResourceId: id }) => {
    const own = changes.find(({ name }) => name === id);
    const words =
      own === undefined ? 'none' : `${own.effect}${own.certainty === 'possible' ? '?' : ''} ${own.fate}`;
    return `${theirs.get(id) ?? 'nothing'} | ${words}`;
  });
}

const corpus = corpusFiles('cfn-changeset').filter(
  (file) => file.endsWith('.json') && !file.includes('console-format'),
);
/** A mock-up that lacks the type of a resource, and three where it throws over a detail whose property is in no template. */
const LEFT_OUT = /unit-test-mock-7|serialised__/;

describe('beside cloudformation-diff', () => {
  test.runIf(corpus.length > 0)(
    'each change of the corpus is the same, or it is said who is right',
    async () => {
      const seen = new Map<string, number>();
      for (const file of corpus.filter((one) => !LEFT_OUT.test(one)))
        for (const pair of await pairsOf(new TextDecoder().decode(corpusBytes(file))))
          seen.set(pair, (seen.get(pair) ?? 0) + 1);
      expect([...seen.keys()].filter((pair) => !ALIKE.includes(pair) && !(pair in UNLIKE))).toEqual([]);
      expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(150);
    },
  );

  const parameter = { Evaluation: 'Static', ChangeSource: 'ParameterReference', CausingEntity: 'Name' };
  const direct = { Evaluation: 'Dynamic', ChangeSource: 'DirectModification' };
  const Target = { Attribute: 'Properties', Name: 'TopicName', RequiresRecreation: 'Always' };
  const changeSet = (details: readonly Members[], values: Members): string =>
    JSON.stringify({
      ChangeSetName: 'cs',
      ChangeSetId: 'arn:aws:cloudformation:eu-west-1:111122223333:changeSet/cs/1',
      StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1',
      StackName: 'shop',
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
      Changes: [
        {
          Type: 'Resource',
          ResourceChange: {
            Action: 'Modify',
            LogicalResourceId: 'Topic',
            PhysicalResourceId: 't',
            ResourceType: 'AWS::SNS::Topic',
            Replacement: 'True',
            PolicyAction: 'ReplaceAndDelete',
            Scope: ['Properties'],
            Details: details.map((detail) => ({ Target, ...detail })),
            ...values,
          },
        },
      ],
    });
  const values = {
    BeforeContext: '{"Properties":{"TopicName":"a"}}',
    AfterContext: '{"Properties":{"TopicName":"b"}}',
  };

  test('the order of details says nothing here, and something there', async () => {
    const one = await pairsOf(changeSet([parameter, direct], values));
    const other = await pairsOf(changeSet([direct, parameter], values));
    expect([one, other]).toEqual([['MAY_REPLACE | replace destroyed'], ['WILL_REPLACE | replace destroyed']]);
  });

  test('without values a replacement is one here, and nothing there', async () => {
    expect(await pairsOf(changeSet([parameter], {}))).toEqual(['nothing | replace destroyed']);
  });
});
