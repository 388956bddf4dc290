import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Change, EFFECTS, FATES } from '../../../src/model/change.ts';
import { description, detail, element, type Members, read } from './change-set.ts';

const words = (...known: string[]) => fc.constantFrom<string | null>(...known, 'Unheard', null);
const details = fc.array(
  fc
    .record({
      Name: fc.constantFrom('TableName', 'Tags', 'BillingMode', undefined),
      RequiresRecreation: words('Never', 'Conditionally', 'Always'),
      BeforeValue: fc.constantFrom('a', '****', undefined),
      AfterValue: fc.constantFrom('b', '{{changeSet:KNOWN_AFTER_APPLY}}', undefined),
      Evaluation: words('Static', 'Dynamic'),
      ChangeSource: words('DirectModification', 'ParameterReference', 'Automatic'),
      CausingEntity: fc.constantFrom('P', 'Q', null),
    })
    .map(({ Evaluation, ChangeSource, CausingEntity, ...target }) =>
      detail(target, { Evaluation, ChangeSource, CausingEntity }),
    ),
  { maxLength: 4 },
);
const resource = fc.record({
  Action: fc.constantFrom('Add', 'Modify', 'Remove', 'Import', 'Dynamic', 'SyncWithActual', 'Unheard'),
  ResourceType: fc.constantFrom('AWS::DynamoDB::Table', 'AWS::CloudFormation::Stack', 'AWS::RDS::DBInstance'),
  Replacement: words('True', 'False', 'Conditional'),
  PolicyAction: words('Delete', 'Retain', 'Snapshot', 'ReplaceAndDelete', 'ReplaceAndRetain'),
  Details: details,
});
const resources = fc
  .array(resource, { maxLength: 5 })
  .map((all) =>
    all.map((members, at) => ({ ...members, LogicalResourceId: `R${at}`, PhysicalResourceId: `id-${at}` })),
  );
const listed = (all: readonly Members[]): readonly Members[] => all.map((members) => element(members));
const byAddress = (changes: readonly Change[]): readonly Change[] =>
  [...changes].sort((a, b) => (a.address < b.address ? -1 : 1));

test('the order of changes, details and pages says nothing', async () => {
  await fc.assert(
    fc.asyncProperty(resources, fc.boolean(), async (all, paged) => {
      const turned = all
        .map((members) => ({ ...members, Details: [...members.Details].reverse() }))
        .reverse();
      const one = await read(description(listed(all)));
      const half = Math.floor(turned.length / 2);
      const pages = [
        description(listed(turned.slice(half))),
        description(listed(turned.slice(0, half)), { NextToken: 'more' }),
      ];
      const other = await read(paged ? pages : description(listed(turned)));
      expect(byAddress(other.changes)).toEqual(byAddress(one.changes));
      const said = (problems: readonly { message: string }[]) =>
        problems.map(({ message }) => message).sort();
      expect(said(other.facts.problems)).toEqual(said(one.facts.problems));
    }),
    { numRuns: 60 },
  );
});

test('another change makes the ones that are there neither milder nor worse', async () => {
  await fc.assert(
    fc.asyncProperty(resources, resource, async (all, more) => {
      const before = await read(description(listed(all)));
      const removal = { ...more, LogicalResourceId: 'Last', Action: 'Remove' };
      const after = await read(description(listed([...all, removal])));
      expect(after.changes.slice(0, before.changes.length)).toEqual(before.changes);
      expect(after.changes.slice(before.changes.length)).toMatchObject([{ effect: 'delete' }]);
      expect(after.facts.problems.length).toBeGreaterThanOrEqual(before.facts.problems.length);
    }),
    { numRuns: 60 },
  );
});

test('only what says so in every word is harmless', async () => {
  await fc.assert(
    fc.asyncProperty(resource, async (members) => {
      const { changes, facts } = await read(description(listed([{ ...members, LogicalResourceId: 'R' }])));
      const { Action, Replacement, PolicyAction } = members;
      const isAdded = (Action === 'Add' || Action === 'Import') && PolicyAction === null;
      const stays = Action === 'Modify' && Replacement === 'False' && PolicyAction === null;
      const isSynced = Action === 'SyncWithActual' && PolicyAction === null;
      const [change] = changes;
      const harmless =
        facts.problems.length === 0 &&
        (change === undefined || EFFECTS.indexOf(change.effect) <= EFFECTS.indexOf('update'));
      if (harmless) expect([isAdded, stays, isSynced]).toContain(true);
      if (change?.fate !== undefined && !harmless && facts.problems.length === 0)
        expect(FATES.indexOf(change.fate)).toBeGreaterThan(FATES.indexOf('kept'));
    }),
    { numRuns: 300 },
  );
});

test('a list without its last page, and a text that is cut off, never pass', async () => {
  await fc.assert(
    fc.asyncProperty(resources, fc.nat(), async (all, at) => {
      const pages = all.map((members, index) =>
        description(listed([members]), { NextToken: index < all.length - 1 ? `page ${index + 2}` : null }),
      );
      const text = JSON.stringify(description(listed(all)));
      await expect(read(text.slice(0, at % text.length))).rejects.toMatchObject({ name: 'CheckError' });
      if (pages.length < 2) return;
      const { facts } = await read(pages.slice(0, -1));
      expect(facts.problems.map(({ code }) => code)).toContain('incomplete-change-set');
    }),
    { numRuns: 60 },
  );
});
